"""Glyphs come out as MNIST made its digits: 20 x 20 body, aspect kept, centre of mass at 14."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from digitize.normalise import (
    MNIST_STROKE_RANGE,
    NormaliseOptions,
    crop_to_ink,
    match_stroke_width,
    normalise,
    normalise_ink,
    scale_to_body,
    stroke_width,
)
from digitize.records import Box, Glyph, Pixels

if TYPE_CHECKING:
    from tests.conftest import Paper

PLAIN = NormaliseOptions(match_stroke=False)
MIDDLE = 14.0


def bar(height: int, width: int) -> Pixels:
    return np.full((height, width), 255, np.uint8)


@st.composite
def inks(draw: st.DrawFn) -> Pixels:
    """One to four pen strokes on a small field: any digit's kind of ink, and much that is none."""
    height, width = draw(st.integers(8, 90)), draw(st.integers(8, 90))
    points = st.tuples(st.integers(0, width - 1), st.integers(0, height - 1))
    ink = np.zeros((height, width), np.uint8)
    for start, end in draw(st.lists(st.tuples(points, points), min_size=1, max_size=4)):
        cv2.line(ink, start, end, 255, draw(st.integers(1, 7)))
    return ink


def extent(image: np.ndarray) -> tuple[int, int, int, int]:
    """First row, last row, first column, last column of the ink."""
    rows, columns = np.flatnonzero(image.any(axis=1)), np.flatnonzero(image.any(axis=0))
    return int(rows[0]), int(rows[-1]), int(columns[0]), int(columns[-1])


def centre_of_mass(image: np.ndarray) -> tuple[float, float]:
    rows, columns = np.indices(image.shape)
    total = image.sum(dtype=np.float64)
    return float((rows * image).sum() / total), float((columns * image).sum() / total)


@given(inks(), st.booleans())
def test_every_image_is_28_by_28_from_paper_to_ink(ink: Pixels, match_stroke: bool) -> None:
    image = normalise_ink(ink, NormaliseOptions(match_stroke))
    assert image.shape == (28, 28)
    assert image.dtype == np.float32
    assert image.min() >= 0
    assert image.max() <= 1 + 1e-6  # cv2.resize's rounding
    assert image.any()


@given(inks(), st.booleans())
def test_the_body_fits_20_by_20(ink: Pixels, match_stroke: bool) -> None:
    top, bottom, left, right = extent(normalise_ink(ink, NormaliseOptions(match_stroke)))
    assert bottom - top + 1 <= 20
    assert right - left + 1 <= 20


@given(inks())
def test_the_longer_side_is_20_and_the_aspect_kept(ink: Pixels) -> None:
    first, last, left, right = extent(ink)
    tall, wide = last - first + 1, right - left + 1
    height, width = scale_to_body(ink[first : last + 1, left : right + 1]).shape
    assert max(height, width) == 20
    assert abs(height - 20 * tall / max(tall, wide)) <= 1
    assert abs(width - 20 * wide / max(tall, wide)) <= 1


@given(inks(), st.booleans())
def test_the_centre_of_mass_is_in_the_middle_or_the_body_at_the_edge(
    ink: Pixels, match_stroke: bool
) -> None:
    image = normalise_ink(ink, NormaliseOptions(match_stroke))
    top, bottom, left, right = extent(image)
    down, across = centre_of_mass(image)
    assert abs(down - MIDDLE) <= 0.501 or top == 0 or bottom == 27
    assert abs(across - MIDDLE) <= 0.501 or left == 0 or right == 27


@given(inks(), *[st.integers(0, 30)] * 4)
def test_it_does_not_matter_where_the_ink_lies_in_the_crop(
    ink: Pixels, above: int, below: int, before: int, after: int
) -> None:
    moved = np.pad(ink, ((above, below), (before, after)))
    np.testing.assert_array_equal(normalise_ink(moved), normalise_ink(ink))


@given(inks(), st.integers(2, 4))
def test_a_larger_scan_of_the_same_ink_gives_the_same_body(ink: Pixels, factor: int) -> None:
    first, last, left, right = extent(ink)
    cropped = ink[first : last + 1, left : right + 1]
    larger = cropped.repeat(factor, axis=0).repeat(factor, axis=1)
    difference = np.abs(scale_to_body(larger) - scale_to_body(cropped))
    shrunk = max(cropped.shape) >= 20  # enlarging smooths, shrinking averages: compare like to like
    assert difference.mean() <= (0.01 if shrunk else 0.2)


@pytest.mark.parametrize("digit", "0123456789")
def test_a_digit_scanned_twice_as_fine_looks_the_same(paper: type[Paper], digit: str) -> None:
    drawn = paper(120, 120).digits(digit, 30, 30, 50, 6)
    once, twice = normalise_ink(drawn.ink), normalise_ink(drawn.enlarged(2).ink)
    shifts = [(down, across) for down in (-1, 0, 1) for across in (-1, 0, 1)]  # a tie in rounding
    assert min(np.abs(once - np.roll(twice, shift, (0, 1))).mean() for shift in shifts) < 0.01


@pytest.mark.parametrize("digit", "0123456789")
def test_shrinking_keeps_the_share_of_ink(paper: type[Paper], digit: str) -> None:
    ink = crop_to_ink(paper(300, 300).digits(digit, 80, 50, 190, 9).ink)
    body = scale_to_body(ink)
    assert body.mean() == pytest.approx((ink > 0).mean(), rel=0.01)


def test_an_upright_bar_is_20_rows_high_in_the_middle_columns() -> None:
    image = normalise_ink(bar(40, 5), PLAIN)
    top, bottom, left, right = extent(image)
    assert bottom - top == 19
    assert {left, right} <= {13, 14, 15}


def test_a_bar_heavy_at_its_foot_is_moved_up() -> None:
    ink = bar(40, 20)
    ink[:30, 4:] = 0
    top, bottom, _, _ = extent(normalise_ink(ink, PLAIN))
    assert (top, bottom) == (0, 19) or top < 28 - 1 - bottom


def test_a_hairline_is_thickened_and_a_marker_thinned(paper: type[Paper]) -> None:
    least, most = MNIST_STROKE_RANGE
    hair = scale_to_body(paper(200, 200).digits("3", 50, 50, 90, 2).ink[40:150, 40:110])
    marker = scale_to_body(paper(200, 200).digits("7", 50, 50, 90, 36).ink[20:170, 20:140])
    assert stroke_width(hair) < least
    assert stroke_width(marker) > most
    assert stroke_width(match_stroke_width(hair)) > stroke_width(hair) * 1.1
    assert stroke_width(match_stroke_width(marker)) < stroke_width(marker)


def test_a_usual_stroke_is_left_as_it_is(paper: type[Paper]) -> None:
    body = scale_to_body(paper(200, 200).digits("3", 50, 50, 90, 11).ink[40:150, 40:120])
    assert MNIST_STROKE_RANGE[0] < stroke_width(body) < MNIST_STROKE_RANGE[1]
    assert match_stroke_width(body) is body


@pytest.mark.parametrize("width", [2, 3, 5])
def test_the_stroke_width_of_a_long_bar_is_its_width(width: int) -> None:
    assert stroke_width(np.ones((200, width), np.float32)) == pytest.approx(width, rel=0.05)


def test_paper_without_ink_cannot_be_normalised() -> None:
    with pytest.raises(ValueError, match="no ink"):
        normalise_ink(np.zeros((10, 10), np.uint8))


@pytest.mark.parametrize("shape", [(1, 1), (1, 300), (300, 1), (2000, 3)])
def test_the_thinnest_ink_survives(shape: tuple[int, int]) -> None:
    assert normalise_ink(bar(*shape)).max() > 0.1


def test_glyphs_come_out_in_their_order(paper: type[Paper]) -> None:
    inks = [paper(90, 90).digits(text, 20, 20).ink for text in "17"]
    images = normalise([Glyph(ink, Box(0, 0, 90, 90)) for ink in inks])
    assert images.shape == (2, 28, 28)
    np.testing.assert_array_equal(images[0], normalise_ink(inks[0]))
    np.testing.assert_array_equal(images[1], normalise_ink(inks[1]))


def test_no_glyphs_are_no_images() -> None:
    assert normalise([]).shape == (0, 28, 28)


def test_mnists_own_digits_come_out_as_they_are(real_data: Path) -> None:
    from digitize.train.idx import read_idx

    digits = read_idx(real_data / "mnist" / "train-images-idx3-ubyte.gz")[:2000]
    same = [np.abs(normalise_ink(digit) - digit / 255.0).mean() <= 1e-3 for digit in digits]
    assert np.mean(same) >= 0.85
