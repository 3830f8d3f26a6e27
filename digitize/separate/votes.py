"""Ink shared out by what its pixels are taken for: whole components vote, mixed ones are parted.

A stroke is not torn, and a piece of large print does not become a digit, because some of its pixels
look otherwise than the rest; and a component that could be either is what those around it are.
"""

from __future__ import annotations

from typing import NamedTuple, TypeAlias

import cv2
import numpy as np
from numpy.typing import NDArray

from digitize.records import Floats, Pixels
from digitize.separate.ink_network import Ink
from digitize.separate.kinds import Kinds
from digitize.separate.neighbours import among_neighbours
from digitize.separate.parts import boxes_of, mean_in_parts, number_parts
from digitize.separate.places import Places, inked_at, places_of

Flags: TypeAlias = NDArray[np.bool_]

LONGEST_DIGIT = 3.0  # digit heights: a 7 or 9 with a long tail is no higher
MOSTLY = 0.7  # of a small component's pixels that are seen as a rule: it is one
WALL = 0.85  # of a component's pixels that lie on rules: a bit of wall; digits reach into squares
SLIVER = (0.05, 0.3)  # digit heights: thinner ink, and so long, that lies on a rule is of its edge
THICKEST_SLIVER = 3  # pixels: where digits are large, fine pens are thicker
GHOST = 0.85  # of a component's pixels that are paper: a texture, not ink
MIXED = (0.2, 0.8)  # of a component's pixels that are digits: a digit touching something else
LEAST_MIXED = 1.5  # digit heights: narrower components, no higher than digits, hold one thing
LEAST_PIECE = 0.4  # digit heights, of the longer side: smaller pieces of mixed ones are no digit
SUREST = 9.0  # a logarithm of odds counts as no more: no network knows so much
LIKE_PRINT = 4.0  # logarithm of odds by which ink must rather be print than digits: neat hands do
HARDLY = -4.0  # logarithm of odds by which a component may be no digit, and be one after all
TAKEN = -1.4  # logarithm of odds, one in five: taken for a digit until more is known of it
LIKELY = 0.7  # logarithm of odds, two in three: what is less a digit among its neighbours hardly is
LEAST_VOTER = 0.45  # digit heights, of the longer side: smaller ones say nothing about the page


class Shares(NamedTuple):
    """The ink of a page told apart, masks (height, width) uint8, 255 ink, 0 paper.

    digits: of the wanted kinds. writing: all other. could_be: what of the writing could as well be
    digits. hardly: what of the digits could as well be writing. odds: float16, of each pixel of ink
    the logarithm of the odds that it is of the wanted kinds.
    """

    digits: Pixels
    writing: Pixels
    could_be: Pixels
    hardly: Pixels
    odds: NDArray[np.float16]


def rule_pixels(ink: Pixels, removed: Pixels, kinds: Kinds, height: float) -> Pixels:
    """Return the ink that belongs to rules, (height, width) uint8.

    removed: the ink that lies on rules found by their shape. Where the network sees a digit's
    stroke on it, that stays, unless nothing hangs on it that lies elsewhere: a bit of wall. What
    hangs together on a rule and is mostly seen as digits is a stroke that was thought a rule.
    height: of the digits, in pixels.
    """
    places = places_of(ink)
    _, digit, writing, rule, printed = kinds.at(places, ink.shape[1])
    is_digit = digit >= np.maximum(np.maximum(writing, rule), printed)
    seen_as_rule = (rule > np.maximum(digit, writing)) & (rule >= printed)
    is_removed = removed.reshape(-1)[places] > 0
    on_rule = is_removed & ~_of_most(is_digit & is_removed, removed, places)
    off_rules = np.asarray(cv2.subtract(ink, removed), dtype=np.uint8)
    seen_as_rule = _without_tails(seen_as_rule, off_rules, places, height)
    belongs = seen_as_rule | (on_rule & ~is_digit)
    rest = inked_at(places[~belongs], ink.shape)
    belongs |= _of_slivers(rest, on_rule & ~belongs, places, height)
    rest = inked_at(places[~belongs], ink.shape)
    belongs |= _of_most(on_rule & ~belongs, rest, places, WALL)
    return inked_at(places[belongs], ink.shape)


def _of_most(flags: Flags, ink: Pixels, places: Places, most: float = 0.5) -> Flags:
    """Return whether more than `most` of the connected ink at each place is flagged.

    None is off the ink.
    """
    if not flags.any():
        return flags
    count, numbers = number_parts(ink)
    own = numbers.reshape(-1)[places]
    return np.asarray((mean_in_parts(own, flags, count) > most)[own], dtype=np.bool_)


def _of_slivers(ink: Pixels, flags: Flags, places: Places, height: float) -> Flags:
    """Return which flagged places are of ink that is long, and thinner than a pen's.

    Beside a digit that touches it, a wall's edge is seen as part of the digit.
    """
    side = min(THICKEST_SLIVER, max(2, round(SLIVER[0] * height)))
    wide = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((side, side), np.uint8))
    is_thin = flags & (wide.reshape(-1)[places] == 0)
    return _of_large(is_thin, places, ink.shape, SLIVER[1] * height)


def _without_tails(seen_as_rule: Flags, off_rules: Pixels, places: Places, height: float) -> Flags:
    """Return which inked places are seen as rules, but for those of strokes that go on as others.

    Alone, a 7's straight tail looks like a rule; a rule that was not found by its shape is longer
    than a digit, or all of it is seen as one.
    """
    count, numbers = number_parts(off_rules)
    own, boxes = numbers.reshape(-1)[places], boxes_of(off_rules, count, numbers)
    is_small = boxes[:, 2:].max(axis=1) < LONGEST_DIGIT * height
    is_partly = mean_in_parts(own, seen_as_rule, count) < MOSTLY
    keeps = is_small & is_partly
    keeps[0] = False
    return np.asarray(seen_as_rule & ~keeps[own], dtype=np.bool_)


def share_out(ink: Pixels, kinds: Kinds, wanted: tuple[Ink, ...], height: float) -> Shares:
    """Return the ink in shares; what is taken for paper is in none of them.

    ink: (height, width) uint8 without rules. height: of the digits, in pixels.
    """
    count, numbers = number_parts(ink)
    places = places_of(ink)
    own, logits = numbers.reshape(-1)[places], kinds.at(places, ink.shape[1])
    odds = odds_of(logits, wanted)
    share = mean_in_parts(own, odds > 0, count)
    paper = mean_in_parts(own, logits[Ink.PAPER] >= logits[Ink.PAPER + 1 :].max(axis=0), count)
    boxes = boxes_of(ink, count, numbers)
    longest = boxes[:, 2:].max(axis=1)
    is_large = (boxes[:, 2] > LEAST_MIXED * height) | (boxes[:, 3] > LONGEST_DIGIT * height)
    is_mixed = (share > MIXED[0]) & (share < MIXED[1]) & is_large
    is_voter = (longest > LEAST_VOTER * height) & (paper <= GHOST)
    is_voter[0] = False
    votes = mean_in_parts(own, odds, count)
    middles = boxes[:, :2] + boxes[:, 2:] / 2
    judged = among_neighbours(votes, middles, is_voter, height)
    chosen = (judged > TAKEN) & ~is_mixed
    is_piece = is_mixed[own] & (odds > 0)
    is_digit = chosen[own] | _of_large(is_piece, places, ink.shape, LEAST_PIECE * height)
    is_real = (paper <= GHOST)[own]
    could_be = ~chosen & ~is_mixed & is_voter & (votes > HARDLY)
    hardly = (chosen & (judged < LIKELY))[own]
    plane = np.zeros(ink.size, dtype=np.float16)
    plane[places] = odds
    return Shares(
        digits=inked_at(places[is_digit & is_real], ink.shape),
        writing=inked_at(places[~is_digit & is_real], ink.shape),
        could_be=inked_at(places[could_be[own]], ink.shape),
        hardly=inked_at(places[hardly & is_real], ink.shape),
        odds=plane.reshape(ink.shape),
    )


def odds_of(logits: Floats, wanted: tuple[Ink, ...]) -> Floats:
    """Return (count,) float32, logarithms of the odds that pixels are of the wanted kinds.

    logits: (5, count). Against other writing and print alone: where ink is, there is no paper.
    """
    others = [kind for kind in (Ink.DIGITS, Ink.WRITING, Ink.PRINTED) if kind not in wanted]
    if not others:
        return np.full(logits.shape[1], SUREST, dtype=np.float32)
    weighed = logits.copy()
    weighed[Ink.PRINTED] -= LIKE_PRINT
    for_it = np.logaddexp.reduce(weighed[list(wanted)], axis=0)
    against = np.logaddexp.reduce(weighed[others], axis=0)
    return np.asarray(np.clip(for_it - against, -SUREST, SUREST), dtype=np.float32)


def _of_large(flags: Flags, places: Places, shape: tuple[int, ...], least: float) -> Flags:
    """Return which flagged places hang together with others over at least so many pixels."""
    if not flags.any():
        return flags
    pieces = inked_at(places[flags], shape)
    count, numbers = number_parts(pieces)
    is_large = boxes_of(pieces, count, numbers)[:, 2:].max(axis=1) >= least
    return np.asarray(is_large[numbers.reshape(-1)[places]], dtype=np.bool_)
