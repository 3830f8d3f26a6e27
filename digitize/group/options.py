"""How digits are gathered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

Layout: TypeAlias = Literal["page", "number"]

MARK_DROP = 0.35  # of a number's height: how far below it a comma's middle may hang
MINUS_SPACE = 0.4  # of a number's height: a minus ends so near; what a sum takes away, further off
SPLIT_GAP = 1.0  # of a number's height: digits beside a decimal mark or a dash are no further apart


@dataclass(frozen=True, slots=True)
class GroupOptions:
    """How digits are gathered; lengths in digit heights.

    layout: "page", or "number" where the picture is one cropped number.
    review_below: a number less certain than this is marked for review, 0 to 1.
    least_gap, most_gap: the space that parts two numbers is sought between these.
    wide_gap: a number with a wider space inside may be two.
    comb_width: a cell this narrow holds one digit of a number.
    mark_reach: a point or dash this near, sideways, belongs to the number.
    line_shift: how far a digit's middle may lie from its left neighbour's.
    second_reader: whether a reader of whole numbers follows; cuts are then its to confirm.
    written_near: a number with other writing this near, sideways, may have lost a digit to it.
    crowded: a number with other ink of a glyph's size this near, sideways, may be a part of one.
    """

    layout: Layout = "page"
    review_below: float = 0.95
    least_gap: float = 0.3
    most_gap: float = 1.1
    wide_gap: float = 0.6
    comb_width: float = 2.0
    mark_reach: float = 0.5
    line_shift: float = 0.6
    written_near: float = 0.4
    crowded: float = 0.8
    second_reader: bool = False


USUAL = GroupOptions()
