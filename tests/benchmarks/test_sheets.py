"""Drawn sheets: the same every time, and their truth lies on the ink."""

from __future__ import annotations

import json
from pathlib import Path

import matplotlib
import numpy as np
import pytest
import sheets
from drawn_sheets.truth import box_around
from PIL import Image

from digitize.train.clutter import FontFace
from digitize.train.datasets import DigitSet

FONTS = Path(matplotlib.get_data_path()) / "fonts" / "ttf"
PRINT = FontFace("DejaVu Sans", FONTS / "DejaVuSans.ttf")
HAND = FontFace("STIXGeneral", FONTS / "STIXGeneralItalic.ttf")  # stands for a hand's letters
SIDES = (700.0, 701.0)  # pixels: small, and yet digits can be seen
KINDS = list(sheets.KINDS)
TURNED = KINDS.index("notebook") + len(KINDS)


@pytest.fixture(scope="module")
def supply():
    """Digits that are upright bars, each wider than the last, and two fonts."""
    images = np.zeros((10, 28, 28), dtype=np.uint8)
    for digit, image in enumerate(images):
        image[4:24, 8 : 10 + digit] = 255
    return sheets.Supply(DigitSet(images, np.arange(10, dtype=np.uint8)), [PRINT], [HAND])


@pytest.fixture(scope="module")
def drawn(supply, tmp_path_factory):
    """A sheet of each kind, and one that was turned: its truth and its pixels."""
    folder = tmp_path_factory.mktemp("sheets")
    return [read(folder, number, supply) for number in (*range(len(KINDS)), TURNED)]


def read(folder, number, supply):
    truth = json.loads(sheets.write_sheet(folder, number, supply, 3, SIDES).read_text())
    return truth, np.asarray(Image.open(folder / truth["image"]).convert("L")).astype(int)


def test_the_same_seed_draws_the_same_bytes(supply, tmp_path):
    written = []
    for folder in (tmp_path / "one", tmp_path / "other"):
        folder.mkdir()
        for number in (KINDS.index("pad"), TURNED):
            sheets.write_sheet(folder, number, supply, 3, SIDES)
        written.append({file.name: file.read_bytes() for file in folder.iterdir()})
    assert written[0] == written[1]
    assert len(written[0]) == 4


def test_every_box_has_ink_within_and_paper_around(drawn):
    for truth, pixels in drawn:
        for x, y, width, height in (d["box"] for n in truth["numbers"] for d in n["digits"]):
            top, left, bottom, right = int(y), int(x), int(y + height) + 1, int(x + width) + 1
            around = pixels[max(top - 8, 0) : bottom + 8, max(left - 8, 0) : right + 8]
            assert pixels[top:bottom, left:right].min() < np.percentile(around, 90) - 15


def test_digits_spell_their_number(drawn):
    for truth, _ in drawn:
        for number in truth["numbers"]:
            spelt = "".join(str(digit["digit"]) for digit in number["digits"])
            assert number["text"].replace(".", "") == spelt


def test_only_sheets_without_a_number_have_an_empty_truth(drawn):
    assert {truth["kind"] for truth, _ in drawn if not truth["numbers"]} == {"empty"}
    assert {truth["kind"] for truth, _ in drawn} == set(KINDS)


def test_an_empty_truth_is_not_that_of_a_blank_sheet(drawn):
    assert np.ptp(drawn[KINDS.index("empty")][1]) > 50


def test_a_box_covers_the_pixels_at_its_edges():
    assert box_around(np.array([[3.0, 5.0], [9.0, 5.0], [4.0, 20.0]])) == [3.0, 5.0, 7.0, 16.0]
