"""How the ink of a page is told apart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from digitize.separate.ink_network import Ink

PrintedDigits: TypeAlias = Literal["skip", "keep"]
Written: TypeAlias = Literal["anything", "digits"]


@dataclass(frozen=True, slots=True)
class SeparateOptions:
    """How rules are told from strokes; lengths in digit heights.

    piece_length: a straight run this long may be a piece of a rule.
    rule_length: a rule that stands alone is at least this long.
    box_side: a side of a box, ending on two rules, may be this short.
    dot_gap: gaps this short within a piece are a dotted or faded rule's own.
    row_gap, column_gap: the longest gap between pieces of one horizontal or vertical rule.
    long_rule: from this length on a rule may be broken.
    whole_cover, broken_cover: the least inked share of a rule's length, below and from long_rule.
    printed: whether printed digits are read too.
    written: what may stand on the page; on a picture of one number joined digits are no word.
    """

    piece_length: float = 0.7
    rule_length: float = 3.0
    box_side: float = 1.02
    dot_gap: float = 0.12
    row_gap: float = 1.0
    column_gap: float = 0.35
    long_rule: float = 8.0
    whole_cover: float = 0.95
    broken_cover: float = 0.55
    printed: PrintedDigits = "skip"
    written: Written = "anything"

    @property
    def wanted(self) -> tuple[Ink, ...]:
        """The kinds of ink that digits are looked for in."""
        if self.written == "digits":
            return (Ink.DIGITS, Ink.WRITING, Ink.PRINTED)
        return (Ink.DIGITS, Ink.PRINTED) if self.printed == "keep" else (Ink.DIGITS,)


USUAL = SeparateOptions()
