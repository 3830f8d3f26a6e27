"""Pictures of one glyph, as cameras, scanners and programs leave them, to MNIST's form."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from drawn_digits import STROKES, drawn_digit
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from PIL import Image

from digitize.errors import UnreadableInput
from digitize.train.datasets.form import which_are_in_form
from digitize.train.datasets.glyph_picture import (
    find_ink,
    glyph_image,
    has_light_border,
    read_glyph_picture,
    without_specks,
)


def written(digit: int, size: int = 200, ink: int = 30, paper: int = 230) -> np.ndarray:
    """Draw a digit off the middle of a grey picture, (size, size)."""
    picture = np.full((size, size), paper, dtype=np.uint8)
    for stroke in STROKES[digit]:
        points = np.array([(0.6 * x + 0.1, 0.6 * y + 0.2) for x, y in stroke]) * size
        line = [np.rint(points).astype(np.int32)]
        cv2.polylines(picture, line, False, ink, max(1, size // 15), cv2.LINE_AA)
    return picture


def likeness(first: np.ndarray, second: np.ndarray) -> float:
    """Return the correlation of two images."""
    return float(np.corrcoef(first.ravel(), second.ravel())[0, 1])


@pytest.mark.parametrize("digit", range(10))
def test_a_written_digit_becomes_what_mnist_would_have(digit):
    image = glyph_image(written(digit))
    assert image is not None
    assert image.dtype == np.uint8
    assert which_are_in_form(image[None])[0]
    assert likeness(image, drawn_digit(digit, slant=0)) > 0.7


@pytest.mark.parametrize("digit", range(10))
def test_light_ink_on_dark_paper_is_the_same_digit(digit):
    dark, light = glyph_image(written(digit)), glyph_image(255 - written(digit))
    assert np.array_equal(dark, light)


def test_the_size_of_the_picture_does_not_matter():
    small, large = glyph_image(written(5, 100)), glyph_image(written(5, 600))
    assert likeness(small, large) > 0.9


def test_pale_ink_is_brought_to_full_contrast():
    image = glyph_image(written(3, ink=170, paper=220))
    assert image is not None
    assert image.max() > 240


def test_paper_grain_and_shade_are_not_ink():
    grain = np.random.default_rng(3).normal(0, 8, (200, 200))
    shade = np.linspace(0, 40, 200)[None, :]
    worn = np.clip(written(7) + grain - shade, 0, 255).astype(np.uint8)
    assert likeness(glyph_image(worn), glyph_image(written(7))) > 0.95


def test_specks_do_not_widen_a_digit():
    dirty = written(4)
    dirty[3:6, 190:193] = 20
    assert np.array_equal(glyph_image(dirty), glyph_image(written(4)))


def test_a_digit_in_two_pieces_keeps_both():
    pieces = np.zeros((40, 40), dtype=np.uint8)
    pieces[5:30, 5:10] = 1
    pieces[2:5, 15:25] = 1
    assert np.array_equal(without_specks(pieces), pieces)


def test_an_image_in_mnists_form_stays_as_it_is():
    digit = drawn_digit(8)
    assert np.array_equal(glyph_image(digit), digit)


def test_an_image_in_mnists_form_is_only_turned_to_light_ink():
    digit = drawn_digit(8)
    assert np.array_equal(glyph_image(255 - digit), digit)


def test_an_image_of_mnists_size_in_another_form_is_brought_to_it():
    digit = np.roll(drawn_digit(8), 3, axis=1)
    image = glyph_image(digit)
    assert image is not None
    assert which_are_in_form(image[None])[0]


@pytest.mark.parametrize("level", [0, 128, 255])
def test_an_even_picture_is_blank(level):
    assert glyph_image(np.full((50, 40), level, dtype=np.uint8)) is None


def test_faint_grain_is_blank():
    grain = np.random.default_rng(3).integers(220, 250, (80, 80)).astype(np.uint8)
    assert glyph_image(grain) is None


@given(arrays.arrays(np.uint8, st.tuples(st.integers(1, 40), st.integers(1, 40))))
def test_any_picture_is_a_glyph_or_blank(grey):
    image = glyph_image(grey)
    assert image is None or (image.shape == (28, 28) and image.max() > 0)


def test_the_border_tells_paper_from_ink():
    assert has_light_border(written(2))
    assert not has_light_border(255 - written(2))


def test_ink_of_usual_strength_is_full_and_paper_is_nothing():
    ink = find_ink(255 - written(1))
    assert ink[0, 0] == 0
    assert ink.max() == 255


@pytest.mark.parametrize("suffix", ["png", "bmp", "tif", "jpg"])
def test_pictures_of_all_usual_kinds_are_read(tmp_path, suffix):
    path = tmp_path / f"six.{suffix}"
    Image.fromarray(written(6)).save(path)
    assert likeness(read_glyph_picture(path), glyph_image(written(6))) > 0.99


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "P", "1", "I;16"])
def test_pictures_of_all_usual_depths_are_read(tmp_path, mode):
    path = tmp_path / "six.png"
    grey = written(6)
    if mode == "I;16":
        Image.fromarray(grey.astype(np.uint16) * 257).save(path)
    else:
        Image.fromarray(grey).convert(mode).save(path)
    assert likeness(read_glyph_picture(path), glyph_image(grey)) > 0.95


def test_a_png_of_an_mnist_digit_is_read_as_it_is(tmp_path):
    Image.fromarray(drawn_digit(2)).save(tmp_path / "two.png")
    assert np.array_equal(read_glyph_picture(tmp_path / "two.png"), drawn_digit(2))


def test_a_blank_picture_is_named(tmp_path):
    path = tmp_path / "nothing.png"
    Image.new("L", (40, 40), 255).save(path)
    with pytest.raises(UnreadableInput, match=r"nothing\.png: the picture is blank"):
        read_glyph_picture(path)


def test_a_damaged_picture_is_named(tmp_path):
    path = tmp_path / "cut.png"
    Image.fromarray(written(6)).save(path)
    path.write_bytes(path.read_bytes()[:400])
    with pytest.raises(UnreadableInput, match=r"cut\.png: .*(ends early|damaged).* Save it again"):
        read_glyph_picture(path)


def test_a_picture_that_is_none_is_named(tmp_path):
    path = tmp_path / "words.png"
    path.write_text("not a picture")
    with pytest.raises(UnreadableInput, match=r"words\.png: it is no picture"):
        read_glyph_picture(path)


def test_a_picture_that_is_not_there_is_named(tmp_path):
    with pytest.raises(UnreadableInput, match=r"gone\.png: it cannot be opened"):
        read_glyph_picture(tmp_path / "gone.png")
