"""Whether what a run left agrees: report, journal, tables, and the files on the disk."""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

JOURNAL, REPORT = "journal.jsonl", "report.json"
OF_THE_RUN = {JOURNAL, REPORT, "numbers.csv", "digits.csv"}
A_PAGE = b'{"unit": "page"'  # what a page's line of the journal begins with
MOST_SHOWN = 3  # names in one line
NOT_COMPARED = {JOURNAL, REPORT}  # they tell of times, and of the order in which workers were done


@dataclass
class JournalRead:
    """What a journal holds: how often each page, and how many numbers stand on it."""

    pages: Counter[tuple[str, int]] = field(default_factory=Counter)
    numbers: dict[tuple[str, int], int] = field(default_factory=dict)
    damaged: int = 0

    @property
    def count(self) -> int:
        """How many different pages it holds."""
        return len(self.pages)

    @property
    def read_twice(self) -> int:
        """How many pages it holds more than once."""
        return sum(count - 1 for count in self.pages.values())


def read_journal(out: Path) -> JournalRead:
    """Return what the journal of an output folder tells; of a run that goes on, its whole lines."""
    found = JournalRead()
    if not (out / JOURNAL).is_file():
        return found
    with (out / JOURNAL).open("rb") as lines:
        for line in lines:
            try:
                entry = json.loads(line)
            except ValueError:
                found.damaged += 1
                continue
            if entry.get("unit") == "page":
                key = (entry["document"], entry["page"])
                found.pages[key] += 1
                found.numbers[key] = len(entry["result"]["numbers"])
    return found


def count_pages(out: Path) -> int:
    """Return how many pages the journal of a run that goes on holds, without parsing them."""
    if not (out / JOURNAL).is_file():
        return 0
    with (out / JOURNAL).open("rb") as lines:
        return sum(line.startswith(A_PAGE) for line in lines)


def disagreements(out: Path, names: Sequence[str], known: int) -> list[str]:
    """Return all that does not agree about a finished run over the files `names`.

    known: pages that were in the journal when the run was resumed.
    """
    report = json.loads((out / REPORT).read_text(encoding="utf-8"))
    journal = read_journal(out)
    with (out / "numbers.csv").open(newline="", encoding="utf-8") as file:
        rows = Counter((row["document"], int(row["page"])) for row in csv.DictReader(file))
    return [
        *about_report(report, names, known),
        *about_journal(journal, report),
        *different("numbers.csv", rows, "the journal", Counter(journal.numbers)),
        *about_files(out, report),
    ]


def about_report(report: Mapping[str, Any], names: Sequence[str], known: int) -> list[str]:
    """Return what is amiss in the report alone."""
    entries, totals = report["documents"], report["totals"]
    told = different(
        "the report", Counter(one["document"] for one in entries), "the folder", Counter(names)
    )
    if not totals["done"] == totals["documents"] == totals["pages"] == len(names):
        told.append(f"the report's totals are {totals}, of {len(names)} files")
    from_journal = sum(one["pages_from_journal"] for one in entries)
    if from_journal != known:
        told.append(f"{from_journal} pages came from the journal, which held {known}")
    return told


def about_journal(journal: JournalRead, report: Mapping[str, Any]) -> list[str]:
    """Return in what the journal and the report differ."""
    told = different(
        "the journal",
        Counter(iter(journal.pages)),
        "the report",
        Counter(
            (entry["document"], page["page"])
            for entry in report["documents"]
            for page in entry["pages"]
        ),
    )
    if journal.read_twice:
        told.append(f"{journal.read_twice} pages stand in the journal twice")
    if journal.damaged:
        told.append(f"{journal.damaged} lines of the journal are damaged")
    return told


def about_files(out: Path, report: Mapping[str, Any]) -> list[str]:
    """Return in what the report and the files on the disk differ."""
    told = (name for entry in report["documents"] for name in entry["outputs"])
    there = (path.relative_to(out).as_posix() for path in files_in(out))
    listed = Counter([*told, *(name for name in OF_THE_RUN if (out / name).is_file())])
    return different("the report", listed, "the disk", Counter(there))


def different(one: str, ours: Counter[Any], other: str, theirs: Counter[Any]) -> list[str]:
    """Return a line for what only one of two counts holds, and for what only the other does."""
    pairs = ((one, ours - theirs, other), (other, theirs - ours, one))
    return [
        f"{len(more)} things are in {here} and not in {there}: {some(more)}"
        for here, more, there in pairs
        if more
    ]


def some(things: Iterable[object]) -> str:
    """Return the first few of many things."""
    shown = sorted(str(thing) for thing in things)
    return ", ".join(shown[:MOST_SHOWN]) + (" ..." if len(shown) > MOST_SHOWN else "")


def compare_outputs(out: Path, unbroken: Path) -> list[str]:
    """Return in what the outputs of two runs differ, byte for byte; not of times and order."""
    left, right = (
        {path.relative_to(folder).as_posix(): path for path in files_in(folder)}
        for folder in (out, unbroken)
    )
    told = different(
        "the resumed run", Counter(iter(left)), "the unbroken one", Counter(iter(right))
    )
    differing = [
        name
        for name in sorted({*left} & {*right} - NOT_COMPARED)
        if left[name].read_bytes() != right[name].read_bytes()
    ]
    if differing:
        told.append(f"{len(differing)} files differ from the unbroken run's: {some(differing)}")
    return told


def files_in(folder: Path) -> list[Path]:
    """Return all files in a folder and in its folders."""
    return [path for path in folder.rglob("*") if path.is_file()]
