"""A bare stroke is a 1 where a row of evenly spread digits lacks one, and nowhere else."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from digitize.classify import CLASSES
from digitize.due_strokes import read_due_strokes
from digitize.group.doubt import doubt_holding
from digitize.options import PageOptions
from digitize.recognise import recognise
from digitize.records import Box, Digit, Floats, Glyph, Layers, Number, Reading, Status

HEIGHT = 40
SURE = Reading(5, 0.99, ())


def glyph(middle: float, width: int = 24, height: int = HEIGHT, y: int = 100) -> Glyph:
    ink = np.full((height, width), 255, dtype=np.uint8)
    return Glyph(ink, Box(round(middle - width / 2), y, width, height))


def stroke(middle: float = 3, width: int = 6, height: int = HEIGHT, y: int = 100) -> Glyph:
    return glyph(middle * 1.4 * HEIGHT, width, height, y)


def row(*places: float, pitch: float = 1.4) -> list[Glyph]:
    return [glyph(place * pitch * HEIGHT) for place in places]


def heard(refused: Glyph, digits: list[Glyph]) -> Reading | None:
    """What the one refused glyph among digits is read as, all digits left as they were."""
    *others, said = read_due_strokes([*digits, refused], [*[SURE] * len(digits), None])
    assert others == [SURE] * len(digits)
    return said


def test_a_stroke_in_the_gap_of_an_even_row_is_a_one_to_be_looked_at() -> None:
    said = heard(stroke(), row(1, 2, 4, 5, 6))
    assert said is not None
    assert said.digit == 1
    assert said.confidence <= 0.5


def test_the_number_that_it_stands_in_is_for_review_whoever_reads_it_too() -> None:
    supplied = Box(144, 100, 6, HEIGHT)
    ones = [Digit(1, 0.99, Status.OK, box) for box in (supplied, replace(supplied, x=300))]
    with_it, without = (Number("1", 0.99, Status.OK, 1, one.box, (one,)) for one in ones)
    found, other = doubt_holding([with_it, without], [supplied])
    assert found.doubted
    assert other == without


@pytest.mark.parametrize(
    ("refused", "digits"),
    [
        (stroke(2.4), row(1, 2, 4, 5, 6)),  # nearer to one digit than to the other
        (stroke(), row(1, 2, 4, 5)),  # few stand evenly by chance
        (stroke(2.5), row(1, 2, 3, 4, 5)),  # no place is free
        (stroke(7), row(1, 2, 4, 5, 6)),  # beyond the end of the row
        (stroke(), row(1, 2, 4, 5.7, 6.4)),  # a row that is not even
        (stroke(width=18), row(1, 2, 4, 5, 6)),  # a slash
        (stroke(height=20), row(1, 2, 4, 5, 6)),  # a mark
        (stroke(height=60), row(1, 2, 4, 5, 6)),  # a bracket
        (stroke(y=160), row(1, 2, 4, 5, 6)),  # below the row
        (glyph(3 * 0.8 * HEIGHT, 6), row(1, 2, 4, 5, 6, pitch=0.8)),  # usual writing
    ],
)
def test_another_stroke_stays_refused(refused: Glyph, digits: list[Glyph]) -> None:
    assert heard(refused, digits) is None


def test_nothing_is_read_where_nothing_was_refused() -> None:
    assert read_due_strokes(row(1, 2), [SURE, SURE]) == [SURE, SURE]
    assert read_due_strokes([], []) == []


class NoSlimOnes:
    """A classifier that takes what is wide for a 5, and refuses all else."""

    def scores(self, images: Floats) -> Floats:
        likely = np.zeros((len(images), CLASSES), np.float32)
        for each, image in zip(likely, images, strict=True):
            wide = np.ptp(np.flatnonzero(image.max(axis=0) > 0.3)) > 8
            each[5 if wide else CLASSES - 1] = 1
        return likely


def test_a_page_gets_the_one_that_its_row_lacks() -> None:
    ink = np.zeros((240, 500), dtype=np.uint8)
    for one in [*row(1, 2, 4, 5, 6), stroke()]:
        x, y, width, height = (int(side) for side in (one.box.x, one.box.y, one.box.width, HEIGHT))
        ink[y : y + height, x : x + width] = 255
    nothing = np.zeros_like(ink)
    found = recognise(Layers(ink, nothing, nothing, HEIGHT), NoSlimOnes(), PageOptions())
    in_order = sorted(zip(found.glyphs, found.readings, strict=True), key=lambda one: one[0].box.x)
    assert [reading.digit for _, reading in in_order] == [5, 5, 1, 5, 5, 5]
    assert found.supplied() == [stroke().box]
