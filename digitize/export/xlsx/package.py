"""A workbook to a file whose bytes depend on nothing but what is in it."""

from __future__ import annotations

import os
import shutil
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from digitize.errors import UsageError

if TYPE_CHECKING:
    from openpyxl import Workbook

EARLIEST, LATEST = datetime(1980, 1, 1), datetime(2107, 12, 31)
"""What a ZIP archive can tell of its members' age (APPNOTE.TXT, 4.4.6); no time zone."""


def source_date() -> datetime:
    """Return the date that files are to carry, in UTC: SOURCE_DATE_EPOCH, or the earliest there is.

    reproducible-builds.org/specs/source-date-epoch. UsageError where it is no count of seconds.
    """
    given = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not given:
        return EARLIEST
    try:
        found = datetime(1970, 1, 1) + timedelta(seconds=int(given))
    except (ValueError, OverflowError) as error:
        raise UsageError(
            f"SOURCE_DATE_EPOCH: '{given}' is not a count of seconds",
            "Give the seconds since 1970 as a whole number, or leave it unset",
        ) from error
    return min(max(found, EARLIEST), LATEST)


def save(book: Workbook, path: Path) -> None:
    """Write `book` to `path`, dated by `source_date`."""
    from openpyxl.writer.excel import ExcelWriter

    date = source_date()
    book.properties.created = book.properties.modified = date.replace(tzinfo=timezone.utc)
    archive = DatedArchive(path, date)
    try:
        ExcelWriter(book, archive).write_data()
    finally:
        archive.close()


class DatedArchive:
    """A ZIP archive to write to, all members of one date; as much of ZipFile as openpyxl asks for.

    date: from 1980 to 2107.
    """

    def __init__(self, path: Path, date: datetime) -> None:
        self._zip = ZipFile(path, "w")
        self._date = (date.year, date.month, date.day, date.hour, date.minute, date.second)

    def write(self, filename: str, arcname: str) -> None:
        """Add the file `filename` under the name `arcname`."""
        with Path(filename).open("rb") as file, self._zip.open(self._member(arcname), "w") as to:
            shutil.copyfileobj(file, to)

    def writestr(self, name: str, data: str | bytes) -> None:
        """Add `data` under `name`."""
        self._zip.writestr(self._member(name), data)

    def namelist(self) -> list[str]:
        """Return the members' names."""
        return self._zip.namelist()

    def close(self) -> None:
        """Write the directory."""
        self._zip.close()

    def _member(self, name: str) -> ZipInfo:
        member = ZipInfo(name, self._date)
        member.compress_type = ZIP_DEFLATED
        member.create_system = 3  # as on Unix, wherever it is written
        return member
