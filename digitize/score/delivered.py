"""What a run left in its output folder: the rows of its tables, page by page."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TypeAlias, TypeVar

from digitize.errors import UnreadableInput, UsageError
from digitize.export.report import REPORT
from digitize.export.tables import DIGITS, FORMULA_STARTS, NUMBERS
from digitize.load import LoadOptions
from digitize.records import Box, Status

PageKey: TypeAlias = tuple[str, int]
Row: TypeAlias = Mapping[str, str]
DRAWN_DPI = LoadOptions().dpi
_AGAIN = "Run digitize again, with csv among its formats"
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class ReadNumber:
    """A row of numbers.csv: text, confidence 0 to 1, box in pixels of the loaded page."""

    text: str
    confidence: float
    status: Status
    box: Box


@dataclass(frozen=True, slots=True)
class ReadDigit:
    """A row of digits.csv: "0" to "9", confidence 0 to 1, box in pixels of the loaded page."""

    digit: str
    confidence: float
    box: Box


@dataclass(frozen=True, slots=True)
class Delivered:
    """All that a run delivered, by (file name of the document, page from 1).

    documents: every document the run names, in its own words, those without a number included.
    told: whether its report was there to name them. dpi: of PDF pages that were drawn.
    """

    numbers: Mapping[PageKey, tuple[ReadNumber, ...]]
    digits: Mapping[PageKey, tuple[ReadDigit, ...]]
    documents: frozenset[str]
    told: bool = False
    dpi: int = DRAWN_DPI


def read_delivered(out: Path) -> Delivered:
    """Return what the run that filled the folder `out` read.

    UsageError where its tables are not there; UnreadableInput where one is damaged.
    """
    numbers, documents = _read_table(out / NUMBERS, _number)
    digits, named = _read_table(out / DIGITS, _digit)
    told, dpi = _read_report(out / REPORT)
    return Delivered(
        numbers,
        digits,
        frozenset(documents | named | (told or set())),
        told=told is not None,
        dpi=dpi,
    )


def file_name(document: str) -> str:
    """Return the last part of a document's name, by which its truth knows it."""
    return PurePosixPath(document).name


def unguarded(cell: str) -> str:
    """Return a cell without the quote that keeps spreadsheets from running it as a formula."""
    guarded = cell.startswith("'") and cell[1:].startswith(FORMULA_STARTS)
    return cell[1:] if guarded else cell


def _number(row: Row) -> ReadNumber:
    return ReadNumber(row["text"], _confidence(row), Status(row["status"]), _box(row))


def _digit(row: Row) -> ReadDigit:
    return ReadDigit(row["digit"], _confidence(row), _box(row))


def _confidence(row: Row) -> float:
    confidence = float(row["confidence"])
    if not 0 <= confidence <= 1:
        raise ValueError(f"{confidence} is no confidence")
    return confidence


def _box(row: Row) -> Box:
    return Box(*(float(row[side]) for side in ("x", "y", "width", "height")))


def _read_table(
    path: Path, record: Callable[[Row], _T]
) -> tuple[dict[PageKey, tuple[_T, ...]], set[str]]:
    """Return a table's records by page, and the documents it names."""
    pages: dict[PageKey, list[_T]] = {}
    documents: set[str] = set()
    line = 0
    try:
        with path.open(newline="", encoding="utf-8-sig") as file:
            rows = csv.DictReader(file)
            for row in rows:
                line = rows.line_num
                document = unguarded(row["document"])
                documents.add(document)
                key = file_name(document), int(row["page"])
                pages.setdefault(key, []).append(record(row))
    except OSError as error:
        raise UsageError(f"{path}: the table of a run is not there", _AGAIN) from error
    except KeyError as error:
        raise UnreadableInput(f"{path}: the table has no column {error}", _AGAIN) from error
    except (ValueError, TypeError, csv.Error) as error:
        raise UnreadableInput(
            f"{path}, line {line}: the table is damaged ({error})", _AGAIN
        ) from error
    return {key: tuple(found) for key, found in pages.items()}, documents


def _read_report(path: Path) -> tuple[set[str] | None, int]:
    """Return the documents a report names, None without one, and the dpi of drawn pages.

    The tables alone are enough to score by, so that a damaged report counts as none.
    """
    try:
        report = json.loads(path.read_text("utf-8"))
        documents = {str(entry["document"]) for entry in report["documents"]}
        return documents, int(report["options"]["load"]["dpi"])
    except (OSError, ValueError, KeyError, TypeError):
        return None, DRAWN_DPI
