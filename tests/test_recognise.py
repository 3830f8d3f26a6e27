"""Layers become digits: whole ones as they stand, touching ones parted where their parts read."""

from __future__ import annotations

from math import prod
from typing import TYPE_CHECKING

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from digitize.classify import CLASSES, NOT_A_DIGIT, AlwaysDigit
from digitize.normalise import normalise
from digitize.options import PageOptions
from digitize.recognise import Recognised, decode_lattice, recognise, weakened
from digitize.records import Box, Floats, Glyph, Reading
from digitize.segment import Lattice, segment

if TYPE_CHECKING:
    from tests.conftest import Paper

OPTIONS = PageOptions()
SURE = 0.97


def says(*answers: int, sure: float = SURE) -> Floats:
    """One row for each answer, the rest shared by the other classes."""
    scores = np.full((len(answers), CLASSES), (1 - sure) / (CLASSES - 1), np.float32)
    scores[np.arange(len(answers)), answers] = sure
    return scores


class ReadsBars:
    """A fake that reads a one in every upright bar, and nothing in all else."""

    def scores(self, images: Floats) -> Floats:
        widths = [np.flatnonzero(image.any(axis=0)) for image in images]
        narrow = [len(width) and width[-1] - width[0] < 10 for width in widths]
        return says(*(1 if found else NOT_A_DIGIT for found in narrow))


class ReadsDrawn:
    """A fake that reads the digits that tests draw, and nothing in what looks like none of them."""

    def __init__(self, paper: type[Paper]) -> None:
        page = paper().digits("0123456789", 50, 100)
        glyphs = sorted(segment(page.layers(44)), key=lambda glyph: glyph.box.x)
        self.drawn = self._unit(normalise(glyphs))

    def scores(self, images: Floats) -> Floats:
        if not len(images):
            return np.zeros((0, CLASSES), np.float32)
        alike = self._unit(images) @ self.drawn.T
        scores = np.exp(40 * np.concatenate([alike, np.full((len(images), 1), 0.8)], axis=1))
        return np.asarray(scores / scores.sum(axis=1, keepdims=True), np.float32)

    @staticmethod
    def _unit(images: Floats) -> Floats:
        flat = np.array([cv2.GaussianBlur(image, (0, 0), 1.0).ravel() for image in images])
        return np.asarray(flat / np.linalg.norm(flat, axis=1, keepdims=True), np.float32)


class Remembers:
    """A fake that reads sevens, and keeps how many images it was asked about, call by call."""

    def __init__(self) -> None:
        self.asked: list[int] = []

    def scores(self, images: Floats) -> Floats:
        self.asked.append(len(images))
        return AlwaysDigit(7).scores(images)


def text(found: Recognised) -> str:
    pairs = zip(found.glyphs, found.readings, strict=True)
    return "".join(str(r.digit) for _, r in sorted(pairs, key=lambda pair: pair[0].box.x))


def test_digits_apart_are_read_as_they_stand(paper: type[Paper]) -> None:
    page = paper().digits("0123456789", 50, 100)
    found = recognise(page.layers(44), ReadsDrawn(paper), OPTIONS)
    assert text(found) == "0123456789"
    assert not found.refused
    assert not any(glyph.cut for glyph in found.glyphs)


def test_bars_that_touch_are_ones(paper: type[Paper]) -> None:
    page = paper().row(118, 100, 165, 3)
    for x in (100, 120, 140, 160):
        page.bar(x, 100)
    found = recognise(page.layers(), ReadsBars(), OPTIONS)
    assert text(found) == "1111"
    assert all(glyph.cut for glyph in found.glyphs)
    for glyph, bar in zip(sorted(found.glyphs, key=lambda g: g.box.x), page.drawn, strict=True):
        assert glyph.box.x <= bar.centre[0] <= glyph.box.right


@pytest.mark.parametrize(
    ("digits", "row"),
    [("33", 119), ("22", 137), ("66", 130), ("888", 136), ("3535", 119), ("2020", 137)],
)
def test_digits_that_touch_are_read_as_if_apart(paper: type[Paper], digits: str, row: int) -> None:
    page = paper().digits(digits, 100, 100, space=0.2)
    page.row(row, 116, round(page.drawn[-1].x) + 10, 2)
    (whole,) = segment(page.layers(44))
    found = recognise(page.layers(44), ReadsDrawn(paper), OPTIONS)
    assert text(found) == digits
    assert sum((glyph.ink > 0).sum() for glyph in found.glyphs) == (whole.ink > 0).sum()


@pytest.mark.parametrize("half_width", [14, 18, 22])
def test_a_wide_zero_stays_whole(paper: type[Paper], half_width: int) -> None:
    page = paper()
    cv2.ellipse(page.pixels, (200, 200), (half_width, 20), 0, 0, 360, (0, 0, 0), 4)
    found = recognise(page.layers(), AlwaysDigit(0), OPTIONS)
    assert text(found) == "0"
    assert not found.glyphs[0].cut


def test_a_doubtful_digit_of_usual_width_is_looked_at_again(paper: type[Paper]) -> None:
    page = paper().bar(100, 100).bar(120, 100).row(136, 100, 125, 3)
    (glyph,) = segment(page.layers())
    assert glyph.box.width < glyph.box.height
    assert text(recognise(page.layers(), ReadsBars(), OPTIONS)) == "11"


def test_the_classifier_is_asked_once_about_glyphs_and_once_about_pieces(
    paper: type[Paper],
) -> None:
    page = paper().bar(50, 100).bar(100, 100).bar(160, 100).row(118, 100, 165, 3)
    classifier = Remembers()
    recognise(page.layers(), classifier, OPTIONS)
    glyphs, pieces = classifier.asked
    assert glyphs == 2
    assert pieces > 2


def test_what_is_no_digit_is_refused_where_it_stands(paper: type[Paper]) -> None:
    page = paper().digits("8", 100, 100)
    cv2.line(page.pixels, (200, 100), (225, 140), (0, 0, 0), 4)
    cv2.line(page.pixels, (200, 140), (225, 100), (0, 0, 0), 4)
    found = recognise(page.layers(44), ReadsDrawn(paper), OPTIONS)
    assert text(found) == "8"
    assert found.refused
    assert all(box.x > 190 for box in found.refused)


def test_a_scrawl_that_parts_into_no_digits_is_refused(paper: type[Paper]) -> None:
    page = paper().row(118, 100, 200, 20)
    found = recognise(page.layers(), ReadsBars(), OPTIONS)
    assert not found.glyphs
    assert found.refused


def test_an_empty_page_has_no_digits(paper: type[Paper]) -> None:
    found = recognise(paper().layers(), AlwaysDigit(1), OPTIONS)
    assert (found.glyphs, found.readings, found.refused) == ([], [], [])


def glyph(x: float, width: float, cut: bool = True) -> Glyph:
    return Glyph(np.full((40, int(width)), 255, np.uint8), Box(x, 0, width, 40), cut)


def row_of(pieces: int) -> Lattice:
    """Digits side by side that can be parted in one way only."""
    found = tuple(glyph(30 * at, 28) for at in range(pieces))
    return Lattice(found, tuple((at, at + 1) for at in range(pieces)), pieces)


def halves() -> Lattice:
    """What can be two digits, or one."""
    found = (glyph(0, 28), glyph(30, 28), glyph(0, 58, cut=False))
    return Lattice(found, ((0, 1), (1, 2), (0, 2)), 2)


def test_a_lattice_is_read_along_its_best_path() -> None:
    lattice = halves()
    parted = decode_lattice(lattice, says(3, 5, NOT_A_DIGIT), OPTIONS)
    assert [(g, r and r.digit) for g, r in parted] == [
        (lattice.candidates[0], 3),
        (lattice.candidates[1], 5),
    ]
    (whole,) = decode_lattice(lattice, says(NOT_A_DIGIT, NOT_A_DIGIT, 8), OPTIONS)
    assert whole[0] is lattice.candidates[2]


def test_the_only_way_to_part_ink_leaves_its_digits_as_certain_as_they_are() -> None:
    readings = [reading for _, reading in decode_lattice(row_of(3), says(1, 2, 3), OPTIONS)]
    assert [r and r.confidence for r in readings] == [pytest.approx(SURE)] * 3


def test_where_another_way_is_as_good_all_digits_together_are_half_as_certain() -> None:
    spans = ((0, 1), (1, 3), (0, 2), (2, 3))
    lattice = Lattice(tuple(glyph(0, 28) for _ in spans), spans, 3)
    readings = [reading for _, reading in decode_lattice(lattice, says(4, 4, 4, 4), OPTIONS)]
    assert prod(r.confidence for r in readings if r) == pytest.approx(0.5 * SURE**2)


def test_a_doubtful_piece_among_digits_is_read_and_never_surely() -> None:
    scores = says(1, NOT_A_DIGIT, 3)
    readings = [reading for _, reading in decode_lattice(row_of(3), scores, OPTIONS)]
    assert all(readings)
    assert readings[1] is not None
    assert readings[1].confidence < 0.1


def test_ink_most_of_whose_pieces_are_no_digit_keeps_only_what_is_one() -> None:
    scores = says(NOT_A_DIGIT, NOT_A_DIGIT, 3)
    readings = [reading for _, reading in decode_lattice(row_of(3), scores, OPTIONS)]
    assert [r and r.digit for r in readings] == [None, None, 3]


@given(st.floats(0, 1), st.lists(st.floats(0, 1), min_size=1, max_size=4))
def test_a_weakened_reading_has_all_its_probabilities_at_one_share(
    share: float, likely: list[float]
) -> None:
    reading = Reading(7, likely[0], tuple(enumerate(likely[1:])))
    weak = weakened(reading, share)
    assert weak.digit == 7
    assert weak.confidence == pytest.approx(likely[0] * share)
    assert [d for d, _ in weak.alternatives] == [d for d, _ in reading.alternatives]
    assert [p for _, p in weak.alternatives] == pytest.approx([p * share for p in likely[1:]])


def two_lines_joined(paper: type[Paper], upper: str, lower: str) -> Paper:
    """Two lines of digits, the second of each joined to the one below it."""
    page = paper().digits(upper, 100, 100, 40).digits(lower, 100, 148, 40)
    middle = round(page.drawn[1].centre[0])
    cv2.line(page.pixels, (middle, 138), (middle, 150), (25, 25, 25), 3)
    return page


def test_digits_of_two_lines_that_touch_are_read_as_two(paper: type[Paper]) -> None:
    page = two_lines_joined(paper, "538", "269")
    found = recognise(page.layers(40), ReadsDrawn(paper), OPTIONS)
    assert sorted(reading.digit for reading in found.readings) == [2, 3, 5, 6, 8, 9]
    assert sum(glyph.cut for glyph in found.glyphs) == 2


def test_a_tail_that_looks_like_a_1_stays_with_its_digit(paper: type[Paper]) -> None:
    page = two_lines_joined(paper, "538", "269")
    found = recognise(page.layers(40), AlwaysDigit(1), OPTIONS)
    assert not any(glyph.cut for glyph in found.glyphs)
