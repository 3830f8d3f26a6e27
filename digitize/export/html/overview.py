"""What a run came to, document by document: counts, failures, timings."""

from __future__ import annotations

from dataclasses import dataclass, field

from digitize.export.html.words import share, shown, times
from digitize.export.report import Summary, document_status
from digitize.records import Failure, Outcome, Status

STATES = {"done": "read", "partly": "read in part", "failed": "failed"}


@dataclass(frozen=True, slots=True)
class Row:
    """What became of one document."""

    name: str
    status: str
    pages: int
    numbers: int
    review: int
    seconds: float
    failures: tuple[Failure, ...]


@dataclass
class Documents:
    """The documents of a run so far; no numbers are kept, only counts."""

    summary: Summary = field(default_factory=Summary)
    rows: list[Row] = field(default_factory=list)
    _places: dict[str, int] = field(default_factory=dict)

    def place_of(self, document: str) -> int:
        """Return the document's place in the run, from 1."""
        return self._places.setdefault(document, len(self._places) + 1)

    def note(self, outcome: Outcome) -> None:
        """Count one document in."""
        self.place_of(outcome.document)
        self.summary.add(outcome)
        pages = outcome.result.pages if outcome.result else ()
        numbers = [number for page in pages for number in page.numbers]
        self.rows.append(
            Row(
                outcome.document,
                document_status(outcome),
                len(pages),
                len(numbers),
                sum(number.status is Status.REVIEW for number in numbers),
                outcome.seconds,
                outcome.failures,
            )
        )

    def counts_as_html(self) -> str:
        """Return the run in figures."""
        total = self.summary
        told = {
            "documents": f"{total.documents:,}",
            "pages": f"{total.pages:,}",
            "numbers": f"{total.numbers:,}",
            "accepted": f"{total.accepted:,} ({share(total.accepted, total.numbers)})",
            "to review": f"{total.review:,}",
            "failed": f"{total.failed:,}",
            "read in part": f"{total.partly:,}",
        }
        figures = "".join(
            f"<div><dt>{name}</dt><dd>{value}</dd></div>" for name, value in told.items()
        )
        return f'<dl class="figures">{figures}</dl>\n'

    def failures_as_html(self) -> str:
        """Return what failed, with what to do about it; empty where nothing did."""
        rows = "".join(
            f"<tr><td>{shown(row.name)}</td><td>{failure.page or 'all'}</td>"
            f"<td>{shown(failure.kind)}</td><td>{shown(failure.cause)}</td>"
            f"<td>{shown(failure.remedy)}</td></tr>\n"
            for row in self.rows
            for failure in row.failures
        )
        head = "".join(f"<th>{name}" for name in ("document", "page", "kind", "cause", "remedy"))
        table = f"<table><thead><tr>{head}</thead><tbody>\n{rows}</tbody></table>"
        return f"<section><h2>What failed</h2>{table}</section>\n" if rows else ""

    def as_html(self) -> str:
        """Return a table of all documents, with the time that each took."""
        longest = max((row.seconds for row in self.rows), default=0.0) or 1.0
        rows = "".join(self._row(row, longest) for row in self.rows)
        names = ("document", "state", "pages", "numbers", "to review", "time", "")
        head = "".join(f"<th>{name}" for name in names)
        together = times(sum(row.seconds for row in self.rows))
        return (
            f"<section><h2>Documents</h2><p>{together} of reading, one after the other.</p>"
            f"<table><thead><tr>{head}</thead><tbody>\n{rows}</tbody></table></section>\n"
        )

    def _row(self, row: Row, longest: float) -> str:
        name = shown(row.name)
        if row.pages:
            name = f'<a href="#d{self.place_of(row.name)}">{name}</a>'
        counts = "".join(f"<td>{one:,}</td>" for one in (row.pages, row.numbers, row.review))
        bar = f'<i style="width:{100 * row.seconds / longest:.0f}%"></i>'
        return (
            f'<tr class="{row.status}"><td>{name}</td><td>{STATES[row.status]}</td>{counts}'
            f'<td>{times(row.seconds)}</td><td class="time">{bar}</td></tr>\n'
        )
