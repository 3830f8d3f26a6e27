"""Numbers that were struck out: a stroke runs through their middle, and out on both sides."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from digitize.geometry import straight_through, union, window
from digitize.records import Box, Number, Pixels

SLOPES = np.linspace(-0.5, 0.5, 11)  # down over across: people strike out level, more or less
MIDDLE = (0.25, 0.75)  # of a digit's height below its top: a stroke passes its middle there
SLACK = 0.03  # of a digit's height: a hand's stroke strays so far from straight, either way
STROKE = 0.12  # of a digit's height, either way of the stroke: its ink, and what joins it
OUT = 0.14  # of a digit's height: how far it runs out on either side, where the bar of a 4 does not
RULE_REACH = 1.0  # of a digit's height: a strike runs out no further, on one side at least
AROUND = 0.4  # of a digit's height: how far beside a digit is looked
TURNS = 3  # of fitting a line to a stroke: what is near it is not known before
LEAST_REST = 0.15  # of a digit's height: what is left of it above the stroke and below


def is_struck(number: Number, digits: Pixels, writing: Pixels, rules: Pixels) -> bool:
    """Tell whether a number was struck out, or one of its digits.

    digits, writing, rules: the page's ink, (height, width) uint8, in the number's frame. A long
    stroke passes for a rule, but ends beside the number.
    """
    boxes = [digit.box for digit in number.digits]
    if len(boxes) > 1:
        boxes.append(union(boxes))
    return any(_is_crossed(box, digits, writing, rules) for box in boxes)


def _is_crossed(box: Box, digits: Pixels, writing: Pixels, rules: Pixels) -> bool:
    around = AROUND * box.height
    top, bottom = round(box.y), round(box.bottom)
    left = max(0, round(box.x - around))
    place = np.s_[top:bottom, left : round(box.right + around)]
    first = round(box.x) - left
    ink = (digits[place] | writing[place]) > 0
    if rules[place].any() and not runs_on(rules, box):
        ink |= rules[place] > 0
    return is_crossed(ink, first, first + round(box.width))


def runs_on(rules: Pixels, box: Box) -> bool:
    """Tell whether a rule is seen beside a box on both sides, further off than a strike reaches."""
    height = box.height
    nearest, middle = RULE_REACH * height, box.y + MIDDLE[0] * height
    tall, wide = (MIDDLE[1] - MIDDLE[0]) * height, (RULE_REACH / 2) * height
    far = (box.x - nearest - wide, box.right + nearest)
    return all(rules[window(Box(max(0.0, x), middle, wide, tall))].any() for x in far)


def is_crossed(ink: NDArray[np.bool_], first: int, last: int) -> bool:
    """Tell whether a stroke runs through ink between two columns, the last exclusive, and out.

    ink: (height, width) of a digit or a number, and some of what is beside it.
    """
    height = ink.shape[0]
    if not may_stick_out(ink, first, last):
        return False
    rows, start, end = longest_run(ink, (first + last) // 2)
    if end - start <= 2 * OUT * height:
        return False
    off = np.arange(height)[:, None] - along_middle(ink, rows, start, end)
    rest = ink & (np.abs(off) > STROKE * height)
    rest[:, :first] = rest[:, last:] = False
    columns = np.flatnonzero(rest.any(axis=0))
    if not len(columns):
        return False
    down = off[rest]
    is_between = min(-down.min(), down.max()) >= LEAST_REST * height
    out = min(columns[0] - start, end - 1 - columns[-1])
    return bool(is_between and out >= OUT * height)


def may_stick_out(ink: NDArray[np.bool_], first: int, last: int) -> bool:
    """Tell whether a stroke may run out of ink on both sides: a quick look, for few digits do.

    It runs on beside the digit, or nothing but the stroke is at the digit's own edge.
    """
    height, width = ink.shape
    edge = max(1, int(OUT * height))
    thickest = 2 * STROKE * height + 1

    def is_thin(columns: slice) -> bool:
        inked = ink[:, columns]
        top, bottom = inked.argmax(axis=0), height - inked[::-1].argmax(axis=0)
        return bool(((bottom - top)[inked.any(axis=0)] <= thickest).all())

    on_left = first > 0 and ink[:, first - 1].any()
    on_right = last < width and ink[:, last].any()
    return bool(
        (on_left or is_thin(np.s_[first : first + edge]))
        and (on_right or is_thin(np.s_[max(first, last - edge) : last]))
    )


def along_middle(
    ink: NDArray[np.bool_], rows: NDArray[np.int64], start: int, end: int
) -> NDArray[np.float64]:
    """Return the rows of a run once more, along the middle of its stroke: (width,).

    The run's own slope is one of few, so that a long stroke leaves it towards its ends.
    """
    height, width = ink.shape
    down, middle = np.arange(height)[:, None], rows.astype(np.float64)
    for _ in range(TURNS):
        near = ink & (np.abs(down - middle) <= STROKE * height)
        near[:, :start] = near[:, end:] = False
        count = np.count_nonzero(near, axis=0)
        inked = np.flatnonzero(count)
        if len(inked) < 2:
            break
        in_stroke = (near * down).sum(axis=0)[inked] / count[inked]
        middle = straight_through(inked, in_stroke, np.arange(width))
    return middle


def longest_run(ink: NDArray[np.bool_], middle: int) -> tuple[NDArray[np.int64], int, int]:
    """Return the longest straight run of ink through a column: its row at each, its two ends.

    It starts at the first end and stops before the second.
    """
    height, width = ink.shape
    slack = max(1, round(SLACK * height))
    thick = ink.copy()
    for shift in range(1, slack + 1):
        thick[shift:] |= ink[:-shift]
        thick[:-shift] |= ink[shift:]
    places = np.arange(round(MIDDLE[0] * height), round(MIDDLE[1] * height))
    places = places[thick[places, middle]]  # of the others none has a run through the middle
    if not len(places):
        return places, middle + 1, middle
    columns = np.arange(width)
    slopes = np.rint(SLOPES[:, None, None] * (columns - middle)).astype(np.int64)
    rows = np.clip(slopes + places[:, None], 0, height - 1)
    blank = ~thick[rows, columns]
    before, behind = blank[..., middle::-1], blank[..., middle:]
    left = np.where(before.any(axis=-1), before.argmax(axis=-1), middle + 1)
    right = np.where(behind.any(axis=-1), behind.argmax(axis=-1), width - middle)
    best = np.unravel_index((left + right).argmax(), left.shape)
    return rows[best], int(middle + 1 - left[best]), int(middle + right[best])
