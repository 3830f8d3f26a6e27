"""journal.jsonl: a line for every page that was read, from which everything else is made.

Lines are only appended, and brought to the disk within half a second. A line without its end, as a
killed run may leave, counts for nothing and is cut off before the next is written.
"""

from __future__ import annotations

import os
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from digitize.batch.journal_copies import Copies, NoCopies
from digitize.batch.journal_lines import PagePlace, line, page_line
from digitize.batch.known import Known
from digitize.batch.lock import lock
from digitize.batch.page_text import page_of
from digitize.batch.read_journal import read_journal
from digitize.batch.tasks import OwnFiles
from digitize.errors import OutputNotWritable
from digitize.export.atomic import writing
from digitize.records import Failure, PageResult

JOURNAL = "journal.jsonl"
MOST_UNSYNCED_SECONDS = (
    0.5  # of work that a power cut may cost; a disk may take 0.01 s for each call
)


class Journal:
    """The journal of one run, open to be appended to; `known` is what it held before.

    UsageError where it was made in another way than `header` says, and is not to be `renewed`.
    copies: made of it now and then, and when it is left.
    """

    def __init__(
        self, path: Path, header: Mapping[str, Any], *, renewed: bool, copies: Copies | None = None
    ) -> None:
        self.path, self.known, self._end = path, Known(), 0
        self._copies = copies or NoCopies()
        self._waiting, self._synced = False, time.monotonic()
        with writing(path):
            self._file = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o666)
        try:
            lock(self._file, path)
            if not renewed:
                with writing(path), os.fdopen(os.dup(self._file), "rb") as lines:
                    self.known, self._end = read_journal(lines, path, header)
            with writing(path):
                os.ftruncate(self._file, self._end)
            if self._end == 0:
                self._append(line(header))
            self._tells_something = bool(self.known.contents or self.known.files)
            self.sync()
            _sync_folder(path.parent)
        except BaseException:
            self.close()
            raise

    def add_document(
        self,
        content: str | None,
        document: str,
        numbers: Sequence[int],
        fetched: str | None = None,
    ) -> None:
        """Write down which pages of a document are wanted; fetched: the SHA-256 of one that was."""
        more = {"fetched_sha256": fetched} if fetched else {}
        self._append(line(_unit("document", content, document, pages=list(numbers), **more)))

    def add_page(
        self, content: str | None, document: str, number: int, seconds: float, text: bytes
    ) -> PagePlace:
        """Write down what was read of a page, and return where."""
        entry = _unit("page", content, document, page=number, seconds=seconds)
        whole, place = page_line(entry, text, self._end)
        self._append(whole)
        return place

    def add_failure(self, content: str | None, document: str, failure: Failure) -> None:
        """Write down what cannot be read; with --resume it is tried again."""
        why = {"kind": failure.kind, "cause": failure.cause, "remedy": failure.remedy}
        self._append(line(_unit("failure", content, document, page=failure.page, **why)))

    def add_change(self, content: str | None, document: str) -> None:
        """Write down that what was read of this content is of another, and void."""
        self._append(line(_unit("change", content, document)))

    def add_files(
        self, content: str | None, document: str, made: str, formats: Sequence[OwnFiles]
    ) -> None:
        """Write down which files of a document are on the disk."""
        listed = [[one.format, one.files, one.notes] for one in formats]
        self._append(line(_unit("files", content, document, made=made, formats=listed)))

    def page(self, place: PagePlace) -> PageResult:
        """Return the page whose result lies at `place`."""
        return page_at(self._file, place)

    @property
    def patience(self) -> float | None:
        """For how many seconds what was appended may wait for the disk; None: nothing was."""
        if not self._waiting:
            return None
        return max(0.0, self._synced + MOST_UNSYNCED_SECONDS - time.monotonic())

    def sync_if_due(self) -> None:
        """Bring what was appended to the disk, unless that was done a moment ago."""
        if self.patience == 0.0:
            self.sync()

    def sync(self) -> None:
        """Bring what was appended to the disk; OutputNotWritable where it would be lost."""
        self._waiting, self._synced = False, time.monotonic()
        with writing(self.path):
            os.fsync(self._file)
            if not os.path.samestat(self.path.stat(), os.fstat(self._file)):
                raise OutputNotWritable(
                    f"{self.path}: the journal was replaced while the run went on",
                    "Let one run at a time use an output folder, then run again with --resume",
                )
        self._copies.copy_if_due()

    def __enter__(self) -> Journal:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        self.close()
        if kind is None:
            self._copies.copy()
        elif self._tells_something:
            with suppress(OutputNotWritable):  # something else went wrong first
                self._copies.copy()
        else:  # as after a model that is none
            with suppress(OutputNotWritable):
                self._copies.remove()
            with suppress(OSError):
                self.path.unlink()

    def close(self) -> None:
        """Close the file; what was appended last is on the disk, if that can be done."""
        with suppress(OSError):
            os.fsync(self._file)
        with suppress(OSError):
            os.close(self._file)

    def _append(self, text: bytes) -> None:
        self._tells_something = self._waiting = True
        try:
            with writing(self.path):
                left = memoryview(text)
                os.lseek(self._file, self._end, os.SEEK_SET)
                while left:
                    left = left[os.write(self._file, left) :]
        except OutputNotWritable:
            with suppress(OSError):  # as on a full disk, where half a line may have found room
                os.ftruncate(self._file, self._end)
            raise
        self._end += len(text)


def page_at(file: int, place: PagePlace) -> PageResult:
    """Return the page whose result lies at `place` of the open journal `file`."""
    os.lseek(file, place.offset, os.SEEK_SET)
    parts, wanted = [], place.length
    while wanted and (part := os.read(file, wanted)):
        parts.append(part)
        wanted -= len(part)
    return page_of(b"".join(parts))


def _unit(unit: str, content: str | None, document: str, **more: object) -> dict[str, object]:
    return {"unit": unit, "sha256": content, "document": document, **more}


def _sync_folder(folder: Path) -> None:
    """Bring a new file's name to the disk; not all systems let a folder be opened for that."""
    with suppress(OSError):
        opened = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)
