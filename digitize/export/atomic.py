"""Files that appear whole or not at all, and never outside the output folder.

The content is written beside its place under a passing name and reaches the disk before it gets
its own (fsync, then rename): a crash leaves the old file or the new one, never a half.
"""

from __future__ import annotations

import errno
import io
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import TYPE_CHECKING, BinaryIO, TextIO

from digitize.errors import OutputNotWritable, UnreadableInput

if TYPE_CHECKING:
    from typing_extensions import Buffer


MAKE_ROOM = "Free some space, or see that it may be written to, then run again"
"""What to do about a file that cannot be written, whichever command was to write it."""

UNFINISHED = ".digitize-*.part"
"""What a file is called that is not whole yet, beside its place."""


def inside(folder: Path, name: str | PurePosixPath) -> Path:
    """Return where `name` lies in `folder`; UnreadableInput where it would leave it."""
    path = PureWindowsPath(name) if os.name == "nt" else PurePosixPath(name)
    target = folder / path
    leaves = path.anchor != "" or ".." in path.parts
    if leaves or not target.resolve().is_relative_to(folder.resolve()):
        raise UnreadableInput(
            f"its results would be written outside the output folder, as {name}",
            "Rename the document or the folder in it",
        )
    return target


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Turn an OSError met while writing `path` into OutputNotWritable.

    A name too long concerns its own document only: UnreadableInput.
    """
    try:
        yield
    except OSError as error:
        if error.errno == errno.ENAMETOOLONG:
            raise UnreadableInput(
                "its name is too long for an output file", "Give the document a shorter name"
            ) from error
        raise OutputNotWritable(
            f"{path}: cannot be written ({error.strerror or error})",
            MAKE_ROOM,
        ) from error


@contextmanager
def passing_file(path: Path) -> Iterator[Path]:
    """Give a path beside `path` that is gone at the end."""
    part = _part_of(path)
    try:
        yield part
    finally:
        with suppress(OSError):
            part.unlink()


@contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """Give a path beside `path`; what is written there becomes `path` at the end."""
    with passing_file(path) as part, writing(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        yield part
        with part.open("rb+") as file:
            os.fsync(file.fileno())
        part.replace(path)


class TextFile:
    r"""A UTF-8 text file that becomes `path` once kept, and nothing if dropped.

    File names that are no Unicode are shown with backslashes, as \udce9, rather than refused.
    """

    def __init__(self, path: Path) -> None:
        self._path, self._part = path, _part_of(path)
        with writing(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            self.file: TextIO = self._part.open(
                "w", encoding="utf-8", errors="backslashreplace", newline=""
            )

    def keep(self) -> None:
        """Close the file and give it its own name."""
        with writing(self._path):
            self.file.flush()
            os.fsync(self.file.fileno())
            self.file.close()
            self._part.replace(self._path)

    def drop(self) -> None:
        """Close the file and remove it, unless it was kept."""
        with suppress(OSError):
            self.file.close()
        with suppress(OSError):
            self._part.unlink()


class PatientFile(io.BufferedIOBase, BinaryIO):
    """Writes into `file` and keeps the first exception to itself until it is closed.

    For libraries that must not meet one: pikepdf ends the whole process on a full disk or Ctrl-C.
    """

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._error: BaseException | None = None

    def writable(self) -> bool:
        """Tell that this is a file to write to."""
        return True

    def write(self, data: Buffer, /) -> int:
        """Write `data`, unless something went wrong before; return its size in bytes anyway."""
        if self._error is None:
            try:
                self._file.write(data)
            except BaseException as error:  # an interruption too
                self._error = error
        return memoryview(data).nbytes

    def close(self) -> None:
        """Flush, and raise what went wrong, once."""
        if not self.closed:
            super().close()
            if self._error is not None:
                raise self._error
            self._file.flush()


@contextmanager
def whole_text(path: Path) -> Iterator[TextIO]:
    """Open a UTF-8 text file that becomes `path` at the end."""
    text = TextFile(path)
    try:
        with writing(path):
            yield text.file
        text.keep()
    finally:
        text.drop()


def _part_of(path: Path) -> Path:
    return path.with_name(f".digitize-{secrets.token_hex(6)}.part")
