"""Ink shared out by what its pixels are taken for: whole components vote, mixed ones are parted.

A stroke is not torn, and a piece of large print does not become a digit, because some of its pixels
look otherwise than the rest.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from digitize.records import Pixels
from digitize.separate.ink_network import Ink
from digitize.separate.kinds import Kinds

GHOST = 0.85  # of a component's pixels that are paper: a texture, not ink
MIXED = (0.2, 0.8)  # of a component's pixels that are digits: a digit touching something else
LEAST_MIXED = 1.5  # digit heights, of the longer side: smaller components hold one thing
LEAST_PIECE = 0.4  # digit heights, of the longer side: smaller pieces of mixed ones are no digit


def rule_pixels(ink: Pixels, removed: Pixels, kinds: Kinds) -> Pixels:
    """Return the ink that belongs to rules, (height, width) uint8.

    removed: the ink that lies on rules found by their shape; where the network sees a digit's
    stroke on it, that stays.
    """
    seen = kinds.inks == Ink.RULES
    on_rules = (removed > 0) & (kinds.inks != Ink.DIGITS)
    return np.where((ink > 0) & (seen | on_rules), 255, 0).astype(np.uint8)


def share_out(
    ink: Pixels, kinds: Kinds, wanted: tuple[Ink, ...], height: float
) -> tuple[Pixels, Pixels]:
    """Return the ink of the wanted kinds, and all other; what is taken for paper is in neither.

    ink: (height, width) uint8 without rules. height: of the digits, in pixels.
    """
    count, labels, statistics, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    inked = ink > 0
    own, places = labels[inked], np.isin(kinds.inks[inked], wanted)
    size = np.maximum(np.bincount(own, minlength=count), 1)
    share = np.bincount(own, weights=places, minlength=count) / size
    paper = np.bincount(own, weights=kinds.kinds[inked] == Ink.PAPER, minlength=count) / size
    longest = statistics[:, [cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT]].max(axis=1)
    is_mixed = (share > MIXED[0]) & (share < MIXED[1]) & (longest > LEAST_MIXED * height)
    chosen = (share >= 0.5) & ~is_mixed
    digits = np.zeros_like(ink)
    digits[inked] = np.where(chosen[own] | (is_mixed[own] & places), 255, 0)
    if is_mixed.any():
        digits = _without_pieces(digits, is_mixed[labels], LEAST_PIECE * height)
    real = np.zeros_like(ink)
    real[inked] = np.where((paper <= GHOST)[own], 255, 0)
    digits = np.asarray(cv2.bitwise_and(digits, real), dtype=np.uint8)
    return digits, np.asarray(cv2.subtract(real, digits), dtype=np.uint8)


def _without_pieces(digits: Pixels, within: NDArray[np.bool_], least: float) -> Pixels:
    """Return the digits without the pieces `within` mixed components that are too small for one."""
    _, labels, statistics, _ = cv2.connectedComponentsWithStats(digits, connectivity=8)
    longest = statistics[:, [cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT]].max(axis=1)
    return np.where((longest < least)[labels] & within, 0, digits).astype(np.uint8)
