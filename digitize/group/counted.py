"""Misread numbers of lists, read as what their place in the list says they are, for review.

Between 41 and 43 of a list stands a 42, even if its 2 looks like a 7; and below 45, what looks like
41 is rather a 46.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import prod

from digitize.group.doubt import doubted
from digitize.group.lists import ALIGNED, MANY, MISSED, Count, find_lists, part_count
from digitize.group.options import USUAL, GroupOptions
from digitize.records import Digit, Number

LEVEL = 0.35  # of the list's pitch: so far from its place a line may stand
PASSES = 4  # over a page: in each a list may go on by as many misread lines as `lists` lets pass
EVEN = 0.5  # confidence of a digit of which the place says one thing and the ink another


@dataclass(frozen=True, slots=True)
class Missed:
    """A line of a list that was not found: what counts it, and where that would stand.

    Lengths are in pixels of the page. is_within: whether lines were found above it and below.
    """

    count: str
    left: float
    right: float
    top: float
    height: float
    pitch: float
    is_within: bool

    def holds(self, number: Number) -> bool:
        """Tell whether a number begins where the line does, with enough digits for its count."""
        most = len(self.count)
        if len(number.digits) < most or not number.text[:most].isdigit():
            return False
        first, last = number.digits[0].box, number.digits[most - 1].box
        aside = min(abs(first.x - self.left), abs(last.right - self.right))
        is_level = abs(first.y - self.top) <= LEVEL * self.pitch
        return is_level and aside <= ALIGNED * self.height

    def is_like(self, number: Number) -> bool:
        """Tell whether one of a number's digits is what the count has in its place."""
        return any(one == other for one, other in zip(number.text, self.count, strict=False))


def read_by_count(numbers: Sequence[Number], options: GroupOptions = USUAL) -> list[Number]:
    """Return the numbers, those misread that count a list's lines as what they must be, for review.

    What stands close behind such a number is parted from it. Nothing is changed that is sure or
    begins with what is due, where two numbers stand in a line's place, or in a short list, which
    may be one by chance. A line read so is one of the list's, which may go on below it.
    """
    for _ in range(PASSES):
        read = _misread_lines(numbers, options)
        if not read:
            break
        numbers = [part for at, number in enumerate(numbers) for part in read.get(at, (number,))]
    return list(numbers)


def _misread_lines(
    numbers: Sequence[Number], options: GroupOptions
) -> dict[int, tuple[Number, ...]]:
    """Return the misread numbers of lists by their places, as what they must be."""
    read: dict[int, tuple[Number, ...]] = {}
    lists = list(find_lists(numbers))
    taken = {line.at for lines in lists for line in lines}
    long = [lines for lines in lists if len(lines) >= MANY]
    unsure = [
        at
        for at, number in enumerate(numbers)
        if at not in taken and number.confidence < options.review_below
    ]
    for line in (missed for lines in long for missed in missed_lines(lines)):
        here = [at for at in unsure if line.holds(numbers[at])]
        if len(here) == 1 and (line.is_within or line.is_like(numbers[here[0]])):
            misread = numbers[here[0]]
            if not misread.text.startswith(line.count):
                counted = _as_count(misread, line.count)
                read[here[0]] = part_count(counted, len(line.count), options)
    return read


def missed_lines(lines: Sequence[Count]) -> Iterator[Missed]:
    """Yield where lines of a list were not found, between others and a few below the last."""
    for above, below in pairwise(lines):
        for value in range(above.value + 1, below.value):
            yield _missed(value, above, below)
    for value in range(lines[-1].value + 1, lines[-1].value + MISSED + 1):
        yield _missed(value, lines[-2], lines[-1])


def _missed(value: int, above: Count, below: Count) -> Missed:
    """Return where a list has the line of this value, by two others of its lines."""
    steps = below.value - above.value
    share = (value - above.value) / steps
    return Missed(
        count=str(value),
        left=above.left + share * (below.left - above.left),
        right=above.right + share * (below.right - above.right),
        top=above.top + share * (below.top - above.top),
        height=above.height,
        pitch=(below.top - above.top) / steps,
        is_within=value < below.value,
    )


def _as_count(number: Number, count: str) -> Number:
    """Return a number that begins with a line's count."""
    digits = (
        *map(_as_digit, number.digits, map(int, count)),
        *number.digits[len(count) :],
    )
    text = count + number.text[len(count) :]
    confidence = prod(digit.confidence for digit in digits)
    return doubted(replace(number, text=text, digits=digits, confidence=confidence))


def _as_digit(digit: Digit, value: int) -> Digit:
    """Return a digit as `value`; what its ink looks like are its alternatives."""
    if digit.digit == value:
        return digit
    others = tuple(other for other in digit.alternatives if other[0] != value)
    known = ((digit.digit, digit.confidence), *others)
    return replace(digit, digit=value, confidence=EVEN, alternatives=known)
