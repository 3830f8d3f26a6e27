from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

SAMPLE_DOCS = Path(__file__).resolve().parents[2] / "sample_docs"
TRUTHS = sorted((SAMPLE_DOCS / "truth").glob("*.json"))
LARGEST_TOTAL_BYTES = 3_000_000


@pytest.fixture(params=TRUTHS, ids=lambda path: path.stem)
def truth(request):
    return json.loads(request.param.read_text(encoding="utf-8"))


def within(box, outer, slack=0.0):
    x, y, width, height = box
    left, top, outer_width, outer_height = outer
    return (
        width > 0
        and height > 0
        and x >= left - slack
        and y >= top - slack
        and x + width <= left + outer_width + slack
        and y + height <= top + outer_height + slack
    )


def test_every_page_of_every_document_has_its_truth(documents):
    told = {}
    for path in TRUTHS:
        page = json.loads(path.read_text(encoding="utf-8"))
        assert path.stem == f"{Path(page['image']).stem}-p{page['page']}"
        told.setdefault(page["image"], []).append(page["page"])
    pages = {name: list(range(1, len(scans) + 1)) for name, scans in documents.items()}
    assert told == pages


def test_boxes_lie_inside_the_page_and_digits_inside_their_number(truth, documents):
    height, width = documents[truth["image"]][truth["page"] - 1].shape
    for number in truth["numbers"]:
        assert within(number["box"], (0, 0, width, height))
        assert all(within(digit["box"], number["box"], 0.2) for digit in number["digits"])


def test_the_digits_of_a_number_spell_its_text_from_left_to_right(truth):
    for number in truth["numbers"]:
        assert "".join(str(digit["digit"]) for digit in number["digits"]) == number["text"]
        boxes = [digit["box"] for digit in number["digits"]]
        for left, right in pairwise(boxes):
            assert left[0] + left[2] < right[0]


def test_no_two_numbers_overlap(truth):
    boxes = [number["box"] for number in truth["numbers"]]
    for i, (x, y, width, height) in enumerate(boxes):
        for other_x, other_y, other_width, other_height in boxes[:i]:
            apart_across = x >= other_x + other_width or other_x >= x + width
            apart_down = y >= other_y + other_height or other_y >= y + height
            assert apart_across or apart_down


def test_each_digit_box_holds_ink_that_reaches_all_its_sides(truth, documents):
    page = documents[truth["image"]][truth["page"] - 1].astype(float)
    for number in truth["numbers"]:
        for digit in number["digits"]:
            x, y, width, height = digit["box"]
            crop = page[round(y) : round(y + height), round(x) : round(x + width)]
            paper, darkest = np.percentile(page[round(y) - 4 : round(y + height) + 4,
                round(x) - 12 : round(x + width) + 12], [95, 0])  # fmt: skip
            assert paper - darkest > 60
            inked = crop < (paper + darkest) / 2
            assert 0.04 < inked.mean() < 0.85
            rows, columns = np.nonzero(inked)
            edges = [columns.min(), rows.min(), crop.shape[1] - 1 - columns.max(),
                     crop.shape[0] - 1 - rows.max()]  # fmt: skip
            assert max(edges) <= 5, (number["text"], digit)


def test_there_are_enough_numbers_of_every_digit_in_small_files(sample_docs):
    numbers = [n for path in TRUTHS for n in json.loads(path.read_text("utf-8"))["numbers"]]
    assert len(numbers) >= 250
    text = "".join(number["text"] for number in numbers)
    assert min(text.count(str(digit)) for digit in range(10)) >= 40
    files = [path for path in sample_docs.rglob("*") if path.is_file() and path.suffix != ".pyc"]
    assert sum(path.stat().st_size for path in files) <= LARGEST_TOTAL_BYTES


def test_each_font_stands_with_its_licence(sample_docs):
    fonts = sorted((sample_docs / "fonts").glob("*.ttf"))
    assert fonts
    for font in fonts:
        licence = font.with_name(f"{font.stem}-OFL.txt").read_text(encoding="utf-8")
        assert "SIL OPEN FONT LICENSE Version 1.1" in licence
