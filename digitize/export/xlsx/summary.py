"""The Summary sheet: what a run came to, in all and document by document."""

from __future__ import annotations

from dataclasses import dataclass, field

from digitize.export.xlsx.sheet import Column
from digitize.records import DocumentResult, Provenance, Status

COLUMNS = (
    Column("document", 40),
    *(
        Column(title, 12, title_at="right")
        for title in ("pages", "numbers", "digits", "accepted", "review")
    ),
)


@dataclass(frozen=True, slots=True)
class Counts:
    """What was read, and how many of the numbers can be used as they are."""

    pages: int = 0
    numbers: int = 0
    digits: int = 0
    accepted: int = 0
    review: int = 0


@dataclass
class Summing:
    """Counts of each document so far; no numbers are kept."""

    documents: list[tuple[str, Counts]] = field(default_factory=list)

    def add(self, document: DocumentResult) -> None:
        """Count one document in."""
        numbers = [number for page in document.pages for number in page.numbers]
        review = sum(number.status is Status.REVIEW for number in numbers)
        self.documents.append(
            (
                document.document,
                Counts(
                    pages=len(document.pages),
                    numbers=len(numbers),
                    digits=sum(len(number.digits) for number in numbers),
                    accepted=len(numbers) - review,
                    review=review,
                ),
            )
        )

    def rows(self) -> list[tuple[str | int, ...]]:
        """Return a row per document, and one of all."""
        rows = [(name, *_shown(counts)) for name, counts in self.documents]
        totals = [sum(column) for column in zip(*(row[1:] for row in rows), strict=True)]
        return [*rows, ("all", *(totals or _shown(Counts())))]


def _shown(counts: Counts) -> tuple[int, ...]:
    return (counts.pages, counts.numbers, counts.digits, counts.accepted, counts.review)


def made_rows(made: Provenance, review_below: float) -> list[tuple[str, str]]:
    """Return what made the results, a name and a text to a row."""
    rows = [
        ("program", f"{made.program} {made.version}"),
        ("numbers less certain are for review", f"{review_below:g}"),
    ]
    if made.model:
        rows.append(("model", f"{made.model} {made.model_sha256}"))
    return [*rows, *((f"reader {name}", sha) for name, sha in sorted(made.page_readers.items()))]
