"""One page read from end to end, with a classifier that sees ones everywhere."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from digitize.appearance import Appearance
from digitize.classify import CLASSES, NOT_A_DIGIT, AlwaysDigit
from digitize.clean import clean
from digitize.geometry import contains, intersection_over_union
from digitize.options import PageOptions, RunOptions, page_options
from digitize.pipeline import place_digits, read_page
from digitize.readers import Readers
from digitize.records import (
    Box,
    Floats,
    Glyph,
    Number,
    Page,
    PageResult,
    Pixels,
    Reading,
    Status,
)
from digitize.segment import find_components
from digitize.separate import separate
from digitize.separate.ink_network import Ink

if TYPE_CHECKING:
    from tests.conftest import Paper

ONES = AlwaysDigit(1)


def read(page: Page, **options: Any) -> PageResult:
    return read_page(
        page, Readers(ONES), page_options(**{"layout": "page", "review_below": 0.9, **options})
    )


def texts(result: PageResult) -> list[str]:
    return [number.text for number in result.numbers]


def boxes(result: PageResult) -> list[Box]:
    return [digit.box for number in result.numbers for digit in number.digits]


def test_two_bars_on_white_are_eleven(paper: type[Paper]) -> None:
    page = paper().bar(100, 100).bar(120, 100)
    result = read(page.page())
    assert texts(result) == ["11"]
    assert boxes(result) == page.drawn
    assert result.numbers[0].box == Box(100, 100, 25, 40)


@pytest.mark.parametrize("degrees", [5, -5])
def test_two_bars_on_a_leaning_page_are_eleven_where_they_stand(
    paper: type[Paper], degrees: float
) -> None:
    page = paper().bar(380, 280).bar(400, 280).turned(degrees)
    result = read(page.page())
    ink = sorted((component.box for component in find_components(page.ink)), key=lambda b: b.x)
    assert texts(result) == ["11"]
    assert result.skew_degrees == pytest.approx(degrees, abs=1)
    for box, bar in zip(boxes(result), ink, strict=True):
        assert box.centre == pytest.approx(bar.centre, abs=1.5)
        assert intersection_over_union(box, bar) > 0.5


@pytest.mark.parametrize("orientation", ["0", "90", "180", "270"])
@pytest.mark.parametrize("degrees", [0, 5])
def test_the_result_says_how_the_page_lies(
    paper: type[Paper], orientation: str, degrees: float
) -> None:
    """Read at a given turn: that is told, and how far the bars lean then."""
    upright = paper().bar(380, 280).bar(400, 280).turned(degrees)
    lying = dataclasses.replace(
        upright.page(), pixels=np.rot90(upright.pixels, int(orientation) // 90).copy()
    )
    result = read(lying, orientation=orientation)
    assert texts(result) == ["11"]
    assert result.turn == int(orientation) // 90
    assert result.skew_degrees == pytest.approx(degrees, abs=1)


def test_lines_on_a_leaning_page_keep_their_order(paper: type[Paper]) -> None:
    page = paper()
    for y in (150, 250, 350, 450):
        for x in range(150, 650, 20):
            page.bar(x, y)
    result = read(page.turned(4).page())
    assert texts(result) == ["1" * 25] * 4
    assert [number.line for number in result.numbers] == [1, 2, 3, 4]
    for number in result.numbers:
        assert all(contains(number.box, digit.box.centre) for digit in number.digits)


def test_the_result_says_which_page_it_was(paper: type[Paper]) -> None:
    page = dataclasses.replace(paper(320, 240).bar(100, 100).page(dpi=150), number=7)
    result = read(page)
    assert (result.number, result.width, result.height, result.dpi) == (7, 320, 240, 150)


def test_an_oversized_pages_boxes_are_in_its_own_pixels(paper: type[Paper]) -> None:
    page = paper(4000, 3000)
    for x in (1000, 1060, 1120):
        page.bar(x, 1400, 120, 20)
    result = read(page.page())
    assert texts(result) == ["111"]
    for box, bar in zip(boxes(result), page.drawn, strict=True):
        assert intersection_over_union(box, bar) > 0.85


def test_a_poor_scan_reads_like_a_good_one(paper: type[Paper]) -> None:
    good = paper().digits("4071", 100, 100).digits("26", 500, 100).digits("315", 100, 250)
    clean = read(good.page())
    poor = read(good.shaded(0.5).grain(4).specks(30).page())
    assert texts(clean) == texts(poor) == ["1111", "11", "111"]


def test_digits_in_a_comb_and_a_table_are_numbers(paper: type[Paper]) -> None:
    page = paper().grid([60 + 50 * index for index in range(6)], [50, 115])
    for index, digit in enumerate("20315"):
        page.digits(digit, 72 + 50 * index, 62)
    page.grid([60, 210, 360], [200, 280, 360])
    for x in (100, 250):
        for y in (220, 300):
            page.digits("36", x, y)
    result = read(page.page())
    assert texts(result) == ["11111", "11", "11", "11", "11"]
    assert [number.line for number in result.numbers] == [1, 2, 2, 3, 3]


def test_digits_on_ruled_paper_are_read(paper: type[Paper]) -> None:
    page = paper()
    for y in (150, 210, 270, 330):
        page.row(y, 20, 780).digits("26389", 100, y - 46)
    assert texts(read(page.page())) == ["11111"] * 4


def test_digits_below_the_threshold_go_to_review(paper: type[Paper]) -> None:
    page = paper().bar(100, 100).bar(120, 100).page()
    (sure,) = read(page, review_below=0.98).numbers
    (doubtful,) = read(page, review_below=0.995).numbers
    assert [digit.status for digit in sure.digits] == [Status.OK] * 2
    assert sure.confidence == pytest.approx(0.99**2)
    assert [digit.status for digit in doubtful.digits] == [Status.REVIEW] * 2
    assert doubtful.status is Status.REVIEW


def test_a_number_of_sure_digits_may_be_doubtful_itself(paper: type[Paper]) -> None:
    page = paper().bar(100, 100).bar(120, 100).page()
    (number,) = read(page, review_below=0.985).numbers
    assert {digit.status for digit in number.digits} == {Status.OK}
    assert number.status is Status.REVIEW


def test_a_cropped_number_is_one_number(paper: type[Paper]) -> None:
    page = paper(400, 80).bar(20, 20).bar(120, 18).bar(350, 22)
    assert texts(read(page.page(), layout="number")) == ["111"]
    assert len(texts(read(page.page()))) > 1


class Hesitates:
    """An ink network to which ink is hardly rather digits than other writing."""

    def logits(self, pixels: Pixels) -> Floats:
        logits = np.zeros((len(Ink), *pixels.shape[:2]), dtype=np.float32)
        is_ink = pixels.min(axis=2) < 128
        logits[Ink.PAPER], logits[Ink.PRINTED] = np.where(is_ink, -9, 9), -9
        logits[Ink.DIGITS] = 1
        return logits


@pytest.mark.parametrize(
    ("options", "status"),
    [
        ({}, Status.REVIEW),
        ({"layout": "number"}, Status.OK),  # said to be a number
        ({"printed": "keep"}, Status.OK),  # print is wanted, and looks like other writing
    ],
)
def test_what_rather_is_no_number_is_for_review_unless_it_is_said_to_be_one(
    paper: type[Paper], options: dict[str, Any], status: Status
) -> None:
    page = paper(400, 80).bar(20, 20).bar(40, 20).page()
    asked = page_options(**{"layout": "page", "review_below": 0.9, **options})
    (number,) = read_page(page, Readers(ONES, Hesitates()), asked).numbers
    assert (number.text, number.status) == ("11", status)


def test_a_cropped_number_is_not_turned() -> None:
    options = page_options("number", 0.9)
    assert options.clean.max_skew_degrees == 0
    assert page_options("page", 0.9).clean.max_skew_degrees > 0
    assert options.group.review_below == 0.9


def test_every_runs_options_are_its_own() -> None:
    assert RunOptions() == RunOptions()
    assert RunOptions().page is not RunOptions().page


def test_readings_stand_where_their_glyphs_do() -> None:
    glyphs = [Glyph(np.zeros((4, 3), np.uint8), Box(x, 0, 3, 4)) for x in (5, 9)]
    readings = [Reading(7, 0.96, ((1, 0.03),)), Reading(2, 0.94)]
    looks = [Appearance(0.1, 0.8), Appearance(0.2, 0.6)]
    first, second = place_digits(glyphs, readings, looks, review_below=0.95)
    assert (first.digit, first.box, first.status) == (7, Box(5, 0, 3, 4), Status.OK)
    assert (second.digit, second.box, second.status) == (2, Box(9, 0, 3, 4), Status.REVIEW)
    assert first.alternatives == ((1, 0.03),)
    assert [(d.stroke, d.contrast) for d in (first, second)] == [(0.1, 0.8), (0.2, 0.6)]


class RefusesTheFirst:
    """A fake that reads ones everywhere but in the first glyph, which is none."""

    def scores(self, images: np.ndarray) -> np.ndarray:
        scores = ONES.scores(images)
        scores[:1] = np.eye(CLASSES, dtype=np.float32)[NOT_A_DIGIT]
        return scores


def test_a_refused_glyph_is_no_digit_and_sends_its_neighbour_to_review(paper: type[Paper]) -> None:
    page = paper().bar(100, 100).bar(120, 100)
    (number,) = read_page(
        page.page(), Readers(RefusesTheFirst()), page_options("page", 0.8)
    ).numbers
    assert number.text == "1"
    assert number.confidence > 0.8
    assert number.doubted
    assert number.status is Status.REVIEW


@pytest.mark.parametrize("size", [(800, 600), (1, 1), (1, 500), (500, 1), (7, 5)])
@pytest.mark.parametrize("colour", [255, 200], ids=["white", "grey"])
def test_blank_paper_has_no_numbers(paper: type[Paper], size: tuple[int, int], colour: int) -> None:
    result = read(paper(*size, colour).page())
    assert result.numbers == ()
    assert (result.width, result.height) == size


@pytest.mark.parametrize("size", [(800, 600), (1, 1), (1, 500), (500, 1), (7, 5)])
def test_a_black_page_is_survived_without_a_number(
    paper: type[Paper], size: tuple[int, int]
) -> None:
    assert read(paper(*size, 0).page()).numbers == ()


@pytest.mark.parametrize("seed", [1, 2])
def test_pure_noise_is_survived_with_every_box_on_the_page(seed: int) -> None:
    pixels = np.random.default_rng(seed).integers(0, 256, (150, 200, 3), dtype=np.uint8)
    whole = Box(0, 0, 200, 150)
    found = boxes(read(Page(1, pixels)))
    assert found
    for box in found:
        assert contains(whole, (box.x, box.y))
        assert contains(whole, (box.right, box.bottom))


def test_reading_leaves_the_page_as_it_was_and_reads_it_again_alike(paper: type[Paper]) -> None:
    page = paper().digits("4071", 100, 100).row(150, 20, 700).page()
    before = page.pixels.copy()
    assert read(page) == read(page)
    np.testing.assert_array_equal(page.pixels, before)


def plain(number: Number) -> dict[str, Any]:
    return {
        "text": number.text,
        "line": number.line,
        "status": number.status.value,
        "confidence": round(number.confidence, 4),
        "box": dataclasses.astuple(number.box),
        "digits": [dataclasses.astuple(digit.box) for digit in number.digits],
    }


def test_a_drawn_page_reads_as_it_did(
    paper: type[Paper], golden: Callable[[str, object], None]
) -> None:
    page = paper().digits("4071", 60, 30).digits("26", 420, 30)
    page.digits("6389", 60, 106).row(154, 20, 780)
    page.grid([60 + 50 * index for index in range(6)], [200, 265])
    for index, digit in enumerate("20315"):
        page.digits(digit, 72 + 50 * index, 212)
    page.grid([60, 210, 360], [320, 400, 480])
    for x, left in ((100, "36"), (250, "89")):
        page.digits(left, x, 340).digits(left, x, 420)
    page.digits("22", 500, 340, space=0.2).row(379, 500, 556, 3)  # touching
    page.bar(500, 220).bar(520, 220).specks(40)
    result = read_page(page.page(dpi=100), Readers(ONES), PageOptions())
    assert texts(result)[:2] == ["1111", "11"]
    head = {
        "page": result.number,
        "size": [result.width, result.height],
        "dpi": result.dpi,
        "skew": result.skew_degrees,
    }
    golden("drawn_page", {**head, "numbers": [plain(number) for number in result.numbers]})


def statuses(page: Page) -> list[tuple[str, str]]:
    return [(number.text, number.status.value) for number in read(page).numbers]


def test_digits_apart_are_sure_as_long_as_the_classifier_is(paper: type[Paper]) -> None:
    page = paper().bar(100, 100).bar(125, 100).bar(400, 100)
    assert statuses(page.page()) == [("11", "ok"), ("1", "ok")]


@pytest.mark.parametrize(
    ("x", "y", "width", "height", "text", "status"),
    [
        (114, 134, 6, 6, "1.1", "ok"),
        (78, 118, 14, 5, "-11", "ok"),
        (114, 105, 6, 6, "11", "review"),
    ],
    ids=["point", "minus", "speck high up"],
)
def test_a_mark_says_something_or_sends_its_number_alone_to_review(
    paper: type[Paper], x: int, y: int, width: int, height: int, text: str, status: str
) -> None:
    page = paper().bar(100, 100).bar(125, 100).bar(400, 100)
    page.bar(x, y, height, width)
    assert statuses(page.page()) == [(text, status), ("1", "ok")]


class ReadsNarrow:
    """A fake that reads ones in upright strokes, and nothing in what is wider."""

    def scores(self, images: np.ndarray) -> np.ndarray:
        scores = ONES.scores(images)
        is_wide = images.max(axis=1, initial=0).astype(bool).sum(axis=1) > 12
        scores[is_wide] = np.eye(CLASSES, dtype=np.float32)[NOT_A_DIGIT]
        return scores


def test_digits_cut_apart_go_to_review(paper: type[Paper]) -> None:
    page = paper().bar(100, 100).bar(122, 100).row(118, 100, 127, 3).bar(400, 100)
    page.bar(415, 100)
    result = read_page(page.page(), Readers(ReadsNarrow()), page_options("page", 0.8))
    read = [(number.text, number.status.value) for number in result.numbers]
    assert read == [("11", "review"), ("11", "ok")]


def test_a_page_dense_with_dark_texture_is_not_taken_for_white_writing(
    paper: type[Paper],
) -> None:
    page = paper(1200, 1600)
    for y in range(40, 900, 14):
        for x in range(40, 1160, 9):
            page.bar(x, y, 10, 5, (60, 60, 60))
    page.drawn.clear()
    page.bar(200, 1200, 60, 8).bar(240, 1200, 60, 8)
    assert clean(page.page()).grey.mean() > 128


def test_digits_that_touch_the_rules_of_squared_paper_keep_their_height(
    paper: type[Paper],
) -> None:
    page = paper(1240, 1754)
    page.grid(list(range(30, 1230, 40)), list(range(30, 1740, 40)))
    for y in range(110, 1600, 80):
        page.digits("4096827153", 75, y, height=44)
    layers = separate(page.flat())
    assert 25 <= layers.digit_height <= 55
