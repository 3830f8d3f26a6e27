"""What a document holds, as one short text: by it the journal knows documents again."""

from __future__ import annotations

import hashlib
import os
import stat
from pathlib import Path
from typing import TypeAlias

from digitize.errors import UnreadableInput
from digitize.load import RemoteFile

BLOCK = 1 << 20  # bytes read at once: few calls, little memory
# Without waiting for who writes, should it be a pipe; Windows has no pipes with a path like that.
READ = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


Signature: TypeAlias = tuple[int, int, int]


def signature(path: Path | RemoteFile) -> Signature | None:
    """Return what changes when somebody writes the file at `path`; None where there is none.

    Its size in bytes, when it was written, in nanoseconds, and its number on the disk. None also
    where it lies in a store: who fetches it makes sure that it is the same.
    """
    if isinstance(path, RemoteFile):
        return None
    try:
        found = os.stat(path)  # noqa: PTH116 -- as the hash is taken: of the file, whoever names it
    except (OSError, ValueError):
        return None
    return found.st_size, found.st_mtime_ns, found.st_ino


def content_hash(path: Path | RemoteFile) -> str | None:
    """Return the SHA-256 of the file at `path`, in hexadecimal; None where it cannot be read.

    In a store it is that of the store's own checksum, or of when the file was written and where it
    lies: to fetch all that were read before would take as long as to read them.
    """
    if isinstance(path, RemoteFile):
        return path.content
    found = hashlib.sha256()
    try:
        file = os.open(path, READ)
        try:
            if not stat.S_ISREG(os.fstat(file).st_mode):
                return None
            while block := os.read(file, BLOCK):
                found.update(block)
        finally:
            os.close(file)
    except (OSError, ValueError):  # that it cannot be read is told by the worker that opens it
        return None
    return found.hexdigest()


def check_content(place: Path | RemoteFile, content: str | None) -> None:
    """Raise UnreadableInput where the document at `place` is not that of which `content` was taken.

    content: as content_hash gave it when the document was read, None where that is not known.
    """
    if content and content_hash(place) not in (content, None):
        raise changed(place)


def changed(place: Path | RemoteFile) -> UnreadableInput:
    """Return why nothing is made of a document that is no longer the one that was read."""
    return UnreadableInput(
        f"its original, {place}, was changed after it was read",
        "Put it back as it was, or read it again: the run's own command with --resume",
    )
