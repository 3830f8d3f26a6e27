"""Which way up a page lies, and boxes on turned pages."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from digitize.classify import AlwaysDigit, OnnxClassifier
from digitize.clean import clean
from digitize.geometry import map_box
from digitize.onnx_models import find_model
from digitize.orient import (
    FEWEST,
    LEAST_LIKELY,
    OrientOptions,
    are_mostly_digits,
    find_turn,
    is_on_its_head,
    needed,
    weigh,
)
from digitize.orient.turning import map_from_turned, onto_given, turn_page, turned
from digitize.records import Box, Floats

if TYPE_CHECKING:
    from tests.conftest import Paper

quarters = st.integers(-4, 7)
sides = st.integers(1, 40)
SURELY, HARDLY = np.log(0.99), np.log(LEAST_LIKELY)


@pytest.fixture(scope="module")
def classifier() -> OnnxClassifier:
    return OnnxClassifier(find_model("cnn"))


def readings(upright_at: int, marks: int = 20) -> Floats:
    """Marks that are digits at one turn alone."""
    made = np.full((marks, 4), HARDLY, dtype=np.float32)
    made[:, upright_at] = SURELY
    return made


def best_turn(marks: Floats, beside: NDArray[np.bool_]) -> int:
    return int(np.argmax(weigh(marks, beside, OrientOptions())))


def written(paper: type[Paper], lines: int = 6) -> Paper:
    """Numbers along lines, every digit among them."""
    sheet = paper()
    for line, text in enumerate(["27354", "94362", "57243", "35274", "42597", "73425"][:lines]):
        sheet.digits(text, 60, 40 + 90 * line)
        sheet.digits(text[::-1], 420, 40 + 90 * line)
    return sheet


@given(sides, sides, quarters, st.data())
def test_the_ink_in_a_box_on_a_turned_page_comes_from_its_box_on_the_page(
    width: int, height: int, turn: int, data: st.DataObject
) -> None:
    left, top = data.draw(st.integers(0, width - 1)), data.draw(st.integers(0, height - 1))
    right = data.draw(st.integers(left + 1, width))
    bottom = data.draw(st.integers(top + 1, height))
    pixels = np.zeros((height, width, 3), dtype=np.uint8)
    pixels[top:bottom, left:right] = 255
    rows, columns = np.nonzero(turned(pixels, turn)[:, :, 0])
    x, y = float(columns.min()), float(rows.min())
    found = Box(x, y, float(columns.max()) + 1 - x, float(rows.max()) + 1 - y)
    assert map_box(found, map_from_turned(pixels.shape, turn)) == Box(
        left, top, right - left, bottom - top
    )


@given(sides, sides, quarters)
def test_turning_on_to_a_full_turn_gives_the_picture_back(
    width: int, height: int, turn: int
) -> None:
    pixels = np.random.default_rng(width * height).integers(0, 256, (height, width), np.uint8)
    assert np.array_equal(turned(turned(pixels, turn), -turn), pixels)
    assert np.array_equal(turned(pixels, turn), turned(pixels, turn + 4))


def test_one_quarter_is_clockwise() -> None:
    pixels = np.array([[1, 2], [3, 4]], dtype=np.uint8)
    assert turned(pixels, 1).tolist() == [[3, 1], [4, 2]]


@given(turn=st.integers(0, 3), across=st.integers(0, 300), down=st.integers(0, 300))
def test_a_flat_pages_map_leads_on_to_the_page_as_it_was_given(
    paper: type[Paper], turn: int, across: int, down: int
) -> None:
    doubled = np.array([[2.0, 0.0, across], [0.0, 2.0, down], [0.0, 0.0, 1.0]])
    flat = replace(paper(80, 60).flat(), to_page=doubled.copy())
    box = Box(3, 4, 20, 10)
    on_turned = map_box(box, flat.to_page)
    led_on = onto_given(flat, (600, 800, 3), turn)
    assert map_box(box, led_on.to_page) == map_box(on_turned, map_from_turned((600, 800, 3), turn))
    assert np.array_equal(flat.to_page, doubled)


@pytest.mark.parametrize("upright_at", range(4))
def test_the_turn_at_which_the_marks_are_digits_wins(upright_at: int) -> None:
    beside = np.full(20, upright_at in (0, 2))
    assert best_turn(readings(upright_at), beside) == upright_at


@pytest.mark.parametrize("upright_at", range(4))
def test_too_few_digits_turn_no_page(upright_at: int) -> None:
    few = FEWEST - 1
    assert best_turn(readings(upright_at, few), np.zeros(few, np.bool_)) == 0


@pytest.mark.parametrize("likely", [HARDLY, SURELY])
def test_digits_that_look_the_same_at_all_turns_leave_the_page_as_it_is(likely: float) -> None:
    alike = np.full((20, 4), likely, dtype=np.float32)
    assert best_turn(alike, np.ones(20, np.bool_)) == 0


def test_digits_read_surely_outweigh_columns_of_single_digits() -> None:
    assert best_turn(readings(0, 60), np.zeros(60, np.bool_)) == 0


def test_one_mark_alone_turns_no_page() -> None:
    odds = weigh(readings(0, FEWEST), np.ones(FEWEST, np.bool_), OrientOptions())
    one = odds / FEWEST
    assert one[0] - one[1:].min() < OrientOptions().margin


@given(st.integers(FEWEST, 60), st.integers(1, 3))
def test_more_marks_need_a_clearer_lead_and_a_few_the_margin(marks: int, turn: int) -> None:
    options = OrientOptions()
    lead = options.reading * (SURELY - HARDLY)
    expected = max(options.margin, options.noise * lead * np.sqrt(marks))
    assert needed(readings(turn, marks), turn, options) == pytest.approx(expected, rel=1e-5)


@pytest.mark.parametrize(("digits", "told"), [(20, True), (13, True), (11, False), (5, False)])
def test_most_marks_are_digits_at_the_turn_of_a_page_of_digits(digits: int, *, told: bool) -> None:
    """The others are letters, each a digit at a turn of its own."""
    marks = np.vstack([readings(2, digits), readings(0, 20 - digits)])
    without_a_say = np.full((9, 4), HARDLY, dtype=np.float32)
    assert are_mostly_digits(np.vstack([marks, without_a_say]), 2) is told


def test_letters_for_and_against_a_turn_leave_the_page_as_it_is() -> None:
    stand, fall = readings(0, 42), readings(2, 46)
    letters = np.concatenate([stand, fall])
    odds = weigh(letters, np.ones(len(letters), np.bool_), OrientOptions())
    assert odds[2] - odds[0] > OrientOptions().margin
    assert odds[2] - odds[0] < needed(letters, 2, OrientOptions())


@pytest.mark.parametrize(("margin", "turn"), [(5.0, 2), (1e6, 0)])
def test_the_page_stays_as_it_is_unless_another_turn_outdoes_it_by_the_margin(
    paper: type[Paper], classifier: OnnxClassifier, margin: float, turn: int
) -> None:
    sheet = written(paper)
    sheet.pixels = turned(sheet.pixels, 2)
    assert find_turn(sheet.layers(), classifier, OrientOptions(margin=margin)) == turn


def test_marks_that_are_no_digits_leave_the_page_as_it_is(
    paper: type[Paper], classifier: OnnxClassifier
) -> None:
    sheet = paper()
    for y in range(40, 560, 60):
        for x in range(40, 760, 60):
            sheet.row(y, x, x + 30, 4).row(y + 14, x, x + 30, 4).row(y + 28, x, x + 30, 4)
            sheet.column(x, y, y + 30, 4).column(x + 14, y, y + 30, 4)
    assert find_turn(sheet.layers(), classifier) == 0


@pytest.mark.parametrize("turn", range(4))
def test_minus_and_equals_signs_are_no_ones_on_their_side(
    paper: type[Paper], classifier: OnnxClassifier, turn: int
) -> None:
    sheet = written(paper)
    for y in range(30, 560, 22):
        for x in range(300, 400, 50):
            sheet.row(y, x, x + 34, 4)
    sheet.pixels = turned(sheet.pixels, -turn)
    assert find_turn(sheet.layers(), classifier) == turn


@pytest.mark.parametrize("turn", range(4))
def test_a_written_page_is_set_upright(
    paper: type[Paper], classifier: OnnxClassifier, turn: int
) -> None:
    sheet = written(paper)
    sheet.pixels = turned(sheet.pixels, -turn)
    assert find_turn(sheet.layers(), classifier) == turn


@pytest.mark.parametrize(("turn", "is_on_head"), [(0, False), (2, True)])
def test_a_page_on_its_head_is_told_from_one_that_stands(
    paper: type[Paper], classifier: OnnxClassifier, turn: int, is_on_head: bool
) -> None:
    sheet = written(paper)
    ink = np.asarray(turned(sheet.ink, turn), dtype=np.uint8)
    assert is_on_its_head(replace(sheet.layers(44.0), digits=ink), classifier) is is_on_head


def test_doubtful_ink_tells_whether_a_page_is_on_its_head(
    paper: type[Paper], classifier: OnnxClassifier
) -> None:
    sheet = written(paper)
    ink = np.asarray(turned(sheet.ink, 2), dtype=np.uint8)
    layers = replace(sheet.layers(44.0), digits=np.zeros_like(ink), writing=ink)
    assert not is_on_its_head(layers, classifier)
    assert is_on_its_head(replace(layers, doubtful=ink), classifier)


@pytest.mark.parametrize("turn", range(4))
def test_boxes_found_once_the_page_is_upright_lie_on_the_page_as_it_was_given(
    paper: type[Paper], turn: int
) -> None:
    sheet = written(paper)
    upright = sheet.page()
    given_page = turn_page(upright, -turn)
    flat = onto_given(clean(turn_page(given_page, turn)), given_page.pixels.shape, turn)
    box = map_box(sheet.drawn[0], flat.to_page)
    on_given = np.argwhere(given_page.pixels[:, :, 0] < 128)
    inside = [box.x <= x <= box.right and box.y <= y <= box.bottom for y, x in on_given]
    on_upright = upright.pixels[:, :, 0] < 128
    drawn = sheet.drawn[0]
    top, left = round(drawn.y), round(drawn.x)
    ink = on_upright[top : round(drawn.bottom) + 1, left : round(drawn.right) + 1].sum()
    assert sum(inside) == pytest.approx(ink, rel=0.1)


@pytest.mark.parametrize(("lies", "turn"), [(0, 0), (1, 1), (2, 0), (3, 3)])
def test_a_page_on_its_side_whose_digits_were_all_taken_for_writing_is_set_upright(
    paper: type[Paper], classifier: OnnxClassifier, lies: int, turn: int
) -> None:
    sheet = written(paper)
    sheet.pixels = turned(sheet.pixels, -lies)
    layers = sheet.layers()
    unseen = replace(layers, digits=np.zeros_like(layers.digits), writing=layers.digits)
    assert find_turn(unseen, classifier) == turn


def test_an_empty_page_stays_as_it_is(paper: type[Paper], classifier: OnnxClassifier) -> None:
    assert find_turn(paper().layers(), classifier) == 0


def test_three_digits_stay_as_they_are(paper: type[Paper], classifier: OnnxClassifier) -> None:
    sheet = paper().digits("274", 100, 100)
    sheet.pixels = turned(sheet.pixels, 2)
    assert find_turn(sheet.layers(), classifier) == 0


def test_a_page_of_ones_and_zeros_tells_lines_but_not_which_end_is_up(
    paper: type[Paper],
) -> None:
    sheet = paper()
    for line in range(6):
        sheet.digits("81018", 60, 40 + 90 * line)
    assert find_turn(sheet.layers(), AlwaysDigit(8)) == 0


@pytest.mark.parametrize(("asked", "turn"), [("auto", 0), ("0", 0), ("90", 1), ("270", 3)])
def test_a_turn_that_was_asked_for_is_known_before_the_page_is_read(asked: str, turn: int) -> None:
    assert OrientOptions(asked).asked == turn  # type: ignore[arg-type]
