"""An output folder in a store, as s3://bucket/results: files appear in it whole or not at all.

Object stores publish what is uploaded when it is complete, in one piece or several (multipart). In
others a file is uploaded beside its place under a passing name, and moved.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from digitize.errors import DigitizeError, OutputNotWritable
from digitize.load.addresses import without_secrets
from digitize.load.remote_file import RemoteFile, version_of
from digitize.load.stores import open_store, tried, why

APPEAR_WHOLE = frozenset({"s3", "s3a", "gs", "gcs", "az", "abfs", "adl", "oss", "memory"})
"""Schemes of stores where an upload shows when it is complete."""

PARTS_AT_ONCE = 2  # of a large file, 50 MB each in s3fs, which hold so much memory


@dataclass(frozen=True, slots=True)
class Store:
    """A folder in a store; address: with all that opens it. It travels to workers."""

    address: str = field(repr=False)

    def __str__(self) -> str:
        return without_secrets(self.address).rstrip("/")

    def holds(self, file: object) -> bool:
        """Tell whether a file lies in this folder, by its address."""
        return isinstance(file, RemoteFile) and str(file).startswith(f"{self}/")

    def sizes(self) -> dict[str, int]:
        """Return all files of the folder by their names in it, with their sizes in bytes."""
        with self._working("looked at"):
            system, root = self._opened()
            system.invalidate_cache()
            try:
                found: Mapping[str, Any] = tried(lambda: system.find(root, detail=True))
            except FileNotFoundError:  # neither bucket nor folder; the first upload will tell
                return {}
            finally:
                system.invalidate_cache()  # it would stay in memory otherwise
        start = f"{root}/" if root else ""
        inside = ((path, info) for path, info in found.items() if path.startswith(start))
        return {path.removeprefix(start): int(info.get("size") or 0) for path, info in inside}

    def version(self, name: str) -> str:
        """Return what changes when somebody writes a file; empty where there is none."""
        with self._working("looked at", name), suppress(FileNotFoundError):
            system, root = self._opened()
            system.invalidate_cache()
            return version_of(tried(lambda: system.info(f"{root}/{name}")), name)
        return ""

    def put(self, file: Path, name: str) -> None:
        """Upload a file; it shows under its name once it is complete."""
        with self._working("written", name):
            system, root = self._opened()
            target = f"{root}/{name}"
            schemes = set(_schemes(system))
            if schemes & APPEAR_WHOLE:
                bounded = {"max_concurrency": PARTS_AT_ONCE} if "s3" in schemes else {}
                tried(lambda: system.put_file(str(file), target, **bounded))
                return
            system.makedirs(str(PurePosixPath(target).parent), exist_ok=True)
            part = str(PurePosixPath(target).with_name(f".digitize-{secrets.token_hex(6)}.part"))
            try:
                tried(lambda: system.put_file(str(file), part))
                system.mv(part, target)
            except BaseException:
                with suppress(Exception):  # the store may be what failed
                    system.rm_file(part)
                raise

    def take(self, folder: Path, name: str) -> None:
        """Upload a file of a folder under the name that it has there, and remove it there."""
        self.put(folder / name, name)
        with suppress(OSError):
            (folder / name).unlink()

    def get(self, name: str, to: Path) -> None:
        """Download a file."""
        with self._working("read", name):
            system, root = self._opened()
            tried(lambda: system.get_file(f"{root}/{name}", str(to)))

    def remove(self, name: str) -> None:
        """Remove a file, if it is there."""
        with self._working("removed", name), suppress(FileNotFoundError):
            system, root = self._opened()
            system.rm_file(f"{root}/{name}")

    def _opened(self) -> tuple[Any, str]:
        system, path = open_store(self.address)
        return system, path.rstrip("/")

    @contextmanager
    def _working(self, doing: str, name: str = "") -> Iterator[None]:
        """Turn what a store refuses into OutputNotWritable."""
        try:
            yield
        except DigitizeError:  # of an address that nothing here opens
            raise
        except Exception as error:  # each library has its own
            place = f"{self}/{name}" if name else str(self)
            raise OutputNotWritable(
                f"{place}: it cannot be {doing} ({why(error)})",
                "Check the bucket, the credentials and the connection, then run again",
            ) from error


def _schemes(system: Any) -> tuple[str, ...]:
    return (system.protocol,) if isinstance(system.protocol, str) else tuple(system.protocol)
