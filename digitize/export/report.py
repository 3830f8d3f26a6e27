"""report.json: what became of every document, and the totals."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from digitize.export.atomic import whole_text
from digitize.promise import Promise
from digitize.records import Failure, Outcome, PageResult, Provenance, Status

if TYPE_CHECKING:
    from digitize.load import PassedOver  # which brings pikepdf and Pillow

SCHEMA_VERSION = 1
REPORT = "report.json"


@dataclass
class Summary:
    """What a run has come to so far, built up outcome by outcome; no numbers are kept, only counts.

    `documents`, `done`, `partly` and `failed` count documents; done + partly + failed = documents.
    promise: what is promised of the accepted numbers, where a promise was asked for. passed_over:
    files in the folders given that are no documents, or must not be read. not_renewed: files of
    an earlier run that lie in the output folder in formats not asked for, by format.
    """

    documents: int = 0
    done: int = 0
    partly: int = 0
    failed: int = 0
    pages: int = 0
    numbers: int = 0
    accepted: int = 0
    review: int = 0
    entries: list[dict[str, object]] = field(default_factory=list)
    promise: Promise | None = None
    passed_over: tuple[PassedOver, ...] = ()
    not_renewed: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def add(self, outcome: Outcome, outputs: tuple[str, ...] = ()) -> None:
        """Count one document in; `outputs` are its own files, relative to the output folder."""
        status = document_status(outcome)
        self.documents += 1
        setattr(self, status, getattr(self, status) + 1)
        pages = outcome.result.pages if outcome.result else ()
        for page in pages:
            to_review = sum(number.status is Status.REVIEW for number in page.numbers)
            self.pages += 1
            self.numbers += len(page.numbers)
            self.review += to_review
            self.accepted += len(page.numbers) - to_review
        self.entries.append(
            {
                "document": outcome.document,
                "status": status,
                "pages": [_page_entry(page) for page in pages],
                "failures": [failure_entry(failure) for failure in outcome.failures],
                "notes": list(outcome.notes),
                "outputs": list(outputs),
                "seconds": round(outcome.seconds, 3),
            }
        )

    def totals(self) -> dict[str, int]:
        """Return the counts alone, as report.json shows them."""
        return {name: value for name, value in vars(self).items() if isinstance(value, int)}


def document_status(outcome: Outcome) -> str:
    """Return `done`, `partly` (some pages failed) or `failed` (nothing was read)."""
    if outcome.result is None:
        return "failed"
    return "partly" if outcome.failures else "done"


def write_report(
    path: Path,
    summary: Summary,
    provenance: Provenance,
    *,
    started: str | None = None,
    seconds: float | None = None,
) -> None:
    """Write the report of a run that began at `started` (ISO 8601) and took `seconds`."""
    report = {
        "schema_version": SCHEMA_VERSION,
        "program": provenance.program,
        "version": provenance.version,
        "model": {"name": provenance.model, "sha256": provenance.model_sha256},
        "page_readers": provenance.page_readers,
        "options": provenance.options,
        "started": started,
        "seconds": None if seconds is None else round(seconds, 3),
        "totals": summary.totals(),
        "promise": _promise_entry(summary.promise),
        "passed_over": [_passed_over_entry(one) for one in summary.passed_over],
        "not_renewed": dict(summary.not_renewed),
        "documents": summary.entries,
    }
    with whole_text(path) as file:
        json.dump(report, file, ensure_ascii=False, indent=2, default=str)
        file.write("\n")


def _promise_entry(promise: Promise | None) -> dict[str, object] | None:
    return {**asdict(promise), "holds": promise.holds} if promise else None


def _passed_over_entry(one: PassedOver) -> dict[str, object]:
    return {"name": one.name, "cause": one.cause, "remedy": one.remedy}


def _page_entry(page: PageResult) -> dict[str, object]:
    return {
        "page": page.number,
        "width": page.width,
        "height": page.height,
        "dpi": page.dpi,
        "skew_degrees": round(page.skew_degrees, 3),
        "turn": page.turn,
        "numbers": len(page.numbers),
    }


def failure_entry(failure: Failure) -> dict[str, object]:
    """Return a failure as an object of JSON."""
    return {
        "page": failure.page,
        "kind": failure.kind,
        "cause": failure.cause,
        "remedy": failure.remedy,
    }
