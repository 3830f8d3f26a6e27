"""What a run left in its output folder, as its report.json tells it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from digitize.errors import UsageError, first_line
from digitize.export.json_pages import SUFFIX
from digitize.export.report import REPORT, SCHEMA_VERSION
from digitize.records import Provenance


@dataclass(frozen=True, slots=True)
class LeftDocument:
    """A document that was read.

    json_file: relative to the output folder, None where the run left none.
    """

    name: str
    json_file: str | None


@dataclass(frozen=True, slots=True)
class LeftRun:
    """The documents of a run in its order, and what made their results.

    names: of all documents given, since on them it depends how files are named.
    read_documents: those of which at least one page was read.
    review_below: numbers less certain than this were marked for review, 0 to 1.
    """

    names: tuple[str, ...]
    read_documents: tuple[LeftDocument, ...]
    made: Provenance
    review_below: float


def read_left_run(out: Path) -> LeftRun:
    """Return what the folder `out` tells of its run; UsageError where it cannot tell."""
    path = out / REPORT
    try:
        report = json.loads(path.read_text("utf-8"))
        if report["schema_version"] == SCHEMA_VERSION:
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
            "Run again with --overwrite",
        ) from error
    raise UsageError(
        f"{path}: the report's schema version is {report['schema_version']!r}, and this program "
        f"knows {SCHEMA_VERSION}",
        "Use the version of digitize that wrote it, or run again with --overwrite",
    )


def _left_run(report: Mapping[str, Any]) -> LeftRun:
    made = Provenance(
        report["program"],
        report["version"],
        report["model"]["name"],
        report["model"]["sha256"],
        dict(report["page_readers"]),
        dict(report["options"]),
    )
    entries = report["documents"]
    return LeftRun(
        names=tuple(str(entry["document"]) for entry in entries),
        read_documents=tuple(
            _left_document(entry) for entry in entries if entry["status"] != "failed"
        ),
        made=made,
        review_below=float(report["options"]["page"]["group"]["review_below"]),
    )


def _left_document(entry: Mapping[str, Any]) -> LeftDocument:
    files = [str(name) for name in entry["outputs"] if str(name).endswith(SUFFIX)]
    return LeftDocument(str(entry["document"]), files[0] if files else None)
