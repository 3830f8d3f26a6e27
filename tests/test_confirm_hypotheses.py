"""What a number may say: both readers' texts, each with its digits in their places on the ink."""

from __future__ import annotations

from collections.abc import Sequence
from math import log
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from digitize.classify import CLASSES, AlwaysDigit
from digitize.confirm.hypotheses import Hypothesis, Proposal, hypotheses_of, read_by_pieces
from digitize.confirm.strips import NumberStrip, strip_of
from digitize.geometry import union
from digitize.records import Box, Digit, Floats, Number, Status
from digitize.sequence import STRIDE, log_likelihood

if TYPE_CHECKING:
    from tests.conftest import Paper

BLANK = 10


def number_of(boxes: Sequence[Box], text: str, sure: float = 0.9) -> Number:
    digits = tuple(
        Digit(int(digit), sure, Status.OK, box, stroke=0.1, contrast=0.8)
        for digit, box in zip(text, boxes, strict=True)
    )
    return Number(text, sure ** len(text), Status.OK, 1, union(boxes), digits)


def frames_saying(
    strip: NumberStrip, text: str, centres: Sequence[float], sure: float = 0.98
) -> Floats:
    """What a reader that sees each digit at its centre, in columns of the page, would say."""
    count = -(-strip.pixels.shape[1] // STRIDE)
    likely = np.full((count, CLASSES), (1 - sure) / (CLASSES - 1), np.float32)
    classes = np.full(count, BLANK)
    for digit, centre in zip(text, centres, strict=True):
        column = (centre - strip.box.x) * strip.scale + strip.offset
        classes[int(column // STRIDE)] = int(digit)
    likely[np.arange(count), classes] = sure
    return np.log(likely)


def both(
    page: Paper, number: Number, text: str, centres: Sequence[float], sure: float = 0.98
) -> tuple[Hypothesis, Proposal | None]:
    """The two hypotheses about a page's only number, the second reader saying `text`."""
    strip = strip_of(number, page.layers(), "page")
    own, others = hypotheses_of([number], [strip], [frames_saying(strip, text, centres, sure)])
    return own[0], others[0]


def middles(boxes: Sequence[Box]) -> list[float]:
    return [box.centre[0] for box in boxes]


def said(proposal: Proposal) -> str:
    return "".join(str(digit.digit) for digit in proposal.digits)


def test_readers_that_agree_make_one_hypothesis(paper: type[Paper]) -> None:
    page = paper().bar(100, 100).bar(140, 100)
    own, other = both(page, number_of(page.drawn, "11"), "11", middles(page.drawn))
    assert own.text == "11"
    assert other is None


def test_a_reader_that_sees_nothing_proposes_nothing(paper: type[Paper]) -> None:
    page = paper().bar(100, 100).bar(140, 100)
    own, other = both(page, number_of(page.drawn, "11"), "", [])
    assert other is None
    assert own.by_strip < log(0.01)


def test_the_digits_own_hypothesis_is_as_likely_as_all_of_them(paper: type[Paper]) -> None:
    page = paper().bar(100, 100).bar(140, 100)
    own, _ = both(page, number_of(page.drawn, "12", 0.8), "12", middles(page.drawn))
    assert own.by_digits == pytest.approx(2 * log(0.8))
    assert -1 < own.by_strip < 0


def test_another_reading_of_as_many_digits_keeps_their_places(paper: type[Paper]) -> None:
    page = paper().bar(100, 100).bar(140, 100)
    number = number_of(page.drawn, "11")
    own, other = both(page, number, "17", middles(page.drawn))
    assert other is not None
    assert said(other) == "17"
    assert [digit.box for digit in other.digits] == page.drawn
    assert not any(digit.cut for digit in other.digits)
    assert other.by_strip > own.by_strip


def test_a_proposed_digit_remembers_what_the_first_reader_saw(paper: type[Paper]) -> None:
    page = paper().bar(100, 100).bar(140, 100)
    _, other = both(page, number_of(page.drawn, "15"), "17", middles(page.drawn))
    assert other is not None
    second = other.digits[1]
    assert second.alternatives == ((5, 0.9),)
    assert (second.stroke, second.contrast) == (0.1, 0.8)
    assert second.status is Status.REVIEW


def test_digits_that_were_read_as_one_are_parted_between_them(paper: type[Paper]) -> None:
    page = paper().bar(100, 100).bar(140, 100).bar(180, 100)
    bars = list(page.drawn)
    joined = [bars[0], union(bars[1:])]
    _, other = both(page.row(118, 140, 185, 3), number_of(joined, "10"), "111", middles(bars))
    assert other is not None
    assert said(other) == "111"
    for digit, glyph, bar in zip(other.digits, other.glyphs, bars, strict=True):
        assert digit.cut
        assert digit.box == glyph.box
        assert digit.box.x <= bar.x
        assert digit.box.right >= bar.right
    assert other.digits[1].box.right == pytest.approx(162, abs=5)


def test_ink_parted_between_digits_is_all_the_ink(paper: type[Paper]) -> None:
    page = paper().bar(100, 100).bar(140, 100).row(118, 100, 145, 3)
    _, other = both(page, number_of([Box(100, 100, 45, 40)], "8"), "11", [102, 142])
    assert other is not None
    assert sum((glyph.ink > 0).sum() for glyph in other.glyphs) == (page.ink > 0).sum()


def test_a_digit_that_was_read_as_two_is_one_again(paper: type[Paper]) -> None:
    page = paper().digits("0", 100, 100)
    box = page.drawn[0]
    halves = [Box(box.x, box.y, 14, 44), Box(box.x + 14, box.y, box.width - 14, 44)]
    _, other = both(page, number_of(halves, "11"), "0", [box.centre[0]])
    assert other is not None
    assert said(other) == "0"
    (glyph,) = other.glyphs
    assert (glyph.ink > 0).sum() == (page.ink > 0).sum()


def test_a_digit_where_no_ink_is_makes_no_proposal(paper: type[Paper]) -> None:
    page = paper().bar(100, 100).bar(200, 100)
    _, other = both(page, number_of(page.drawn, "11"), "171", [102, 152, 202])
    assert other is None


def test_numbers_keep_their_own_hypotheses(paper: type[Paper]) -> None:
    page = paper().bar(100, 100).bar(140, 100).bar(400, 100).bar(440, 100)
    numbers = [number_of(page.drawn[:2], "11"), number_of(page.drawn[2:], "11")]
    strips = [strip_of(number, page.layers(), "page") for number in numbers]
    likely = [
        frames_saying(strip, text, middles([digit.box for digit in number.digits]))
        for strip, text, number in zip(strips, ("11", "17"), numbers, strict=True)
    ]
    own, others = hypotheses_of(numbers, strips, likely)
    assert [hypothesis.text for hypothesis in own] == ["11", "11"]
    first, second = others
    assert first is None
    assert second is not None
    assert said(second) == "17"
    assert second.by_strip == pytest.approx(log_likelihood(likely[1], "17"))


def test_what_a_reader_holds_impossible_is_only_very_unlikely(paper: type[Paper]) -> None:
    page = paper().bar(100, 100).bar(140, 100)
    own, _ = both(page, number_of(page.drawn, "11", 0.0), "77", middles(page.drawn), 1 - 1e-9)
    assert np.isfinite([own.by_digits, own.by_strip]).all()
    assert own.by_digits < -20
    assert own.by_strip < -10


class ReadsSevens:
    """A fake that reads sevens, and keeps how many pieces it was asked about, call by call."""

    def __init__(self) -> None:
        self.asked: list[int] = []

    def scores(self, images: Floats) -> Floats:
        self.asked.append(len(images))
        return AlwaysDigit(7, 0.9).scores(images)


def test_the_classifier_judges_all_proposals_at_once(paper: type[Paper]) -> None:
    page = paper().bar(100, 100).bar(140, 100)
    number = number_of(page.drawn, "11")
    _, sevens = both(page, number, "77", middles(page.drawn))
    _, seven_one = both(page, number, "71", middles(page.drawn))
    classifier = ReadsSevens()
    judged = read_by_pieces([sevens, None, seven_one], classifier)
    assert classifier.asked == [4]
    first, nothing, third = judged
    assert nothing is None
    assert first is not None
    assert third is not None
    assert (first.text, third.text) == ("77", "71")
    assert first.by_digits == pytest.approx(2 * log(0.9))
    assert third.by_digits == pytest.approx(log(0.9) + log(0.01))


def test_without_proposals_there_is_nothing_to_judge() -> None:
    assert read_by_pieces([None, None], AlwaysDigit(7)) == [None, None]
    assert read_by_pieces([], AlwaysDigit(7)) == []


@given(st.text("0123456789", min_size=1, max_size=6))
def test_a_hypothesis_says_its_digits(text: str) -> None:
    digits = tuple(Digit(int(d), 0.5, Status.OK, Box(0, 0, 1, 1)) for d in text)
    assert Hypothesis(digits, -1.0, -2.0).text == text
