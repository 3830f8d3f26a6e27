"""Ink is shared out whole: by what most of its pixels are taken for, and what its page is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from digitize.records import Box, Pixels
from digitize.separate.ink_network import Ink
from digitize.separate.kinds import Kinds
from digitize.separate.votes import rule_pixels, share_out

if TYPE_CHECKING:
    from tests.conftest import Paper

DIGITS = (Ink.DIGITS,)
SURE = 6.0  # a logarithm of odds


def taken_for(classes: Pixels, sure: float = SURE) -> Kinds:
    """What a network made of a page, given the likeliest class of every pixel."""
    logits = np.zeros((len(Ink), *classes.shape), np.float32)
    np.put_along_axis(logits, classes[None].astype(np.int64), np.float32(sure), axis=0)
    return Kinds(logits, (classes.shape[0], classes.shape[1]), 40.0)


def classes_of(page: Paper, *seen: tuple[Box, Ink]) -> Pixels:
    """Paper where there is no ink, and the ink inside each box of its kind; of others, digits."""
    classes = np.where(page.ink > 0, int(Ink.DIGITS), int(Ink.PAPER)).astype(np.uint8)
    for box, kind in seen:
        inside = np.s_[round(box.y) : round(box.bottom), round(box.x) : round(box.right)]
        classes[inside][page.ink[inside] > 0] = kind
    return classes


def within(mask: Pixels, box: Box) -> float:
    """The share of a box that a mask fills."""
    inside = mask[round(box.y) : round(box.bottom), round(box.x) : round(box.right)]
    return float((inside > 0).mean())


def test_what_is_taken_for_digits_is_digits_and_other_writing_is_not(paper: type[Paper]) -> None:
    page = paper().bar(100, 100).bar(200, 100).bar(300, 100)
    one, two, three = page.drawn
    kinds = taken_for(classes_of(page, (two, Ink.WRITING), (three, Ink.PRINTED)))
    digits, writing, *_ = share_out(page.ink, kinds, DIGITS, 40)
    assert [within(digits, box) for box in (one, two, three)] == [1, 0, 0]
    assert [within(writing, box) for box in (one, two, three)] == [0, 1, 1]


def test_a_component_most_of_whose_pixels_are_taken_for_writing_is_no_digit(
    paper: type[Paper],
) -> None:
    page = paper().bar(100, 100).bar(200, 100)
    bar = page.drawn[1]
    most = Box(bar.x, bar.y, bar.width, 0.9 * bar.height)
    digits, writing, *_ = share_out(
        page.ink, taken_for(classes_of(page, (most, Ink.WRITING))), DIGITS, 40
    )
    assert within(digits, bar) == 0
    assert within(writing, bar) == 1


def test_a_digit_is_not_torn_by_a_few_pixels_that_look_otherwise(paper: type[Paper]) -> None:
    page = paper().bar(100, 100).bar(200, 100)
    bar = page.drawn[1]
    foot = Box(bar.x, bar.bottom - 4, bar.width, 4)
    digits, writing, *_ = share_out(
        page.ink, taken_for(classes_of(page, (foot, Ink.PRINTED))), DIGITS, 40
    )
    np.testing.assert_array_equal(digits, page.ink)
    assert not writing.any()


def test_what_is_taken_for_paper_is_neither_digits_nor_writing(paper: type[Paper]) -> None:
    page = paper().bar(100, 100).bar(200, 100)
    texture = page.drawn[1]
    kinds = taken_for(classes_of(page, (texture, Ink.PAPER)))
    digits, writing, *_ = share_out(page.ink, kinds, DIGITS, 40)
    assert within(digits, page.drawn[0]) == 1
    assert within(digits, texture) == within(writing, texture) == 0


def test_a_digit_that_touches_a_long_stroke_is_parted_from_it(paper: type[Paper]) -> None:
    page = paper().bar(100, 100).bar(300, 100, 40, 8).row(118, 300, 400, 4)
    stroke = Box(312, 118, 88, 4)
    assert cv2.connectedComponents(page.ink)[0] == 3
    kinds = taken_for(classes_of(page, (stroke, Ink.WRITING)))
    digits, writing, *_ = share_out(page.ink, kinds, DIGITS, 40)
    assert within(digits, page.drawn[1]) == 1
    assert within(digits, stroke) == 0
    assert within(writing, stroke) == 1


def test_a_crumb_of_digit_in_a_long_word_is_no_digit(paper: type[Paper]) -> None:
    page = paper().row(118, 300, 400, 4)
    classes = classes_of(page, (Box(300, 118, 100, 4), Ink.WRITING))
    for x in (310, 330, 350, 370, 390):
        classes[118:122, x : x + 5] = Ink.DIGITS
    digits, *_ = share_out(page.ink, taken_for(classes), DIGITS, 40)
    assert not digits.any()


@pytest.mark.parametrize(("others", "is_digit"), [(Ink.DIGITS, True), (Ink.PRINTED, False)])
def test_what_could_be_either_is_what_most_of_its_page_is(
    paper: type[Paper], others: Ink, is_digit: bool
) -> None:
    page = paper().bar(100, 300)
    doubtful = page.drawn[0]
    for x in range(100, 700, 60):
        page.bar(x, 100)
    kinds = taken_for(classes_of(page, *((box, others) for box in page.drawn[1:])))
    kinds.logits[:, 300:340, 100:105] = 0
    kinds.logits[Ink.PAPER, 300:340, 100:105] = -9
    kinds.logits[Ink.DIGITS, 300:340, 100:105] = -1  # alone it is taken for a digit, just
    digits, *_ = share_out(page.ink, kinds, DIGITS, 40)
    assert within(digits, doubtful) == float(is_digit)


def test_the_less_sure_a_digit_is_the_sooner_it_is_hardly_one_and_then_writing(
    paper: type[Paper],
) -> None:
    page = paper().bar(100, 300)
    for x in range(100, 700, 60):
        page.bar(x, 100)
    doubtful, *others = page.drawn
    kinds = taken_for(classes_of(page, *((box, Ink.PRINTED) for box in others[::2])))
    told = []
    for sure in np.arange(6, -6, -0.25):
        kinds.logits[:, 300:340, 100:105] = 0
        kinds.logits[Ink.PAPER, 300:340, 100:105] = -9
        kinds.logits[Ink.DIGITS, 300:340, 100:105] = sure
        shares = share_out(page.ink, kinds, DIGITS, 40)
        told.append((within(shares.writing, doubtful), within(shares.hardly, doubtful)))
    assert list(dict.fromkeys(told)) == [(0, 0), (0, 1), (1, 0)]


@pytest.mark.parametrize("others", [Ink.WRITING, Ink.PRINTED])
def test_a_sure_digit_stays_one_among_letters(paper: type[Paper], others: Ink) -> None:
    page = paper().bar(100, 300)
    for x in range(100, 700, 60):
        page.bar(x, 100)
    kinds = taken_for(classes_of(page, *((box, others) for box in page.drawn[1:])))
    digits, *_ = share_out(page.ink, kinds, DIGITS, 40)
    assert within(digits, page.drawn[0]) == 1
    assert (digits > 0).sum() == 200


def test_printed_digits_are_kept_where_they_are_wanted(paper: type[Paper]) -> None:
    page = paper().bar(100, 100).bar(200, 100)
    kinds = taken_for(classes_of(page, (page.drawn[1], Ink.PRINTED)))
    digits, *_ = share_out(page.ink, kinds, (Ink.DIGITS, Ink.PRINTED), 40)
    np.testing.assert_array_equal(digits, page.ink)


def test_where_nothing_but_digits_may_stand_all_ink_is_digits(paper: type[Paper]) -> None:
    page = paper().bar(100, 100).bar(200, 100)
    kinds = taken_for(classes_of(page, (page.drawn[1], Ink.WRITING)))
    digits, *_ = share_out(page.ink, kinds, (Ink.DIGITS, Ink.WRITING, Ink.PRINTED), 40)
    np.testing.assert_array_equal(digits, page.ink)


def test_a_page_without_ink_is_shared_out() -> None:
    blank = np.zeros((60, 80), np.uint8)
    digits, writing, *_ = share_out(blank, taken_for(blank), DIGITS, 40)
    assert not digits.any()
    assert not writing.any()


@given(st.integers(0, 2**32 - 1), st.floats(8, 60))
def test_ink_is_shared_out_once_and_none_is_made(seed: int, height: float) -> None:
    rng = np.random.default_rng(seed)
    ink = np.where(cv2.GaussianBlur(rng.random((60, 80)), (0, 0), 2) > 0.5, 255, 0).astype(np.uint8)
    coarse = rng.integers(0, len(Ink), (6, 8), dtype=np.uint8)
    kinds = taken_for(coarse.repeat(10, axis=0).repeat(10, axis=1))
    digits, writing, *_ = share_out(ink, kinds, DIGITS, height)
    assert not (digits & writing).any()
    assert not ((digits | writing) & ~ink).any()


def test_rules_are_what_is_taken_for_them_though_their_shape_was_missed(
    paper: type[Paper],
) -> None:
    page = paper().bar(100, 100).row(160, 50, 400)
    rule = Box(50, 160, 350, 2)
    rules = rule_pixels(
        page.ink, np.zeros_like(page.ink), taken_for(classes_of(page, (rule, Ink.RULES))), 40.0
    )
    assert within(rules, rule) == 1
    assert within(rules, page.drawn[0]) == 0


def test_what_lies_on_a_rule_is_rule_unless_it_is_seen_as_a_digit(paper: type[Paper]) -> None:
    page = paper().row(100, 50, 400).row(200, 50, 90)
    rule, stroke = Box(50, 100, 350, 2), Box(50, 200, 40, 2)
    kinds = taken_for(classes_of(page, (rule, Ink.WRITING), (stroke, Ink.DIGITS)))
    rules = rule_pixels(page.ink, page.ink, kinds, 40.0)
    assert within(rules, rule) == 1
    assert within(rules, stroke) == 0


def test_a_walls_edge_that_is_seen_as_part_of_the_digit_beside_it_is_wall(
    paper: type[Paper],
) -> None:
    page = paper().bar(100, 100, width=40).column(140, 80, 180, thickness=4)
    digit, wall, edge = page.drawn[0], Box(140, 80, 4, 100), Box(140, 80, 1, 100)
    kinds = taken_for(classes_of(page, (wall, Ink.RULES), (edge, Ink.DIGITS)))
    removed = page.ink.copy()
    removed[:, :140] = 0
    rules = rule_pixels(page.ink, removed, kinds, 40.0)
    assert within(rules, wall) >= 0.9  # its edge stays where it makes the digit no longer
    assert within(rules, digit) == 0


def test_a_fine_pens_stroke_that_crosses_a_rule_stays_whole(paper: type[Paper]) -> None:
    page = paper().row(120, 50, 400, thickness=4).column(200, 100, 145, thickness=1)
    stroke = Box(200, 100, 1, 45)
    rule = Box(50, 120, 350, 4)
    kinds = taken_for(classes_of(page, (rule, Ink.RULES), (stroke, Ink.DIGITS)))
    removed = page.ink.copy()
    removed[:120] = removed[124:] = 0
    assert within(rule_pixels(page.ink, removed, kinds, 40.0), stroke) == 0


def test_the_straight_tail_of_a_digit_is_no_rule(paper: type[Paper]) -> None:
    page = paper().bar(100, 100, height=90)
    tail = Box(100, 150, 5, 40)
    kinds = taken_for(classes_of(page, (page.drawn[0], Ink.DIGITS), (tail, Ink.RULES)))
    rules = rule_pixels(page.ink, np.zeros_like(page.ink), kinds, 60.0)
    assert within(rules, page.drawn[0]) == 0


def test_a_small_piece_that_is_wholly_seen_as_a_rule_is_one(paper: type[Paper]) -> None:
    page = paper().bar(100, 100, height=50)
    kinds = taken_for(classes_of(page, (page.drawn[0], Ink.RULES)))
    rules = rule_pixels(page.ink, np.zeros_like(page.ink), kinds, 60.0)
    assert within(rules, page.drawn[0]) == 1


def test_rules_are_ink(paper: type[Paper]) -> None:
    page = paper().bar(100, 100).row(160, 50, 400)
    everywhere = taken_for(np.full(page.ink.shape, Ink.RULES, np.uint8))
    rules = rule_pixels(page.ink, np.zeros_like(page.ink), everywhere, 40.0)
    np.testing.assert_array_equal(rules, page.ink)
