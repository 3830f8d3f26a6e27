"""The wrong numbers that were delivered most confidently."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from digitize.score.judged import JudgedNumber, JudgedPage
from digitize.score.truth import PageTruth

SHOWN = 24  # a sheet that fits a screen: enough to see what goes wrong


@dataclass(frozen=True, slots=True)
class WrongNumber:
    """A number that was delivered and is wrong, and the page it was read on."""

    page: PageTruth
    number: JudgedNumber


def worst_numbers(pages: Sequence[JudgedPage], limit: int = SHOWN) -> tuple[WrongNumber, ...]:
    """Return the wrong numbers, the most confident first; equal ones in the order of the pages.

    Where a truth does not list all that is written, a number beside those listed may be right and
    is left out.
    """
    wrong = [
        WrongNumber(page.truth, number)
        for page in pages
        for number in page.numbers
        if not number.right and (page.truth.complete or number.true is not None)
    ]
    return tuple(sorted(wrong, key=lambda one: -one.number.read.confidence)[:limit])
