"""One page, one screen: what happens between a picture and its numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from digitize.appearance import Appearance, appearances
from digitize.clean import clean
from digitize.decode import decode
from digitize.geometry import clip, map_box
from digitize.group import group, read_marks
from digitize.normalise import normalise
from digitize.options import PageOptions
from digitize.readers import Readers
from digitize.records import (
    Box,
    Digit,
    FlatPage,
    Glyph,
    Number,
    Page,
    PageResult,
    Reading,
    Status,
)
from digitize.segment import find_marks, segment
from digitize.separate import separate


def read_page(page: Page, readers: Readers, options: PageOptions) -> PageResult:
    """Return all numbers on the page, in reading order, boxes in the page's own pixels."""
    flat = clean(page, options.clean)
    layers = separate(flat, options.separate, readers.ink)
    candidates = segment(layers, options.segment)
    images = normalise(candidates, options.normalise)
    readings = decode(readers.classifier.scores(images), options.decode)
    glyphs, readings, refused = part_refused(candidates, readings)
    digits = place_digits(glyphs, readings, appearances(glyphs, flat), options.group.review_below)
    marks = find_marks(layers, glyphs, options.segment)
    grouped = group(digits, layers.cells, refused, options.group)
    numbers = read_marks(grouped, marks, options.group)
    return PageResult(
        number=page.number,
        width=page.pixels.shape[1],
        height=page.pixels.shape[0],
        dpi=page.dpi,
        skew_degrees=flat.skew_degrees,
        numbers=tuple(onto_page(number, flat, page) for number in numbers),
    )


def part_refused(
    glyphs: Sequence[Glyph], readings: Sequence[Reading | None]
) -> tuple[list[Glyph], list[Reading], list[Box]]:
    """Return the glyphs that were read, their readings, and the boxes of those refused."""
    pairs = list(zip(glyphs, readings, strict=True))
    read = [(glyph, reading) for glyph, reading in pairs if reading is not None]
    refused = [glyph.box for glyph, reading in pairs if reading is None]
    return [glyph for glyph, _ in read], [reading for _, reading in read], refused


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
