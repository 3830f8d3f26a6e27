"""Text on the ink of pages that lie on a side, stand on their head or lean."""

from __future__ import annotations

from math import atan2, degrees
from pathlib import Path

import numpy as np
import pypdfium2
import pytest
from awkward_pdfs import sideways
from export_pages import (
    HEIGHT,
    NUMBERS,
    WIDTH,
    assert_on_ink,
    climbing,
    document,
    drawn,
    number,
    page,
    rendered,
    words,
)
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from digitize.export import WRITERS, ExportOptions
from digitize.export.pdf.upright import turned_box, upright_result
from digitize.geometry import intersection_over_union
from digitize.records import Box, Number, PageResult

TEXTS = [one.text for one in NUMBERS]


def searchable(out: Path, result: PageResult, picture: Image.Image, **options: object) -> Path:
    out.mkdir(exist_ok=True)
    picture.save(out / "in.png", dpi=(100, 100))
    with WRITERS["pdf"](out, ["in.png"], ExportOptions(**options)) as pdfs:
        pdfs.add(document("in.png", out / "in.png", result))
    return out / "in.pdf"


def turned_scan(out: Path, turn: int, **options: object) -> Path:
    """The usual page, lying so that it has to be turned by `turn` right angles."""
    return searchable(
        out, sideways(page(), turn), drawn().rotate(90 * turn, expand=True), **options
    )


def angle_of(pdf: Path, text: str) -> float:
    """At which angle the characters of a number follow each other, in degrees anticlockwise."""
    with pypdfium2.PdfDocument(pdf) as opened:
        textpage = opened[0].get_textpage()
        at = textpage.get_text_range().index(text)
        boxes = [textpage.get_charbox(at + place) for place in (0, len(text) - 1)]
    (x, y), (to_x, to_y) = (((b[0] + b[2]) / 2, (b[1] + b[3]) / 2) for b in boxes)
    return degrees(atan2(to_y - y, to_x - x))


@pytest.mark.parametrize("turn", [0, 1, 2, 3])
def test_text_runs_along_the_writing_of_a_turned_page(tmp_path: Path, turn: int) -> None:
    pdf = turned_scan(tmp_path, turn)
    expected = (90 * turn + 180) % 360 - 180
    found = angle_of(pdf, "90817263")
    assert abs((found - expected + 180) % 360 - 180) < 1


@pytest.mark.parametrize("turn", [1, 2, 3])
def test_a_turned_page_has_each_number_on_its_ink_and_in_order(tmp_path: Path, turn: int) -> None:
    pdf = turned_scan(tmp_path, turn)
    assert_on_ink(pdf, sideways(page(), turn))
    assert words(pdf, "-raw") == TEXTS
    with pypdfium2.PdfDocument(pdf) as opened:
        found = opened[0].get_textpage().get_text_range().split()
    # pdfium takes what stands in a line from left to right, also where it stands on its head
    assert (sorted(found) == sorted(TEXTS)) if turn == 2 else (found == TEXTS)


@pytest.mark.parametrize("turn", [1, 2, 3])
def test_marks_of_a_turned_page_are_those_of_the_upright_one_turned(
    tmp_path: Path, turn: int
) -> None:
    lying = rendered(turned_scan(tmp_path / "lying", turn), 200).astype(int)
    upright = rendered(turned_scan(tmp_path / "upright", 0), 200).astype(int)
    same = np.abs(np.rot90(lying, -turn) - upright).max(axis=2) < 100
    assert same.mean() > 0.995  # lines fall on pixels a little differently


def leaning(out: Path, numbers: tuple[Number, ...], skew: float) -> tuple[Path, tuple[Number, ...]]:
    """A page whose writing climbs, its numbers climbing with it."""
    there = tuple(climbing(one, skew) for one in numbers)
    blank = Image.new("RGB", (WIDTH, 600), "white")
    return searchable(out, page(there, skew=skew), blank), there


@pytest.mark.parametrize("mode", [(), ("-layout",), ("-raw",)])
@pytest.mark.parametrize("skew", [-40.0, -15.0, -0.6, 3.45, 5.4, 12.0])
def test_poppler_breaks_no_number_of_a_leaning_page(
    tmp_path: Path, skew: float, mode: tuple[str, ...]
) -> None:
    """Neither short nor long ones, whichever way pdftotext looks for lines."""
    rows = [number(text, x, 150 + 50 * row, height=20) for row, (text, x) in enumerate(COLUMNS)]
    beside = [number("6051", 270, 150 + 50 * row, height=20) for row in range(len(rows))]
    pdf, numbers = leaning(tmp_path, (*rows, *beside), skew)
    assert sorted(words(pdf, *mode)) == sorted(one.text for one in numbers)


COLUMNS = [("90", 60), ("770", 60), ("4086", 80), ("25.5", 90), ("90817263", 40)]


@pytest.mark.parametrize("skew", [-40.0, -20.0, -12.0, 7.0, 15.0, 30.0])
def test_text_of_a_leaning_page_lies_on_its_ink(tmp_path: Path, skew: float) -> None:
    middle = (number("17", 120, 200), number("250.5", 220, 210), number("90817263", 100, 330))
    pdf, numbers = leaning(tmp_path, middle, skew)
    assert_on_ink(pdf, page(numbers))


@pytest.mark.parametrize("skew", [0.0, -0.6])
@pytest.mark.parametrize("turn", [0, 1, 2, 3])
def test_numbers_at_the_very_edge_of_a_page_are_found(
    tmp_path: Path, turn: int, skew: float
) -> None:
    right = number("8448", 0, 300)
    right = number("8448", WIDTH - right.box.width, 300)
    edges = (number("17", 150, 0), number("5282", 0, 150), right, number("906", 150, HEIGHT - 30))
    lying = sideways(page(edges, skew=skew), turn)
    pdf = searchable(tmp_path, lying, Image.new("L", _size(turn), 255))
    assert_on_ink(pdf, lying, at_least=0.8)


@pytest.mark.parametrize("turn", [0, 1, 2, 3])
def test_a_column_is_copied_in_order(tmp_path: Path, turn: int) -> None:
    """What a viewer takes from a rectangle around one column of a table of three."""
    columns = [["61", "62", "63", "64"], ["207", "5", "1034", "88"], ["9.5", "7", "10", "4.25"]]
    table = page(
        tuple(
            number(columns[column][row], 40 + 120 * column, 60 + 80 * row, line=row + 1)
            for row in range(4)
            for column in range(3)
        )
    )
    pdf = searchable(tmp_path, sideways(table, turn), Image.new("L", _size(turn), 255))
    for place, column in enumerate(columns):
        around = turned_box(Box(30 + 120 * place, 40, 115, 500), WIDTH, 600, -turn % 4)
        assert selected(pdf, around) == column
    assert words(pdf, "-raw") == [text for row in zip(*columns, strict=True) for text in row]


def _size(turn: int) -> tuple[int, int]:
    return (600, WIDTH) if turn % 2 else (WIDTH, 600)


def selected(pdf: Path, box: Box) -> list[str]:
    """The words that pdfium finds in a box of pixels at 100 dpi."""
    with pypdfium2.PdfDocument(pdf) as opened:
        height = opened[0].get_height()
        left, right = box.x * 0.72, box.right * 0.72
        bottom, top = height - box.bottom * 0.72, height - box.y * 0.72
        return opened[0].get_textpage().get_text_bounded(left, bottom, right, top).split()


@pytest.mark.parametrize("turn", [0, 1, 2, 3])
def test_a_search_in_a_viewer_highlights_the_ink(tmp_path: Path, turn: int) -> None:
    pdf = turned_scan(tmp_path, turn)
    result = sideways(page(), turn)
    with pypdfium2.PdfDocument(pdf) as opened:
        textpage, height = opened[0].get_textpage(), opened[0].get_height()
        for one in result.numbers:
            if one.text in ("17", "4"):
                continue  # they stand in others, too
            index, count = textpage.search(one.text).get_next()
            boxes = [textpage.get_charbox(at) for at in range(index, index + count)]
            left, bottom = min(b[0] for b in boxes), min(b[1] for b in boxes)
            right, top = max(b[2] for b in boxes), max(b[3] for b in boxes)
            scale = 1 / 0.72
            lit = Box(
                left * scale, (height - top) * scale, (right - left) * scale, (top - bottom) * scale
            )
            assert intersection_over_union(lit, one.box) >= 0.6, one.text


SIDES = st.integers(1, 5000)


@pytest.mark.parametrize("turn", [1, 2, 3])
@given(SIDES, SIDES, st.floats(0, 1), st.floats(0, 1), st.floats(0.01, 1), st.floats(0.01, 1))
def test_a_box_turned_four_times_is_where_it_was(
    turn: int, width: int, height: int, x: float, y: float, wide: float, high: float
) -> None:
    box = Box(x * width, y * height, wide * width, high * height)
    there = turned_box(box, width, height, turn)
    size = (height, width) if turn % 2 else (width, height)
    back = turned_box(there, *size, 4 - turn)
    assert (back.x, back.y) == pytest.approx((box.x, box.y), abs=1e-6)
    assert (back.width, back.height) == (box.width, box.height)


@pytest.mark.parametrize("turn", [0, 1, 2, 3])
def test_an_upright_result_has_its_numbers_as_they_are_read(turn: int) -> None:
    upright = upright_result(sideways(page(), turn))
    assert (upright.width, upright.height, upright.turn) == (WIDTH, 600, 0)
    for one, expected in zip(upright.numbers, NUMBERS, strict=True):
        assert intersection_over_union(one.box, expected.box) == pytest.approx(1)
