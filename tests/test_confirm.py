"""Both readers' say: agreement is sure, disagreement is for review, and doubts stay."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from digitize.classify import AlwaysDigit
from digitize.confirm import confirm
from digitize.confirm.agreement import AGREED, DIFFERENT, TRUST, Verdict, alone, judge
from digitize.confirm.hypotheses import Hypothesis
from digitize.group import GroupOptions
from digitize.records import Box, Digit, Floats, Number, Status
from digitize.sequence import STRIDE

if TYPE_CHECKING:
    from tests.conftest import Paper

BLANK = 10
OPTIONS = GroupOptions(review_below=0.5, second_reader=True)
logs = st.floats(-12, 0)


class Says:
    """A second reader that reads the same text in every strip, its digits evenly spread."""

    def __init__(self, text: str, sure: float = 0.99) -> None:
        self.text, self.sure = text, sure

    def posteriors(self, strips: Sequence[Floats]) -> list[Floats]:
        return [self._frames(strip.shape[1] // STRIDE) for strip in strips]

    def _frames(self, count: int) -> Floats:
        likely = np.full((count, BLANK + 1), (1 - self.sure) / BLANK, np.float32)
        classes = np.full(count, BLANK)
        places = np.linspace(2.5, count - 3, len(self.text))
        classes[places.round().astype(int)] = [int(digit) for digit in self.text]
        likely[np.arange(count), classes] = self.sure
        return np.log(likely)


def number_of(boxes: Sequence[Box], text: str, sure: float = 0.95) -> Number:
    digits = tuple(
        Digit(int(each), sure, Status.OK, box) for each, box in zip(text, boxes, strict=True)
    )
    box = Box(boxes[0].x, boxes[0].y, boxes[-1].right - boxes[0].x, boxes[0].height)
    return Number(text, sure ** len(text), Status.OK, 3, box, digits)


def hypothesis_of(text: str, by_digits: float = -0.1, by_strip: float = -0.1) -> Hypothesis:
    digits = tuple(Digit(int(d), 0.9, Status.OK, Box(9 * i, 0, 8, 20)) for i, d in enumerate(text))
    return Hypothesis(digits, by_digits, by_strip)


def test_a_number_that_both_read_alike_is_surer_than_its_digits(paper: type[Paper]) -> None:
    page = paper().bar(100, 100).bar(130, 100)
    number = number_of(page.drawn, "11", 0.9)
    (found,) = confirm([number], page.layers(), AlwaysDigit(1), Says("11"), OPTIONS)
    assert (found.text, found.status, found.line) == ("11", Status.OK, 3)
    assert found.confidence > number.confidence
    assert [digit.status for digit in found.digits] == [Status.OK, Status.OK]
    assert not found.doubted


def test_a_number_that_they_read_differently_is_for_review(paper: type[Paper]) -> None:
    page = paper().bar(100, 100).bar(130, 100)
    number = number_of(page.drawn, "11")
    (found,) = confirm([number], page.layers(), AlwaysDigit(1), Says("17"), OPTIONS)
    assert found.status is Status.REVIEW
    assert found.doubted
    assert found.text in ("11", "17")
    assert {digit.status for digit in found.digits} == {Status.REVIEW}


@pytest.mark.parametrize("said", ["11", "17", "74"])
def test_what_else_a_digit_may_be_has_what_its_reading_leaves(
    paper: type[Paper], said: str
) -> None:
    page = paper().bar(100, 100).bar(130, 100)
    number = number_of(page.drawn, "11")
    unsure = tuple(replace(d, alternatives=((7, 0.7), (4, 0.2))) for d in number.digits)
    likely = replace(number, digits=unsure)
    (found,) = confirm([likely], page.layers(), AlwaysDigit(1), Says(said), OPTIONS)
    for digit in found.digits:
        assert digit.digit not in [other for other, _ in digit.alternatives]
        assert digit.alternatives
        assert digit.confidence + sum(share for _, share in digit.alternatives) <= 1 + 1e-9


def test_what_was_doubted_before_stays_doubted(paper: type[Paper]) -> None:
    page = paper().bar(100, 100).bar(130, 100)
    number = replace(number_of(page.drawn, "11"), doubted=True)
    (found,) = confirm([number], page.layers(), AlwaysDigit(1), Says("11"), OPTIONS)
    assert found.status is Status.REVIEW


def test_a_picture_that_one_reader_alone_can_read_is_read_for_review(paper: type[Paper]) -> None:
    page = paper(300, 120).bar(60, 30, 60).row(60, 60, 160, 6).bar(154, 30, 60)
    options = replace(OPTIONS, layout="number")
    (found,) = confirm([], page.layers(), AlwaysDigit(1), Says("11"), options)
    assert (found.text, found.status, found.line) == ("11", Status.REVIEW, 1)
    assert found.box.x >= 58
    assert found.box.right <= 162


def test_a_page_without_numbers_stays_so(paper: type[Paper]) -> None:
    page = paper().bar(100, 100)
    assert confirm([], page.layers(), AlwaysDigit(1), Says("11"), OPTIONS) == []
    empty, options = paper(200, 100), replace(OPTIONS, layout="number")
    assert confirm([], empty.layers(), AlwaysDigit(1), Says("11"), options) == []


def test_agreement_is_surer_than_disagreement() -> None:
    own, other = hypothesis_of("12"), hypothesis_of("13")
    agreed, not_agreed = judge(own, None, False), judge(own, other, False)
    assert agreed.agreed
    assert not not_agreed.agreed
    assert agreed.confidence > 0.9 > not_agreed.confidence


@given(logs, logs)
def test_the_less_likely_a_reading_the_less_sure_it_is(one: float, two: float) -> None:
    low, high = sorted((one, two))
    surer = AGREED.confidence(hypothesis_of("1", high, high), 0.0, False)
    assert AGREED.confidence(hypothesis_of("1", low, low), 0.0, False) <= surer < 1


@given(logs, logs, st.floats(0, 20))
def test_doubt_never_makes_a_number_surer(digits: float, strip: float, ahead: float) -> None:
    hypothesis = hypothesis_of("1", digits, strip)
    for weights in (AGREED, DIFFERENT):
        sure = weights.confidence(hypothesis, ahead, False)
        assert weights.confidence(hypothesis, ahead, True) <= sure


@given(logs, logs, logs, logs)
def test_the_reading_that_is_trusted_more_is_believed(
    a: float, b: float, c: float, d: float
) -> None:
    own, other = hypothesis_of("12", a, b), hypothesis_of("345", c, d)
    believed = judge(own, other, False)
    assert len(believed.digits) == (2 if TRUST.of(own, other) >= 0 else 3)


@given(st.lists(st.floats(0.01, 1), min_size=1, max_size=9), st.floats(0.01, 0.9999))
def test_all_digits_together_are_as_sure_as_their_reading(each: list[float], sure: float) -> None:
    digits = tuple(Digit(1, one, Status.OK, Box(0, 0, 1, 1)) for one in each)
    shares = Verdict(digits, sure, sure / 2, agreed=True).shares()
    assert np.prod(shares) == pytest.approx(sure)
    assert all(0 < share <= 1 for share in shares)


def test_one_reader_alone_is_never_as_sure_as_two() -> None:
    hypothesis = hypothesis_of("12")
    assert alone(hypothesis).confidence < judge(hypothesis, None, False).confidence
    assert not alone(hypothesis).agreed
