"""The index that a run left, opened to be read."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from digitize.errors import UnreadableInput, UsageError, first_line
from digitize.export.report import REPORT
from digitize.export.sqlite import APPLICATION_ID, INDEX, INDEX_VERSION

MAKE_IT = "Make it with digitize export {out} --format sqlite"


@contextmanager
def open_index(out: Path) -> Iterator[sqlite3.Connection]:
    """Open the index in the folder `out`; nothing is changed in it.

    UsageError where there is none; UnreadableInput where it is damaged, of another version or no
    index of ours, also where that is found out only while it is read.
    """
    path = _existing(out)
    again = MAKE_IT.replace("it", "it again", 1).format(out=out)
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as index:
            _check(index, path, again)
            yield index
    except (sqlite3.Error, ValueError, TypeError) as error:
        raise UnreadableInput(
            f"{path}: the index is damaged ({first_line(error)})", again
        ) from error


def _existing(out: Path) -> Path:
    path = out / INDEX
    if path.is_file():
        return path
    if (out / REPORT).is_file():
        raise UsageError(f"{out}: its run left no index to search", MAKE_IT.format(out=out))
    raise UsageError(
        f"{out}: there are no results of a run in it", "Give the folder that digitize run -o named"
    )


def _check(index: sqlite3.Connection, path: Path, again: str) -> None:
    ((made_by,),) = index.execute("PRAGMA application_id").fetchall()
    ((version,),) = index.execute("PRAGMA user_version").fetchall()
    if made_by != APPLICATION_ID:
        raise UnreadableInput(f"{path}: it is no index that digitize made", again)
    if version != INDEX_VERSION:
        raise UnreadableInput(
            f"{path}: the index is of version {version}, and this program knows {INDEX_VERSION}",
            again,
        )
