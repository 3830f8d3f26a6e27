"""A pale 0 alone may be the rim of a stain."""

from __future__ import annotations

import pytest

from digitize.group.stained import doubt_rims
from digitize.records import Box, Digit, Number, Status

DARK, PALE = 0.8, 0.4


def number(text: str, contrast: float) -> Number:
    digits = tuple(
        Digit(int(each), 0.99, Status.OK, Box(30 * at, 0, 20, 40), contrast=contrast)
        for at, each in enumerate(text)
    )
    return Number(text, 0.99, Status.OK, 1, Box(0, 0, 30 * len(text), 40), digits)


PEN = [number("12", DARK), number("345", DARK)]


def test_a_0_far_paler_than_the_pages_digits_is_for_review() -> None:
    *others, rim = doubt_rims([*PEN, number("0", PALE)])
    assert rim.status is Status.REVIEW
    assert others == PEN


@pytest.mark.parametrize(("text", "contrast"), [("0", DARK), ("7", PALE), ("10", PALE)])
def test_dark_zeros_and_other_pale_numbers_are_believed(text: str, contrast: float) -> None:
    numbers = [*PEN, number(text, contrast)]
    assert doubt_rims(numbers) == numbers


def test_on_a_page_of_pencil_a_0_is_as_dark_as_the_others() -> None:
    numbers = [number("12345", PALE), number("0", PALE)]
    assert doubt_rims(numbers) == numbers


def test_few_digits_do_not_say_how_dark_the_pen_is() -> None:
    numbers = [number("12", DARK), number("0", PALE)]
    assert doubt_rims(numbers) == numbers
