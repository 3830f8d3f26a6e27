"""One page, one screen: what happens between a picture and its numbers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeAlias

from digitize.appearance import Appearance, appearances
from digitize.clean import clean
from digitize.commas import without_commas
from digitize.confirm import confirm
from digitize.geometry import clip, direction, map_box
from digitize.group import (
    doubt_answers,
    doubt_codes,
    group,
    lines_of_lists,
    order_numbers,
    part_lists,
    read_by_count,
    read_marks,
    without_letters,
)
from digitize.group.by_ink import doubt_by_ink, usual_height
from digitize.group.doubt import doubt_holding
from digitize.group.inks import part_inks
from digitize.group.sums import doubt_taken_away
from digitize.options import PageOptions
from digitize.orient import find_turn, is_on_its_head, onto_given, turn_page
from digitize.readers import Readers
from digitize.recognise import Recognised, recognise
from digitize.records import (
    Box,
    Digit,
    FlatPage,
    Glyph,
    Layers,
    Number,
    Page,
    PageResult,
    Reading,
    Status,
)
from digitize.segment import find_marks, find_writing
from digitize.segment.rings import lift_rings
from digitize.segment.tied_marks import part_marks
from digitize.separate import separate
from digitize.verify import verify
from digitize.win_back import win_back

Watch: TypeAlias = Callable[[str, object], None]
"""Told of each stage's name and what came out of it, boxes in the flat page's pixels."""


def unwatched(_stage: str, _result: object) -> None:
    """Take no notice of a stage."""


def read_page(
    page: Page, readers: Readers, options: PageOptions, watch: Watch = unwatched
) -> PageResult:
    """Return all numbers on the page, in reading order, boxes in the page's own pixels."""
    flat, layers, numbers = find_numbers(page, readers, options, watch)
    # A picture said to be a number has one; and print, where it is wanted, looks like none.
    if options.group.layout != "number" and options.separate.printed == "skip":
        numbers = verify(numbers, lines_of_lists(numbers), layers, flat)
        numbers = order_numbers(doubt_codes(doubt_answers(without_letters(numbers))))
    watch("numbers", numbers)
    turn, skew_degrees = lie_of(flat)
    return PageResult(
        number=page.number,
        width=page.pixels.shape[1],
        height=page.pixels.shape[0],
        dpi=page.dpi,
        skew_degrees=skew_degrees,
        numbers=tuple(onto_page(number, flat, page) for number in numbers),
        turn=turn,
    )


def find_numbers(
    page: Page, readers: Readers, options: PageOptions, watch: Watch = unwatched
) -> tuple[FlatPage, Layers, list[Number]]:
    """Return the page flat, its layers, and all that may be its numbers, boxes on the flat page."""
    flat, layers = lay_upright(page, readers, options)
    layers = part_marks(lift_rings(win_back(layers, readers.classifier, options)))
    watch("clean", flat)
    watch("separate", layers)
    everything = recognise(layers, readers.classifier, options)
    found, commas = without_commas(everything, layers.digit_height)
    watch("recognise", found)
    marks = [*find_marks(layers, everything.glyphs, options.segment), *commas]
    grouping = replace(options.group, second_reader=readers.sequence is not None)
    numbers = first_reading(found, marks, flat, layers, replace(options, group=grouping))
    if readers.sequence:
        numbers = confirm(numbers, layers, readers.classifier, readers.sequence, grouping)
    read = doubt_taken_away(read_marks(numbers, marks, grouping), layers)
    return flat, layers, part_lists(read_by_count(read, grouping), grouping)


def first_reading(
    found: Recognised, marks: list[Box], flat: FlatPage, layers: Layers, options: PageOptions
) -> list[Number]:
    """Return the numbers that the digits recognised make, boxes in the flat page's pixels."""
    looks = appearances(found.glyphs, flat)
    digits = place_digits(found.glyphs, found.readings, looks, options.group.review_below)
    writing = find_writing(layers, options.segment)
    usual = usual_height(digits, layers)
    numbers = group(
        digits, layers.cells, found.refused, options.group, writing, layers.combs, usual, marks
    )
    numbers = doubt_holding(numbers, found.supplied())
    return doubt_by_ink(part_inks(numbers, flat.colour, layers.digits, options.group), layers)


def lay_upright(page: Page, readers: Readers, options: PageOptions) -> tuple[FlatPage, Layers]:
    """Return the page flat and upright, and its ink in layers; made again where it is turned."""
    flat, layers = lay_flat(page, options.orient.asked, readers, options)
    if options.orient.orientation != "auto":
        return flat, layers
    quarters = find_turn(layers, readers.classifier, options.orient)
    if not quarters:
        return flat, layers
    flat, layers = lay_flat(page, quarters, readers, options)
    if not is_on_its_head(layers, readers.classifier, options.orient):
        return flat, layers
    return lay_flat(page, quarters + 2, readers, options)


def lay_flat(
    page: Page, quarters: int, readers: Readers, options: PageOptions
) -> tuple[FlatPage, Layers]:
    """Return the page flat once turned clockwise by `quarters`, and its ink in layers."""
    flat = clean(turn_page(page, quarters), options.clean)
    flat = onto_given(flat, page.pixels.shape, quarters)
    return flat, separate(flat, options.separate, readers.ink)


def lie_of(flat: FlatPage) -> tuple[int, float]:
    """Return by how many right angles the page is to be turned, and how far it climbs then.

    Seen on the page as loaded: a sheet that lay askew on a photo climbs, however flat it is now.
    """
    height, width = flat.grey.shape
    degrees = direction(flat.to_page, width / 2, height / 2)
    turn = round(degrees / 90)
    return turn % 4, round(degrees - 90 * turn, 6) + 0.0  # and no -0.0


def place_digits(
    glyphs: Sequence[Glyph],
    readings: Sequence[Reading],
    looks: Sequence[Appearance],
    review_below: float,
) -> list[Digit]:
    """Return each reading as a digit at its glyph's place on the flat page.

    What was cut from touching ink is for review: the cut may be wrong, and the reading not know.
    """
    return [
        Digit(
            digit=reading.digit,
            confidence=reading.confidence,
            status=(
                Status.OK if reading.confidence >= review_below and not glyph.cut else Status.REVIEW
            ),
            box=glyph.box,
            alternatives=reading.alternatives,
            cut=glyph.cut,
            stroke=look.stroke,
            contrast=look.contrast,
        )
        for glyph, reading, look in zip(glyphs, readings, looks, strict=True)
    ]


def onto_page(number: Number, flat: FlatPage, page: Page) -> Number:
    """Return the number with its boxes in the loaded page's pixels instead of the flat page's."""
    height, width = page.pixels.shape[:2]

    def moved(item: Digit) -> Digit:
        return replace(item, box=clip(map_box(item.box, flat.to_page), width, height))

    digits = tuple(moved(digit) for digit in number.digits)
    box = clip(map_box(number.box, flat.to_page), width, height)
    return replace(number, box=box, digits=digits)
