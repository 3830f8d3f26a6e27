"""One page's readings judged by its truth: which numbers and digits are right.

The definitions are those of shared/bench/score.py.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from digitize.records import Box
from digitize.score.delivered import ReadDigit, ReadNumber
from digitize.score.edits import edits_between
from digitize.score.matching import match_digits, match_numbers
from digitize.score.truth import PageTruth, TrueDigit, TrueNumber

DECIMAL_MARK = "."


@dataclass(frozen=True, slots=True)
class JudgedNumber:
    """A number that was read, and the true text it stands for: None where there is none."""

    read: ReadNumber
    true: str | None

    @property
    def right(self) -> bool:
        """Whether it was read as it was written."""
        return self.read.text == self.true


@dataclass(frozen=True, slots=True)
class JudgedDigit:
    """A digit that was read where one was written."""

    read: str
    true: str
    confidence: float

    @property
    def right(self) -> bool:
        """Whether it was read as it was written."""
        return self.read == self.true


@dataclass(frozen=True, slots=True)
class JudgedPage:
    """What the readings of one page are worth.

    numbers: each that was read, digits: those read where one was written. edits: to make the texts
    that were read the true ones. written: true digits in numbers that have a box. said: digits
    read, and sought: digits written, on a page whose truth has a box for each; else 0.
    """

    truth: PageTruth
    numbers: tuple[JudgedNumber, ...]
    digits: tuple[JudgedDigit, ...] = ()
    edits: int = 0
    written: int = 0
    said: int = 0
    sought: int = 0


def judge_page(
    truth: PageTruth, numbers: Sequence[ReadNumber], digits: Sequence[ReadDigit]
) -> JudgedPage:
    """Return what the numbers and digits that were read on a page are worth by its truth."""
    read = comparable(numbers, truth)
    boxes = [number.box for number in truth.numbers if number.box is not None]
    if len(boxes) < len(truth.numbers):
        return JudgedPage(truth, judge_texts(read, truth.numbers))
    page = judge_numbers(truth, read, boxes)
    true_digits = digits_with_boxes(truth)
    if true_digits is None:
        return page
    found = judge_digits(digits, true_digits)
    return replace(page, digits=found, said=len(digits), sought=page.written)


def comparable(numbers: Sequence[ReadNumber], truth: PageTruth) -> list[ReadNumber]:
    """Return the numbers with digits alone in their texts, and those left without any taken out.

    Decimal marks stay where some true text of the page has one.
    """
    marked = any(DECIMAL_MARK in number.text for number in truth.numbers)
    other = re.compile(r"[^\d.]" if marked else r"\D")
    bare = [replace(number, text=other.sub("", number.text)) for number in numbers]
    return [number for number in bare if number.text]


def judge_texts(read: Sequence[ReadNumber], true: Sequence[TrueNumber]) -> tuple[JudgedNumber, ...]:
    """Return the numbers judged as a bag of texts, for a truth that has no boxes.

    Where a text was read more often than written, the surest of them are right.
    """
    left = Counter(number.text for number in true)
    judged: dict[int, JudgedNumber] = {}
    for place in sorted(range(len(read)), key=lambda place: -read[place].confidence):
        number = read[place]
        is_there = left[number.text] > 0
        left[number.text] -= is_there
        judged[place] = JudgedNumber(number, number.text if is_there else None)
    return tuple(judged[place] for place in range(len(read)))


def judge_numbers(truth: PageTruth, read: Sequence[ReadNumber], boxes: Sequence[Box]) -> JudgedPage:
    """Return the page with its numbers judged by their boxes, one for each true number."""
    texts = [number.text for number in truth.numbers]
    true_of = dict(match_numbers([number.box for number in read], boxes))
    missed = set(range(len(texts))).difference(true_of.values())
    judged = tuple(
        JudgedNumber(number, texts[true_of[place]] if place in true_of else None)
        for place, number in enumerate(read)
    )
    edits = sum(edits_between(one.true or "", one.read.text) for one in judged)
    edits += sum(len(texts[place]) for place in missed)
    return JudgedPage(truth, judged, edits=edits, written=sum(map(len, texts)))


def digits_with_boxes(truth: PageTruth) -> list[TrueDigit] | None:
    """Return all true digits of a page; None where a number has no boxes for its digits."""
    found: list[TrueDigit] = []
    for number in truth.numbers:
        if number.digits is None:
            return None
        found += number.digits
    return found


def judge_digits(read: Sequence[ReadDigit], true: Sequence[TrueDigit]) -> tuple[JudgedDigit, ...]:
    """Return the digits that were read where one was written."""
    pairs = match_digits([digit.box for digit in read], [digit.box for digit in true])
    return tuple(JudgedDigit(read[i].digit, true[j].digit, read[i].confidence) for i, j in pairs)
