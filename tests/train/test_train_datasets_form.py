"""MNIST's form: told apart from other forms, and made."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from drawn_digits import drawn_digits
from hypothesis import given
from hypothesis import strategies as st

from digitize.train.datasets.form import (
    as_bytes,
    is_in_mnist_form,
    to_mnist_form,
    which_are_in_form,
)
from digitize.train.idx import read_idx

DIGITS = drawn_digits(3, np.random.default_rng(1)).images


def shifted(images: np.ndarray, pixels: int) -> np.ndarray:
    return np.roll(images, pixels, axis=2)


def enlarged(images: np.ndarray) -> np.ndarray:
    """Let the digits fill the whole field, as some data sets have them."""
    return np.stack([cv2.resize(image[4:24, 4:24], (28, 28)) for image in images])


def bar(top: int, left: int, height: int, width: int) -> np.ndarray:
    image = np.zeros((1, 28, 28), dtype=np.uint8)
    image[0, top : top + height, left : left + width] = 255
    return image


def test_normalised_digits_are_in_mnists_form():
    assert which_are_in_form(DIGITS).all()
    assert is_in_mnist_form(DIGITS)


def test_digits_off_the_middle_are_not():
    assert not which_are_in_form(shifted(DIGITS, 2)).any()
    assert not is_in_mnist_form(shifted(DIGITS, 2))


def test_digits_that_fill_their_field_are_not():
    assert not is_in_mnist_form(enlarged(DIGITS))


@given(
    top=st.integers(0, 27), left=st.integers(0, 27),
    height=st.integers(1, 28), width=st.integers(1, 28),
)  # fmt: skip
def test_a_bar_is_in_form_when_its_longer_side_is_20_and_its_middle_is_14(top, left, height, width):
    height, width = min(height, 28 - top), min(width, 28 - left)
    middles = top + (height - 1) / 2, left + (width - 1) / 2
    wanted = max(height, width) == 20 and all(13.4 <= middle <= 14.6 for middle in middles)
    assert which_are_in_form(bar(top, left, height, width))[0] == wanted


def test_a_few_odd_images_do_not_spoil_a_set():
    odd = DIGITS.copy()
    odd[:2] = shifted(odd[:2], 5)
    assert is_in_mnist_form(odd)
    odd[:6] = shifted(odd[:6], 5)
    assert not is_in_mnist_form(odd)


def test_images_without_ink_say_nothing_about_a_set():
    blank = np.zeros((40, 28, 28), dtype=np.uint8)
    assert is_in_mnist_form(blank)
    assert is_in_mnist_form(np.concatenate([DIGITS, blank]))
    assert not is_in_mnist_form(np.concatenate([blank, enlarged(DIGITS)]))


def test_no_image_at_all_is_in_order():
    assert is_in_mnist_form(np.zeros((0, 28, 28), dtype=np.uint8))


def test_what_is_brought_to_mnists_form_is_in_it():
    assert is_in_mnist_form(to_mnist_form(enlarged(DIGITS)))
    assert is_in_mnist_form(to_mnist_form(shifted(DIGITS, 3)))


def test_an_image_without_ink_stays_so():
    formed = to_mnist_form(np.zeros((1, 28, 28), dtype=np.uint8))
    assert formed.shape == (1, 28, 28)
    assert not formed.any()


def test_pale_ink_is_brought_to_full_contrast():
    assert to_mnist_form(enlarged(DIGITS) // 3).max() > 240


def test_the_frame_of_a_cell_is_left_out():
    for digits in (DIGITS, DIGITS // 3):
        framed = digits.copy()
        framed[:, :, 0] = framed[:, 0] = 255
        assert np.array_equal(to_mnist_form(framed), to_mnist_form(digits))


def test_grain_counts_as_paper():
    grain = bar(3, 12, 18, 3)
    grain[0, 27, 27] = 40
    assert np.array_equal(to_mnist_form(grain), to_mnist_form(bar(3, 12, 18, 3)))


def test_grain_alone_cannot_be_brought_to_mnists_form():
    with pytest.raises(ValueError, match="no ink"):
        as_bytes(np.full((9, 9), 50, dtype=np.uint8))


def test_mnist_is_in_mnists_form_and_bhmsds_is_not(data_folder):
    mnist = read_idx(data_folder / "mnist" / "train-images-idx3-ubyte.gz")
    assert is_in_mnist_form(mnist)
    bhmsds = read_idx(data_folder / "bhmsds" / "train-images-idx3-ubyte.gz")
    assert not is_in_mnist_form(bhmsds)
    assert is_in_mnist_form(to_mnist_form(bhmsds[::50]))
