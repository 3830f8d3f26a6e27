"""Faint ink that is read all the same: what the ink network takes for digits, as of a pale pen."""

from __future__ import annotations

import cv2

from digitize.records import Pixels
from digitize.separate.ink_network import Ink
from digitize.separate.kinds import Kinds
from digitize.separate.parts import boxes_of, mean_in_parts, number_parts
from digitize.separate.places import inked_at, places_of

LEAST_SEEN = 0.75  # of a part's pixels: taken for digits; less are of a digit on a texture
SIZES = (0.6, 2.0)  # digit heights, of a part's longer side
MOST_FAINT = 2.0  # of the digits seen in plain ink: more are of something else, as pale words
LEAST_DIGITS = 20  # pixels taken for digits on a page: with fewer there is none


def with_faint(ink: Pixels, faint: Pixels | None, kinds: Kinds, height: float) -> Pixels:
    """Return the ink with those parts of the faint ink that are seen as digits.

    ink, faint: (height, width) uint8, 255 ink. height: of the page's digits, in pixels.
    """
    if faint is None:
        return ink
    here = faint[kinds.window]
    if cv2.countNonZero(here) < LEAST_DIGITS:
        return ink
    digits = kinds.likeliest(Ink.DIGITS)
    seen, plain = (cv2.bitwise_and(each, digits) for each in (here, ink[kinds.window]))
    letters = cv2.bitwise_and(here, kinds.likeliest(Ink.WRITING))
    most = MOST_FAINT * cv2.countNonZero(plain)
    if not max(LEAST_DIGITS, cv2.countNonZero(letters)) <= cv2.countNonZero(seen) <= most:
        return ink  # a page of pale words: what looks like a digit there is a piece of one
    count, numbers = number_parts(here)
    places = places_of(here)
    own = numbers.reshape(-1)[places]
    share = mean_in_parts(own, seen.reshape(-1)[places] > 0, count)
    longest = boxes_of(here, count, numbers)[:, 2:].max(axis=1) / height
    is_digit = (share >= LEAST_SEEN) & (longest >= SIZES[0]) & (longest <= SIZES[1])
    found = ink.copy()
    found[kinds.window] |= inked_at(places[is_digit[own]], here.shape)
    return found
