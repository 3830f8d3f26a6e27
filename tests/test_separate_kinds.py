"""A page is seen at the scale that the network knows, and looked at again where that was wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from digitize.records import FlatPage, Floats, Pixels
from digitize.separate import SeparateOptions, separate, separate_by_shape
from digitize.separate.ink_network import DIGIT_PIXELS, Ink
from digitize.separate.kinds import Kinds, find_kinds, look, part_with_ink
from digitize.separate.places import places_of

if TYPE_CHECKING:
    from tests.conftest import Paper

PENS = {
    Ink.DIGITS: (20, 20, 20),
    Ink.WRITING: (20, 20, 230),
    Ink.RULES: (20, 170, 20),
    Ink.PRINTED: (230, 20, 20),
}


class SeesPens:
    """A drawn network: each kind of ink has a colour, and it knows digits 12 to 48 pixels high."""

    def __init__(self, knows: tuple[float, float] = (0.5 * DIGIT_PIXELS, 2 * DIGIT_PIXELS)) -> None:
        self.knows = knows
        self.looks: list[tuple[int, int]] = []

    def logits(self, pixels: Pixels) -> Floats:
        self.looks.append((pixels.shape[0], pixels.shape[1]))
        pens = np.array([(255, 255, 255), *PENS.values()], np.float32)
        away = np.linalg.norm(pixels[None].astype(np.float32) - pens[:, None, None], axis=-1)
        logits = -away / 10
        ink = np.where(logits.argmax(axis=0) == Ink.DIGITS, 255, 0).astype(np.uint8)
        count, labels, statistics, _ = cv2.connectedComponentsWithStats(ink)
        for label in range(1, count):
            if not self.knows[0] <= statistics[label, cv2.CC_STAT_HEIGHT] <= self.knows[1]:
                logits[Ink.PRINTED][labels == label] = 1.0
        return np.asarray(logits, np.float32)


class SeesNothing:
    """A network to which every page is empty paper."""

    def __init__(self) -> None:
        self.looks: list[tuple[int, int]] = []

    def logits(self, pixels: Pixels) -> Floats:
        self.looks.append((pixels.shape[0], pixels.shape[1]))
        logits = np.zeros((len(Ink), *pixels.shape[:2]), np.float32)
        logits[Ink.PAPER] = 5
        return logits


class SeesCrumbs(SeesNothing):
    """A network that takes the feet of small digits for digits, and larger ones for none."""

    def logits(self, pixels: Pixels) -> Floats:
        logits = super().logits(pixels)
        ink = pixels.min(axis=2) < 128
        rows = np.flatnonzero(ink.any(axis=1))
        if len(rows) < 2 * DIGIT_PIXELS:
            ink[: rows[0] + round(0.7 * len(rows))] = False
            logits[Ink.DIGITS][ink] = 9
        return logits


def coloured(page: Paper) -> FlatPage:
    """What `clean` would return for a page written in several colours."""
    flat = page.flat()
    ink = np.where(page.pixels.min(axis=2) < 128, 255, 0).astype(np.uint8)
    return FlatPage(flat.grey, ink, flat.to_page, 0.0, page.pixels)


def kind_at(kinds: Kinds, page: FlatPage) -> Pixels:
    """The likeliest kind of every pixel with ink; paper elsewhere."""
    likeliest = np.zeros_like(page.ink)
    likeliest[page.ink > 0] = kinds.at(places_of(page.ink), page.ink.shape[1]).argmax(axis=0)
    return likeliest


@pytest.mark.parametrize("height", [40, 60, 100])
def test_a_page_is_brought_to_the_height_that_the_network_knows(
    paper: type[Paper], height: int
) -> None:
    page = paper(1600, 400).digits("2609", 100, 100, height, height // 8)
    network = SeesPens()
    kinds = find_kinds(page.flat(), height, network)
    (seen,) = network.looks
    assert seen[0] / kinds.shape[0] * height == pytest.approx(DIGIT_PIXELS, rel=0.05)
    assert kinds.digit_height == pytest.approx(height, rel=0.2)


@pytest.mark.parametrize("factor", [3, 2, 1 / 2, 1 / 3])
def test_a_page_looked_at_at_the_wrong_scale_is_looked_at_again(
    paper: type[Paper], factor: float
) -> None:
    page = paper(1600, 800).digits("2609", 100, 100, 60, 8)
    network = SeesPens(knows=(4, 100))
    kinds = find_kinds(page.flat(), 60 * factor, network)
    first, second = network.looks
    assert first[0] / kinds.shape[0] * 60 == pytest.approx(DIGIT_PIXELS / factor, rel=0.1)
    assert second[0] / kinds.shape[0] * 60 == pytest.approx(DIGIT_PIXELS, rel=0.3)
    assert kinds.digit_height == pytest.approx(60, rel=0.2)
    assert kinds.logits.shape[1:] == second


def test_a_height_nearly_right_is_right_enough(paper: type[Paper]) -> None:
    page = paper().digits("2609", 100, 100, 40)
    network = SeesPens()
    assert find_kinds(page.flat(), 48, network).digit_height == pytest.approx(40, rel=0.2)
    assert len(network.looks) == 1


def test_where_no_digit_is_seen_the_usual_height_of_writing_is_tried(paper: type[Paper]) -> None:
    page = paper(1400, 1000).digits("2609", 100, 100, 24)
    cv2.rectangle(page.pixels, (100, 300), (400, 480), PENS[Ink.PRINTED], 20)
    network = SeesPens()
    kinds = find_kinds(coloured(page), 180, network)  # the frame's height
    assert len(network.looks) == 2
    assert kinds.digit_height == pytest.approx(26, rel=0.2)


def test_a_page_without_digits_is_what_it_was_at_the_first_look(paper: type[Paper]) -> None:
    network = SeesNothing()
    kinds = find_kinds(paper(1400, 1000).flat(), 100, network)
    assert kinds.digit_height is None
    assert len(network.looks) == 2
    assert kinds.logits.shape[1:] == network.looks[0]


def test_a_height_of_crumbs_that_closer_looks_do_not_see_is_not_believed(
    paper: type[Paper],
) -> None:
    network = SeesCrumbs()
    kinds = find_kinds(paper(800, 400).digits("2609", 100, 100, 60, 8).flat(), 60, network)
    assert len(network.looks) == 3
    assert kinds.digit_height is None
    assert kinds.logits.shape[1:] == network.looks[0]


def test_rules_too_thick_for_print_are_rules_among_the_digits_that_the_network_sees(
    paper: type[Paper],
) -> None:
    page = paper(1200, 900).digits("2609", 160, 640, 44, 6)
    for row in range(12):
        for column in range(20):
            x, y = 60 + 50 * column, 40 + 40 * row
            cv2.rectangle(page.pixels, (x, y), (x + 6, y + 13), PENS[Ink.PRINTED], 2)
    cv2.rectangle(page.pixels, (100, 600), (500, 720), (0, 0, 0), 6)
    flat = coloured(page)
    by_shape, _ = separate_by_shape(flat, SeparateOptions())
    assert by_shape.digit_height < 20
    assert not by_shape.cells
    (cell,) = separate(flat, network=SeesPens(knows=(4, 100))).cells
    assert cell.width == pytest.approx(394, abs=4)
    assert cell.height == pytest.approx(114, abs=4)


class Tells:
    """A network that sees digits of a height, in its own pixels, that is told for each look."""

    def __init__(self, *heights: float) -> None:
        self.heights = list(heights)

    def logits(self, pixels: Pixels) -> Floats:
        logits = np.zeros((len(Ink), *pixels.shape[:2]), dtype=np.float32)
        logits[Ink.PAPER], height = 1, round(self.heights.pop(0))
        for x in range(0, pixels.shape[1] - 20 if height else 0, 20):
            logits[Ink.DIGITS, :height, x : x + 12] = 9
        return logits


@pytest.mark.parametrize(
    ("seen", "believed"),
    [
        ((24,), 60),  # as thought
        ((18, 24), 45),  # rather smaller: a closer look, which agrees
        ((18, 10, 24), 19),  # from off, digits of two rows looked like one
        ((18, 0), 45),  # the closer look sees nothing, and the first was good enough
        ((9, 50, 9), None),  # looks that never agree
        ((0, 0), None),
    ],
)
def test_looks_go_on_until_what_is_seen_is_seen_from_where_it_should_be(
    paper: type[Paper], seen: tuple[int, ...], believed: float | None
) -> None:
    page = paper(800, 1200).bar(100, 100, height=60).bar(600, 1000, height=60)
    network = Tells(*seen)
    kinds = find_kinds(page.flat(), 60, network)
    assert network.heights == []
    assert kinds.digit_height == (believed and pytest.approx(believed, rel=0.15))


def test_a_page_without_digits_thought_to_be_of_usual_height_is_looked_at_once(
    paper: type[Paper],
) -> None:
    network = SeesNothing()
    assert find_kinds(paper(1400, 1000).flat(), 20, network).digit_height is None
    assert len(network.looks) == 1


def test_only_the_part_of_a_page_that_holds_ink_is_looked_at(paper: type[Paper]) -> None:
    page, network = (
        paper(1400, 1000).bar(300, 200, height=48).bar(420, 260, height=48).flat(),
        SeesNothing(),
    )
    rows, columns = part_with_ink(page.ink, 24.0)
    assert page.ink[rows, columns].sum() == page.ink.sum()
    find_kinds(page, 24.0, network)
    assert network.looks == [(rows.stop - rows.start, columns.stop - columns.start)]
    assert network.looks[0][0] * network.looks[0][1] < page.ink.size / 10


@pytest.mark.parametrize("size", [(1, 1), (1, 300), (300, 1), (3000, 2000)])
def test_pages_of_any_size_are_seen_and_never_at_too_large_a_scale(
    paper: type[Paper], size: tuple[int, int]
) -> None:
    page = paper(*size).flat()
    network = SeesNothing()
    whole = slice(0, size[1]), slice(0, size[0])
    kinds = look(np.repeat(page.grey[:, :, None], 3, axis=2), whole, 4.0, network)
    assert kinds.shape == page.grey.shape
    ((height, width),) = network.looks
    assert height <= 2 * size[1] + 1
    assert width <= 2 * size[0] + 1
    assert height * width < 5e6
    assert kind_at(kinds, page).shape == page.ink.shape


def test_every_pixel_of_the_page_has_the_kind_that_was_seen_there(paper: type[Paper]) -> None:
    page = paper(900, 500).digits("80", 100, 100, 60, 8)
    page.digits("80", 400, 100, 60, 8, colour=PENS[Ink.WRITING])
    page.digits("80", 100, 300, 60, 8, colour=PENS[Ink.PRINTED])
    flat = coloured(page)
    kinds = kind_at(find_kinds(flat, 60, SeesPens()), flat)
    for box, kind in zip(
        page.drawn, [Ink.DIGITS] * 2 + [Ink.WRITING] * 2 + [Ink.PRINTED] * 2, strict=True
    ):
        inside = np.s_[round(box.y) : round(box.bottom), round(box.x) : round(box.right)]
        here = kinds[inside][flat.ink[inside] > 0]
        assert (here == kind).mean() > 0.7


@given(st.integers(1, 40), st.integers(1, 40), st.integers(1, 90), st.integers(1, 90))
def test_logits_are_given_for_pages_of_another_size_in_reading_order(
    rows: int, columns: int, height: int, width: int
) -> None:
    places = np.arange(rows * columns, dtype=np.float32).reshape(rows, columns)
    kinds = Kinds(np.repeat(places[None], len(Ink), axis=0), (height, width), None)
    found = kinds.at(np.arange(height * width), width)
    assert found.shape == (len(Ink), height * width)
    seen = found[0].reshape(height, width)
    assert seen[0, 0] == 0
    assert (np.diff(seen, axis=0) >= 0).all()
    assert (np.diff(seen, axis=1) >= 0).all()
    if (height, width) == (rows, columns):
        np.testing.assert_array_equal(seen, places)


def test_logits_are_given_only_where_they_are_asked_for() -> None:
    logits = np.arange(len(Ink) * 6, dtype=np.float32).reshape(len(Ink), 2, 3)
    found = Kinds(logits, (2, 3), None).at(np.array([1, 3]), 3)
    np.testing.assert_array_equal(found, logits[:, [0, 1], [1, 0]])


def test_a_page_separates_by_the_kinds_that_a_network_sees(paper: type[Paper]) -> None:
    page = paper(900, 600).digits("2609", 100, 100)
    page.digits("80", 100, 200, colour=PENS[Ink.WRITING])
    page.digits("35", 100, 300, colour=PENS[Ink.PRINTED])
    flat = coloured(page)
    skipped = separate(flat, network=SeesPens())
    kept = separate(flat, SeparateOptions(printed="keep"), SeesPens())
    for layers, lines in ((skipped, (1, 0, 0)), (kept, (1, 0, 1))):
        found = [(layers.digits[y - 5 : y + 50] > 0).any() for y in (100, 200, 300)]
        assert found == [bool(line) for line in lines]
        assert layers.writing[195:250].any()
        assert layers.digit_height == pytest.approx(44, abs=6)


def test_rules_seen_by_their_colour_are_no_digits(paper: type[Paper]) -> None:
    page = paper(900, 600).digits("2609", 100, 100)
    cv2.line(page.pixels, (100, 200), (160, 230), PENS[Ink.RULES], 3)
    layers = separate(coloured(page), network=SeesPens())
    assert layers.rules[190:240].any()
    assert not layers.digits[190:240].any()
    assert not layers.writing[190:240].any()


def test_grey_pages_are_seen_as_colours_of_no_hue(paper: type[Paper]) -> None:
    page = paper().digits("2609", 100, 100)
    grey, colour = page.flat(), coloured(page)
    one, other = (find_kinds(flat, 40, SeesPens()) for flat in (grey, colour))
    np.testing.assert_allclose(one.logits, other.logits, atol=1)
