"""Rules inside numbers: one that swallowed a comma, a table's line between two, an arrow's shaft.

On lined paper commas hang over the line, and are taken for a piece of it. Where a table's faint
lines close no cells, the numbers of two columns look like one. And a long arrow's shaft is taken
for a rule, its head for a 7.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import cv2
import numpy as np

from digitize.geometry import window
from digitize.group.doubt import Flags
from digitize.group.options import MARK_DROP
from digitize.records import Box, Number, Pixels

SPACE = 0.25  # of a number's height: between two digits a comma takes as much
FOOT = 0.4  # of a number's height above its foot: a comma begins no higher
LUMP = 0.15  # of a number's height: so much higher than its rule is a comma that hangs over it
LEAST_PIXELS = 3  # so much higher, at least: rules are ragged by a pixel on either side
UPRIGHT = 0.9  # of the height looked at: ink that fills it is of a rule that goes down
SHAFT = 0.8  # of a digit's height: so long an arrow's shaft is seen beside its head, at least
PAST_HEAD = 0.3  # of a digit's height: so far past its head the shaft does not go on
SHAFT_ROWS = (0.25, 0.75)  # of a digit's height below its top: there the shaft ends
LINE = 0.4  # of a number's height: a faint line between two columns has ink on so many rows


def may_be_ruled(number: Number, rules: Pixels, *, crossing: bool) -> bool:
    """Tell whether a rule may hide a comma in a number, part it in two, or be an arrow's shaft.

    rules: (height, width) uint8, 255 ink of a rule, in the number's frame. crossing: whether rules
    cross, and are thick where they do: then no comma is looked for.
    """
    return (
        may_be_parted(number, rules)
        or may_be_arrow(number, rules)
        or (not crossing and may_hide_comma(number, rules))
    )


def may_hide_comma(number: Number, rules: Pixels) -> bool:
    """Tell whether a rule has a lump at the foot of a space in the number."""
    height = float(np.median([digit.box.height for digit in number.digits]))
    feet = (
        Box(space.x, space.bottom - FOOT * height, space.width, (FOOT + MARK_DROP) * height)
        for space in spaces_of(number)
        if space.width >= SPACE * height
    )
    return any(has_lump(rules[window(foot)], number.box.height) for foot in feet)


def has_lump(rules: Pixels, height: float) -> bool:
    """Tell whether ink on a rule, or where one was, is far higher than the rule is thick.

    rules: (rows, columns) uint8. height: of the number that stands there, in pixels.
    """
    if not rules.any():
        return False
    thickness = float(np.median(np.count_nonzero(rules, axis=0)))
    *_, parts, _ = cv2.connectedComponentsWithStats(rules, connectivity=8)
    tall = parts[1:, cv2.CC_STAT_HEIGHT]
    lying = tall[tall < UPRIGHT * len(rules)]
    return bool((lying - thickness >= max(LEAST_PIXELS, LUMP * height)).any())


def may_be_parted(number: Number, rules: Pixels) -> bool:
    """Tell whether a rule goes down between some of the digits, and between others none.

    On squared paper, and between a comb's boxes, there is one in every space.
    """
    lined = [
        bool((rules[window(space)] > 0).any(axis=1).mean() >= LINE) for space in spaces_of(number)
    ]
    return any(lined) and not all(lined)


def may_be_arrow(number: Number, rules: Pixels) -> bool:
    """Tell whether a rule comes up to a lone digit from one side at half its height, and ends."""
    if len(number.digits) > 1:
        return False
    box, height = number.box, number.box.height
    top, end = (box.y + share * height for share in SHAFT_ROWS)

    def is_ruled(space: float, left: bool) -> Flags:
        width = space * height
        x = box.x - width if left else box.right
        beside = rules[window(Box(x, top, width, end - top))] if x >= 0 else rules[:0, :0]
        return np.asarray((beside > 0).any(axis=0), dtype=np.bool_)

    def is_shaft(left: bool) -> bool:
        beside = is_ruled(SHAFT, left)
        return len(beside) >= int(SHAFT * height) and bool(beside.all())

    return any(is_shaft(left) and not is_ruled(PAST_HEAD, not left).any() for left in (True, False))


def spaces_of(number: Number) -> Iterator[Box]:
    """Yield what lies between each two digits of the number that do not touch."""
    for left, right in pairwise(digit.box for digit in number.digits):
        top, bottom = min(left.y, right.y), max(left.bottom, right.bottom)
        if right.x - left.right >= 1:
            yield Box(left.right, top, right.x - left.right, bottom - top)
