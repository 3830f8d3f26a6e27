"""What counts as one digit."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SegmentOptions:
    """What counts as one digit; lengths in digit heights.

    speck: smaller ink, in both directions, is no part of a digit. mark: ink smaller than this in
    any direction is dirt, no point or dash; tallest_mark, longest_mark: taller or longer ink among
    other writing is none either. low_word: ink wider than a digit is high is a word of small
    letters from this height on.
    least_height, most_height: a digit's own. ring: a lower ring of ink is a zero, as many people
    write it beside larger digits; ring_hole: the share of its box that is inside it; ring_gap: of
    its shorter side, how wide a pen or a coarse scan may leave it open.
    fragment: lower ink may be a broken-off stroke of its neighbour, if within join_gap of it.
    widest: two strokes further apart than this are not one digit's.
    longest: wider ink is no number, however many digits touch.
    """

    speck: float = 0.22
    mark: float = 0.08
    tallest_mark: float = 0.6
    longest_mark: float = 0.9
    low_word: float = 0.35
    least_height: float = 0.4
    most_height: float = 3.0
    ring: float = 0.25
    ring_hole: float = 0.12
    ring_gap: float = 0.2
    fragment: float = 0.65
    join_gap: float = 0.16
    widest: float = 1.3
    longest: float = 14.0


USUAL = SegmentOptions()
