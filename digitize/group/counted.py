"""Misread numbers of lists, read as what their place in the list says they are, for review.

Between 41 and 43 of a list stands a 42, even if its 2 looks like a 7.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from math import prod

from digitize.group.doubt import doubted
from digitize.group.lists import ALIGNED, Count, find_lists
from digitize.group.options import USUAL, GroupOptions
from digitize.records import Digit, Number

LEVEL = 0.35  # of the list's pitch: so far from its place a line may stand
UNLIKELY = 0.01  # the confidence of a digit that its ink does not look like


def read_by_count(numbers: Sequence[Number], options: GroupOptions = USUAL) -> list[Number]:
    """Return the numbers, those misread that count a list's lines as what they must be, for review.

    Nothing is changed that is sure, or where two numbers stand in a line's place.
    """
    read = list(numbers)
    lists = list(find_lists(numbers))
    taken = {line.at for lines in lists for line in lines}
    for lines in lists:
        for above, below in pairwise(lines):
            for value in range(above.value + 1, below.value):
                here = [
                    at
                    for at, number in enumerate(numbers)
                    if at not in taken and _stands_at(number, value, above, below)
                ]
                if len(here) == 1 and numbers[here[0]].confidence < options.review_below:
                    read[here[0]] = _as_count(numbers[here[0]], str(value))
    return read


def _stands_at(number: Number, value: int, above: Count, below: Count) -> bool:
    """Tell whether a number begins where the list's line of this value does."""
    count = len(str(value))
    if len(number.digits) < count or "." in number.text[:count] or number.text.startswith("-"):
        return False
    share = (value - above.value) / (below.value - above.value)
    pitch = (below.top - above.top) / (below.value - above.value)
    first, last = number.digits[0].box, number.digits[count - 1].box
    aside = min(
        abs(first.x - (above.left + share * (below.left - above.left))),
        abs(last.right - (above.right + share * (below.right - above.right))),
    )
    level = abs(first.y - (above.top + share * (below.top - above.top)))
    return aside <= ALIGNED * above.height and level <= LEVEL * pitch


def _as_count(number: Number, count: str) -> Number:
    """Return a number whose first digits are those of `count`."""
    digits = (
        *map(_as_digit, number.digits, map(int, count)),
        *number.digits[len(count) :],
    )
    text = count + number.text[len(count) :]
    confidence = prod(digit.confidence for digit in digits)
    return doubted(replace(number, text=text, digits=digits, confidence=confidence))


def _as_digit(digit: Digit, value: int) -> Digit:
    """Return a digit as `value`, as sure as its ink looks like that."""
    if digit.digit == value:
        return digit
    others = tuple(other for other in digit.alternatives if other[0] != value)
    likely = dict(digit.alternatives).get(value, UNLIKELY)
    known = ((digit.digit, digit.confidence), *others)
    return replace(digit, digit=value, confidence=likely, alternatives=known)
