"""Which digit is read as which."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from digitize.score.judged import JudgedPage


@dataclass(frozen=True, slots=True)
class Confusion:
    """How often a true digit was read as another, where a digit was read in its place."""

    true: str
    read: str
    count: int


def confusions_of(pages: Sequence[JudgedPage]) -> tuple[Confusion, ...]:
    """Return every pair of a true digit and another that was read, the most frequent first."""
    counts = Counter(
        (digit.true, digit.read) for page in pages for digit in page.digits if not digit.right
    )
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return tuple(Confusion(true, read, count) for (true, read), count in ordered)
