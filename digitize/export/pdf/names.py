"""Which PDF belongs to which document, so that no two of a run share one."""

from __future__ import annotations

import hashlib
import unicodedata
from collections import Counter
from collections.abc import Iterable
from itertools import count
from pathlib import PurePosixPath

from digitize.export.report import REPORT
from digitize.export.tables import DIGITS, NUMBERS

RESERVED = frozenset(
    {
        NUMBERS, DIGITS, "fields.csv", "results.xlsx", "results.html", "numbers.parquet",
        "digits.parquet", "search.sqlite", "journal.jsonl", REPORT,
    }
)  # fmt: skip
"""Files of the run itself, at the top of the output folder; a folder must not take their place."""
LONGEST_STEM_BYTES = 240  # of the 255 that most disks take: room for " (2)" and ".alto.xml"
_MARK_DIGITS = 8


def pdf_names(documents: Iterable[str]) -> dict[str, PurePosixPath]:
    """Return each document's PDF, relative to the output folder.

    `a/scan.jpg` becomes `a/scan.pdf`; where another document of the run wants that too, both keep
    their suffix: `a/scan.jpg.pdf`. Names that differ only in case or in how an accent is written
    count as the same, as they do on macOS and Windows; too long ones are cut, with a mark that
    tells them apart. The order of `documents` does not matter.
    """
    parents = {name: _parent(name) for name in sorted(set(documents))}
    folders = {
        folded(folder) for parent in parents.values() for folder in (parent, *parent.parents)
    }
    short = {name: parent / f"{_stem(name)}.pdf" for name, parent in parents.items()}
    full = {
        name: parent / f"{_bounded(PurePosixPath(name).name)}.pdf"
        for name, parent in parents.items()
    }
    names = _lengthen_clashes(short, full, folders)
    return _number_clashes(names, folders)


def _lengthen_clashes(
    short: dict[str, PurePosixPath], full: dict[str, PurePosixPath], folders: set[str]
) -> dict[str, PurePosixPath]:
    """Return the short names, and the full ones of documents whose short ones clash."""
    names = dict(short)
    while True:
        taken = Counter(map(folded, names.values()))
        clashing = {
            name
            for name, path in names.items()
            if path != full[name] and (taken[folded(path)] > 1 or folded(path) in folders)
        }
        if not clashing:
            return names
        names.update((name, full[name]) for name in clashing)


def _number_clashes(names: dict[str, PurePosixPath], folders: set[str]) -> dict[str, PurePosixPath]:
    """Return the names with ` (2)`, ` (3)` and so on where they still clash."""
    taken = set(folders)
    wanted = {folded(path) for path in names.values()}
    numbered = {}
    for name, path in names.items():
        free = path
        for number in count(2):
            if folded(free) not in taken and (free == path or folded(free) not in wanted):
                break
            free = path.with_name(f"{path.name.removesuffix('.pdf')} ({number}).pdf")
        taken.add(folded(free))
        numbered[name] = free
    return numbered


def _parent(document: str) -> PurePosixPath:
    """Return the folder for a document's PDF; one named like a file of the run gets a `_`."""
    parts = PurePosixPath(document).parts[:-1]
    if parts and folded(PurePosixPath(parts[0])) in RESERVED:
        parts = (f"_{parts[0]}", *parts[1:])
    return PurePosixPath(*parts)


def _stem(document: str) -> str:
    return _bounded(PurePosixPath(document).stem)


def _bounded(stem: str) -> str:
    """Return a stem cut to what disks take, with a mark of all of it where something was cut."""
    if len(stem.encode("utf-8", "surrogateescape")) <= LONGEST_STEM_BYTES:
        return stem
    whole = stem.encode("utf-8", "surrogateescape")
    mark = hashlib.sha256(whole).hexdigest()[:_MARK_DIGITS]
    kept = whole[: LONGEST_STEM_BYTES - 1 - len(mark)].decode("utf-8", "ignore")
    return f"{kept}~{mark}"


def folded(path: PurePosixPath) -> str:
    """Return what a case-insensitive, accent-normalising file system makes of `path`."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", str(path)).casefold())
