"""Digits are dealt once each before any comes again, and only digits that leave ink."""

from __future__ import annotations

import numpy as np
import pytest

from digitize.errors import UsageError
from digitize.train.compose import DigitSupply
from digitize.train.datasets import DigitSet


def marked_digits(count: int) -> DigitSet:
    """Return digits whose first pixel tells them apart."""
    images = np.full((count, 28, 28), 255, dtype=np.uint8)
    images[:, 0, 0] = np.arange(count)
    return DigitSet(images, (np.arange(count) % 10).astype(np.uint8))


def test_every_digit_is_dealt_once_before_any_is_dealt_again() -> None:
    supply = DigitSupply(marked_digits(13), np.random.default_rng(0))
    for _ in range(3):
        images, _ = supply.draw(13)
        assert sorted(int(image[0, 0]) for image in images) == list(range(13))


def test_the_text_says_what_the_images_show() -> None:
    images, text = DigitSupply(marked_digits(20), np.random.default_rng(1)).draw(8)
    assert text == "".join(str(int(image[0, 0]) % 10) for image in images)


def test_what_is_no_digit_or_leaves_no_ink_is_never_dealt() -> None:
    digits = marked_digits(4)
    digits.labels[1] = 10
    digits.images[2] = 0
    images, _ = DigitSupply(digits, np.random.default_rng(0)).draw(10)
    assert {int(image[0, 0]) for image in images} == {0, 3}


def test_a_set_without_digits_is_refused_with_a_remedy() -> None:
    with pytest.raises(UsageError, match="held back from training"):
        DigitSupply(
            DigitSet(np.zeros((0, 28, 28), np.uint8), np.zeros(0, np.uint8)),
            np.random.default_rng(0),
        )
