"""What a run left in its output folder, as its report.json tells it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from digitize.errors import UsageError, first_line
from digitize.export.json_pages import SUFFIX
from digitize.export.json_reader import RESUME
from digitize.export.report import REPORT, SCHEMA_VERSION
from digitize.export.traced import THIS_PROGRAM
from digitize.records import Failure, Provenance

MOST_SECONDS = 1e9
"""Of one document, thirty years: what a damaged report may say."""


@dataclass(frozen=True, slots=True)
class LeftDocument:
    """What became of a document; was_read: whether of at least one page something was read.

    json_file: relative to the output folder, None where the run left none. seconds: that it took.
    """

    name: str
    was_read: bool
    json_file: str | None
    failures: tuple[Failure, ...] = ()
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class LeftRun:
    """The documents of a run in its order, and what made their results.

    documents: all that were given, since on their names it depends how files are named.
    review_below: numbers less certain than this were marked for review, 0 to 1. formats: those of
    the run, and those of which files of an earlier run lie there.
    """

    documents: tuple[LeftDocument, ...]
    made: Provenance
    review_below: float
    formats: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all documents."""
        return tuple(document.name for document in self.documents)

    @property
    def read_documents(self) -> tuple[LeftDocument, ...]:
        """Those of which at least one page was read."""
        return tuple(document for document in self.documents if document.was_read)

    @property
    def has_json(self) -> bool:
        """Whether there is a JSON file of at least one document."""
        return any(document.json_file for document in self.read_documents)

    def resume_with(self, format_: str) -> str:
        """Return the remedy that adds a format, and leaves no file of the others older."""
        formats = ",".join(dict.fromkeys((*self.formats, format_)))
        return (
            f"Repeat the run's own command with --resume --format {formats}, which takes what was "
            "read from the journal; then repeat this command"
        )


def read_left_run(out: Path) -> LeftRun:
    """Return what the folder `out` tells of its run; UsageError where it cannot tell."""
    path = out / REPORT
    try:
        report = json.loads(path.read_text("utf-8"))
        if _is_ours(report) and report["schema_version"] == SCHEMA_VERSION:
            return _left_run(report)
    except OSError as error:
        why = (error.strerror or str(error)).lower()
        raise UsageError(
            f"{path}: the report of a run cannot be read ({why})",
            "Give the folder that digitize run -o named, once the run has ended",
        ) from error
    except (AttributeError, LookupError, RecursionError, TypeError, ValueError) as error:
        raise UsageError(
            f"{path}: the report is damaged ({type(error).__name__}: {first_line(error)})",
            f"Repeat {RESUME}",
        ) from error
    if not _is_ours(report):
        raise UsageError(
            f"{out}: it holds no run of digitize, for its {REPORT} is another program's",
            "Give the folder that digitize run -o named",
        )
    raise UsageError(
        f"{path}: the report's schema version is {report['schema_version']!r}, and this program "
        f"knows {SCHEMA_VERSION}",
        "Use the version of digitize that wrote it, or run again with --overwrite",
    )


def _is_ours(report: object) -> bool:
    """Tell whether a report has the marks of ours, of whatever schema version."""
    if not isinstance(report, Mapping) or "schema_version" not in report:
        return False
    return bool(report.get("program") == THIS_PROGRAM.program)


def _left_run(report: Mapping[str, Any]) -> LeftRun:
    model, readers = report["model"], report["page_readers"]
    formats = (*report["options"]["formats"], *report.get("not_renewed", ()))
    made = Provenance(
        _text(report["program"]),
        _text(report["version"]),
        _text(model["name"]),
        _text(model["sha256"]),
        {_text(name): _text(checksum) for name, checksum in readers.items()},
        dict(report["options"]),
    )
    return LeftRun(
        documents=tuple(_left_document(entry) for entry in report["documents"]),
        made=made,
        review_below=_amount(report["options"]["page"]["group"]["review_below"], most=1.0),
        formats=tuple(map(_text, formats)),
    )


def _left_document(entry: Mapping[str, Any]) -> LeftDocument:
    files = [name for name in map(_text, entry["outputs"]) if name.endswith(SUFFIX)]
    name = _text(entry["document"])
    if not name:
        raise ValueError("a document has no name")
    return LeftDocument(
        name,
        was_read=entry["status"] != "failed",
        json_file=files[0] if files else None,
        failures=tuple(map(_failure, entry.get("failures", ()))),
        seconds=_amount(entry.get("seconds", 0.0)),
    )


def _failure(entry: Mapping[str, Any]) -> Failure:
    page = entry.get("page")
    if page is not None and type(page) is not int:
        raise TypeError(f"a page is expected, not {page!r}")
    return Failure(_text(entry["kind"]), _text(entry["cause"]), _text(entry["remedy"]), page)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"text is expected, not {value!r}")
    return value


def _amount(value: Any, most: float = MOST_SECONDS) -> float:
    """Return a number from 0; what is no number at all lies nowhere."""
    if not 0 <= value <= most:
        raise ValueError(f"{value!r} is not within 0 to {most}")
    return float(value)
