"""A real S3 server on the loopback, and folders put into its buckets."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

REGION = "us-east-1"


@dataclass(frozen=True)
class S3:
    """A server: how programs are told of it, and a client of it."""

    environment: dict[str, str]
    client: Any

    def put_folder(self, folder: Path, bucket: str, prefix: str) -> None:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                self.put(bucket, f"{prefix}/{path.relative_to(folder).as_posix()}", path)

    def put(self, bucket: str, key: str, path: Path) -> None:
        self.client.put_object(Bucket=bucket, Key=key, Body=path.read_bytes())

    def keys(self, bucket: str, prefix: str = "") -> list[str]:
        pages = self.client.get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=prefix)
        return [one["Key"] for page in pages for one in page.get("Contents", [])]

    def read(self, bucket: str, key: str) -> bytes:
        return bytes(self.client.get_object(Bucket=bucket, Key=key)["Body"].read())

    def times(self, bucket: str, prefix: str) -> dict[str, object]:
        """When each object behind a prefix was written, by its key after it."""
        listed = self.client.list_objects_v2(Bucket=bucket, Prefix=f"{prefix}/")["Contents"]
        return {one["Key"].removeprefix(f"{prefix}/"): one["LastModified"] for one in listed}

    def folder(self, bucket: str, prefix: str) -> dict[str, bytes]:
        """Every object behind a prefix, by its key after it."""
        keys = self.keys(bucket, f"{prefix}/")
        return {key.removeprefix(f"{prefix}/"): self.read(bucket, key) for key in keys}


@contextmanager
def s3_server(*buckets: str) -> Iterator[S3]:
    """Start a server with some buckets; another one each time."""
    import boto3
    from moto.server import ThreadedMotoServer

    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    try:
        host, port = server.get_host_and_port()
        address = f"http://{host}:{port}"
        keys = {"AWS_ACCESS_KEY_ID": "nobody", "AWS_SECRET_ACCESS_KEY": "nothing"}
        where = {"AWS_ENDPOINT_URL": address, "AWS_DEFAULT_REGION": REGION}
        client = boto3.client(
            "s3",
            endpoint_url=address,
            region_name=REGION,
            aws_access_key_id="nobody",
            aws_secret_access_key="nothing",
        )
        for bucket in buckets:
            client.create_bucket(Bucket=bucket)
        yield S3({**os.environ, **keys, **where}, client)
        client.close()
    finally:
        server.stop()
