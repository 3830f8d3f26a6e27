"""A long tail hides no digit: it is read by what it hangs from, and a person looks at it."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from digitize.classify import CLASSES, AlwaysDigit
from digitize.normalise import FIELD
from digitize.options import PageOptions
from digitize.records import Box, Floats, Glyph, Reading
from digitize.tails import head_of, read_heads

HEIGHT = 40.0
USUAL = PageOptions()
ONE = Reading(1, 0.99, ())


class BySize:
    """A classifier that takes a wide loop for one digit, and what has none for a 1."""

    def __init__(self, head: int, sure: float = 0.95) -> None:
        self.head, self.sure = head, sure

    def scores(self, images: Floats) -> Floats:
        likely = np.full((len(images), CLASSES), (1 - self.sure) / (CLASSES - 1), np.float32)
        for row, image in zip(likely, images, strict=True):
            wide = np.ptp(np.flatnonzero(image.reshape(FIELD, FIELD).max(axis=0) > 0.3))
            row[self.head if wide > FIELD / 4 else 1] = self.sure
        return likely


def nine(tail: float) -> Glyph:
    """A loop on a stem that ends so many digit heights below its top."""
    ink = np.zeros((round(tail * HEIGHT), 24), dtype=np.uint8)
    cv2.ellipse(ink, (12, 10), (10, 8), 0, 0, 360, 255, 3)
    cv2.line(ink, (21, 10), (18, ink.shape[0] - 1), 255, 3)
    return Glyph(ink, Box(100, 50, 24, ink.shape[0]))


def read(glyph: Glyph, reading: Reading | None, classifier: BySize) -> tuple[Glyph, Reading | None]:
    (read_glyph,), (heard,) = read_heads([glyph], [reading], HEIGHT, classifier, USUAL)
    return read_glyph, heard


@pytest.mark.parametrize("digit", [4, 7, 9])
@pytest.mark.parametrize("reading", [ONE, None, Reading(7, 0.6, ())])
def test_a_long_stroke_is_read_by_its_head_and_counts_as_cut(
    digit: int, reading: Reading | None
) -> None:
    glyph, heard = read(nine(2.5), reading, BySize(digit))
    assert heard is not None
    assert heard.digit == digit
    assert glyph.cut
    assert glyph.box == nine(2.5).box  # the tail is the digit's all the same


def test_a_long_one_stays_a_one() -> None:
    stroke = Glyph(np.full((100, 5), 255, np.uint8), Box(0, 0, 5, 100))
    (glyph,), readings = read_heads([stroke], [ONE], HEIGHT, AlwaysDigit(1), USUAL)
    assert glyph is stroke
    assert readings == [ONE]


@pytest.mark.parametrize("head", [0, 6, 8])
def test_a_head_that_is_of_no_digit_with_a_tail_says_nothing(head: int) -> None:
    glyph, heard = read(nine(2.5), ONE, BySize(head))
    assert (glyph.cut, heard) == (False, ONE)


def test_an_uncertain_head_says_nothing() -> None:
    assert read(nine(2.5), ONE, BySize(9, sure=0.7))[1] == ONE


def test_usual_digits_and_clear_readings_are_left_alone() -> None:
    assert read(nine(1.2), ONE, BySize(9))[1] == ONE
    clear = Reading(4, 0.99, ())
    assert read(nine(2.5), clear, BySize(9))[1] == clear


def test_a_head_is_cropped_to_its_ink() -> None:
    ink = np.zeros((90, 30), dtype=np.uint8)
    ink[:40, 12:20] = 255
    ink[40:, 2:6] = 255
    head = head_of(Glyph(ink, Box(5, 7, 30, 90)), 40)
    assert head.box == Box(17, 7, 8, 40)
    assert head.ink.all()
