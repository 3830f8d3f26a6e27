"""A document that lies elsewhere: where, and what tells whether somebody has written it since."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from digitize.load.addresses import is_of_the_web, web_path

CHECKSUMS = ("md5Hash", "crc32c", "ETag", "etag", "Content-MD5")
"""What stores call a sum of the content, or what changes with it, the surest first."""

DATES = ("LastModified", "last_modified", "Last-Modified", "mtime", "modified", "created")
"""What they call the time of writing, which tells less: another file may have the same."""


def named_parts(path: str) -> tuple[str, ...]:
    """Return the parts of a path; a store may have ones that lead nowhere or out on a disk."""
    return tuple(part for part in path.split("/") if part not in ("", ".", ".."))


@dataclass(frozen=True, slots=True)
class RemoteFile:
    """A file in a store.

    store: an address of that store; path: the file's path in it, empty where that is the address
    itself. Both may hold secrets; shown: its address without. version: changes when somebody writes
    it; empty where that is not known.
    """

    store: str = field(repr=False)
    path: str = field(repr=False)
    shown: str
    version: str

    def __str__(self) -> str:
        return self.shown

    @property
    def parts(self) -> tuple[str, ...]:
        """Its path in parts: bucket or server, folders, name."""
        path = web_path(self.shown) if is_of_the_web(self.store) else self.path
        return named_parts(path)

    @property
    def content(self) -> str | None:
        """A digest by which its content is known again; None where the store does not tell."""
        return hashlib.sha256(self.version.encode("utf-8")).hexdigest() if self.version else None


def version_of(info: Mapping[str, object], shown: str) -> str:
    """Return what changes when a file is written, from what its store tells of it.

    A checksum and the size, else the time of writing, the size and where it lies.
    """
    size = info.get("size")
    for name in CHECKSUMS:
        if value := info.get(name):
            return f"{name} {value} {size}"
    for name in DATES:
        if value := info.get(name):
            when = value.timestamp() if isinstance(value, datetime) else value
            return f"{name} {when} {size} {shown}"
    return ""
