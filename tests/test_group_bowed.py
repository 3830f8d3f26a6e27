"""Brackets that were read as 1s bow outwards; 1s, however slanted, do not."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from digitize.geometry import union
from digitize.group.bowed import has_bracket
from digitize.records import Box, Digit, Number, Pixels, Status

TOP, HEIGHT = 50, 40


def stroke(ink: Pixels, x: int, bow: float, lean: int = 0, higher: float = 1.2) -> Box:
    """Draw a stroke whose middle lies `bow` of its height right of its ends; return its box."""
    tall = round(higher * HEIGHT)
    rows = np.arange(tall)
    columns = x + lean * (1 - rows / tall) + bow * tall * np.sin(np.pi * rows / (tall - 1))
    top = TOP + HEIGHT // 2 - tall // 2
    points = np.stack([columns, top + rows], axis=1).round().astype(np.int32)
    alone = np.zeros_like(ink)
    cv2.polylines(alone, [points], False, 255, 3)
    ink |= alone
    return Box(*map(float, cv2.boundingRect(alone)))


def number_of(*digits: tuple[int, Box]) -> Number:
    read = tuple(Digit(value, 0.99, Status.OK, box) for value, box in digits)
    text = "".join(str(value) for value, _ in digits)
    return Number(text, 0.99, Status.OK, 1, union(box for _, box in digits), read)


def is_doubted(
    first: float | None = None, last: float | None = None, lean: int = 0, higher: float = 1.2
) -> bool:
    """Tell whether a 6 is doubted between strokes that bow so far to the right."""
    ink = np.zeros((150, 200), np.uint8)
    six = Box(90, TOP, 24, HEIGHT)
    cv2.ellipse(ink, (102, TOP + 20), (11, 19), 0, 0, 360, 255, 3)
    digits = [(6, six)]
    if first is not None:
        digits.insert(0, (1, stroke(ink, 70, first, lean, higher)))
    if last is not None:
        digits.append((1, stroke(ink, 130, last, lean, higher)))
    return has_bracket(number_of(*digits), ink)


@pytest.mark.parametrize("lean", [0, 6, 12])
def test_a_number_in_brackets_is_for_review(lean: int) -> None:
    assert is_doubted(first=-0.15, last=0.15, lean=lean)
    assert is_doubted(last=0.15, lean=lean)
    assert is_doubted(first=-0.15, lean=lean)


@pytest.mark.parametrize("lean", [0, 6, 12, 20])
def test_straight_strokes_are_1s(lean: int) -> None:
    assert not is_doubted(first=0.0, last=0.0, lean=lean)


def test_strokes_that_bow_inwards_are_no_brackets() -> None:
    assert not is_doubted(first=0.15, last=-0.15)


def test_a_stroke_no_higher_than_the_digit_beside_it_is_none() -> None:
    assert not is_doubted(last=0.15, higher=0.9)


def test_a_1_alone_has_nothing_to_bracket() -> None:
    ink = np.zeros((150, 200), np.uint8)
    alone = number_of((1, stroke(ink, 70, 0.15)))
    assert not has_bracket(alone, ink)
