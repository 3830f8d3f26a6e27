"""What a page's marks mean, said at its edge; and which marks there are."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pikepdf
import pytest
from export_pages import (
    HEIGHT,
    NUMBERS,
    document,
    drawn,
    number,
    page,
    rendered,
    without_marks,
    words,
)
from hypothesis import given
from hypothesis import strategies as st

from digitize.export import WRITERS, ExportOptions
from digitize.export.pdf.drawing import page_drawing
from digitize.export.pdf.font import Glyphs
from digitize.export.pdf.legend import legend_drawing, legend_place
from digitize.export.pdf.pens import DOUBTFUL, PENS, SURE, VERY_DOUBTFUL, Pen
from digitize.export.pdf.place import Area, view_of
from digitize.export.pdf.strokes import label, strokes
from digitize.records import Number, PageResult, Status

A4 = view_of((0, 0, 595, 842), 0, (1654, 2339))
NOTHING = np.empty((0, 4))


def searchable(out: Path, *numbers: Number, **options: object) -> Path:
    out.mkdir(exist_ok=True)
    drawn(numbers).save(out / "in.png", dpi=(100, 100))
    with WRITERS["pdf"](out, ["in.png"], ExportOptions(**options)) as pdfs:
        pdfs.add(document("in.png", out / "in.png", page(numbers)))
    return out / "in.pdf"


def legend(pens: tuple[Pen, ...], taken: np.ndarray) -> str:
    """The drawing of an A4 page's legend; empty where it has no place."""
    place = legend_place(pens, A4, taken)
    return legend_drawing(pens, place, A4.step) if place else ""


def said(drawing: str) -> list[str]:
    """What a drawing says of each colour: a count, and the form of what it means."""
    meanings = {pen.form: pen.meaning for pen in PENS}
    found = re.findall(r"(/dgz[A-Z]) Do/dgz(\d) Do", drawing)
    return [f"{meanings[form]} {count}" for form, count in found]


@pytest.mark.parametrize(
    ("pens", "texts"),
    [
        ((SURE,), ["ok 1"]),
        ((DOUBTFUL, SURE, SURE), ["ok 2", "to review 1"]),
        ((VERY_DOUBTFUL, DOUBTFUL, DOUBTFUL), ["to review 2", "very doubtful 1"]),
    ],
)
def test_it_counts_each_colour_that_is_there(pens: tuple[Pen, ...], texts: list[str]) -> None:
    drawing = legend(pens, NOTHING)
    assert said(drawing) == texts
    assert drawing.count("SC/") == len(texts)


def test_a_page_without_marks_has_none() -> None:
    assert legend_place((), A4, NOTHING) is None


def test_a_cropped_number_has_none() -> None:
    tiny = view_of((0, 0, 60, 20), 0, (60, 20))
    assert legend_place((SURE, DOUBTFUL), tiny, NOTHING) is None


SIDES = st.floats(0, 800)


@given(st.lists(st.tuples(SIDES, SIDES, st.floats(1, 300), st.floats(1, 60)), max_size=12))
def test_it_keeps_off_whatever_is_taken(places: list[tuple[float, float, float, float]]) -> None:
    taken = np.array([(x, y, x + wide, y + high) for x, y, wide, high in places]).reshape(-1, 4)
    drawing = legend((SURE, DOUBTFUL), taken)
    for line in lines(drawing):
        assert not any(
            line.left < right and line.right > left and line.bottom < top and line.top > bottom
            for left, bottom, right, top in taken
        )


def test_it_moves_where_its_place_is_taken_and_goes_where_all_are() -> None:
    foot = np.array([[0, 0, 595, 12]])
    edges = np.array([[0, 0, 595, 12], [0, 830, 595, 842]])
    assert lines(legend((SURE,), NOTHING))[0].bottom < 12
    assert lines(legend((SURE,), foot))[0].bottom > 800
    assert legend((SURE,), edges) == ""


def lines(drawing: str) -> list[Area]:
    """Where the legend stands, from its first square to the middle of its last figure."""
    found = re.match(r"q (\d+) 0 0 \d+ (\d+) (\d+) cm", drawing)
    if not found:
        return []
    size, left, bottom = (int(one) * A4.step for one in found.groups())
    width = sum(float(one) for one in re.findall(r"1 0 0 1 (\S+) 0 cm", drawing))
    return [Area(left, bottom, left + width * size, bottom + size)]


def test_it_is_no_text_and_goes_with_the_marks(tmp_path: Path) -> None:
    pdf = searchable(tmp_path, *NUMBERS)
    assert words(pdf) == [one.text for one in NUMBERS]
    foot = slice(HEIGHT - 12, HEIGHT)
    unmarked = rendered(without_marks(pdf))[foot]
    assert not np.array_equal(rendered(pdf)[foot], unmarked)


def test_only_numbers_to_review_are_marked_on_request(tmp_path: Path) -> None:
    sure, other = number("17", 60, 100), number("4", 60, 300, status=Status.REVIEW, confidence=0.6)
    pdf = searchable(tmp_path, sure, other, marks="only-review")
    assert words(pdf) == ["17", "4"]
    changed = (rendered(pdf) != rendered(without_marks(pdf))).any(axis=2)
    assert not changed[80:160].any()
    assert changed[290:340, 50:110].any()
    with pikepdf.open(pdf) as opened:
        marks = opened.pages[0].obj.Contents[-1].read_bytes().decode()
    assert marks.count(" re S") == 1
    assert said(marks) == ["to review 1"]


def test_it_keeps_off_numbers_that_have_no_mark() -> None:
    view = view_of((0, 0, 595, 842), 0, (595, 842))
    doubted, sure = number("4", 60, 300, status=Status.REVIEW), number("17", 4, 810, height=30)
    result = PageResult(1, 595, 842, 72, 0, (doubted, sure))
    drawing = page_drawing(result, view, Glyphs(), ExportOptions(marks="only-review"))
    assert drawing.legend is not None
    assert drawing.legend.left > sure.box.right


def test_every_letter_of_the_legend_can_be_drawn() -> None:
    for pen in PENS:
        for letter in pen.meaning.replace(" ", ""):
            assert strokes(letter).endswith(" S"), letter


def test_a_minus_is_drawn() -> None:
    assert label("-7", 9, 0, 0).count(" Do") == strokes("-7").count(" S") == 2
