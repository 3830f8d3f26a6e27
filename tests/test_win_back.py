"""Digits taken for other writing are won back in a row with digits, for a person to look at."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from digitize.classify import CLASSES, AlwaysDigit
from digitize.geometry import are_beside, overlap, vertical_overlap
from digitize.options import PageOptions
from digitize.recognise import recognise
from digitize.records import Box, Floats, Layers, Pixels
from digitize.win_back import win_back

if TYPE_CHECKING:
    from tests.conftest import Paper

HEIGHT = 40.0
USUAL = PageOptions()
pixels = st.integers(1, 40)
boxes = st.builds(Box, pixels, pixels, pixels, pixels)


class NeverSure:
    """A classifier that leaves every digit possible."""

    def scores(self, images: Floats) -> Floats:
        return np.full((len(images), CLASSES), 1 / CLASSES, dtype=np.float32)


def bars(paper: type[Paper], *places: int, y: int = 60) -> Pixels:
    """The ink of upright bars at these places on one line."""
    page = paper(600, 200)
    for x in places:
        page.bar(x, y, height=40, width=6)
    return page.ink


def layers(digits: Pixels, doubtful: Pixels) -> Layers:
    return Layers(digits, doubtful, np.zeros_like(digits), HEIGHT, doubtful=doubtful)


def won(digits: Pixels, doubtful: Pixels) -> Pixels:
    """What of the doubtful ink is among the digits."""
    found = win_back(layers(digits, doubtful), AlwaysDigit(1), USUAL)
    assert not np.logical_and(found.digits, found.writing).any()
    assert (found.digits | found.writing).sum() == (digits | doubtful).sum()
    return found.digits & doubtful


def test_what_stands_in_a_row_with_digits_is_won_back_one_after_the_other(
    paper: type[Paper],
) -> None:
    doubtful = bars(paper, 100, 130)
    np.testing.assert_array_equal(won(bars(paper, 160, 190, 220), doubtful), doubtful)


@pytest.mark.parametrize("place", [50, 300])
def test_what_stands_apart_stays_writing(paper: type[Paper], place: int) -> None:
    assert not won(bars(paper, 160, 190, 220), bars(paper, place)).any()


def test_what_stands_on_another_line_stays_writing(paper: type[Paper]) -> None:
    assert not won(bars(paper, 160, 190, 220, y=20), bars(paper, 190, y=110)).any()


def test_one_digit_alone_is_no_row(paper: type[Paper]) -> None:
    assert not won(bars(paper, 160), bars(paper, 130)).any()


def test_what_the_classifier_is_not_sure_of_stays_writing(paper: type[Paper]) -> None:
    given = layers(bars(paper, 160, 190), bars(paper, 130))
    assert win_back(given, NeverSure(), USUAL).won_back is None


@given(boxes, boxes, st.floats(0, 20))
def test_what_is_beside_stands_level_and_near(one: Box, other: Box, reach: float) -> None:
    apart = -overlap(one.x, one.right, other.x, other.right)
    level = vertical_overlap(one, other) >= 0.5
    ((found,),) = are_beside([one], [other], reach)
    assert found == (level and apart <= reach)


def test_without_doubtful_ink_nothing_changes(paper: type[Paper]) -> None:
    given = replace(layers(bars(paper, 160, 190), bars(paper, 130)), doubtful=None)
    assert win_back(given, AlwaysDigit(1), USUAL) is given


def test_what_was_won_back_is_marked_for_review_and_its_neighbours_are_not(
    paper: type[Paper],
) -> None:
    found = win_back(layers(bars(paper, 160, 190), bars(paper, 130)), AlwaysDigit(1), USUAL)
    glyphs = sorted(recognise(found, AlwaysDigit(1), USUAL).glyphs, key=lambda glyph: glyph.box.x)
    assert [glyph.cut for glyph in glyphs] == [True, False, False]
