"""Ticks read as digits: a short arm falls to a notch, and a long stroke rises from there."""

from __future__ import annotations

import cv2
import numpy as np

from digitize.group.doubt import Flags
from digitize.records import Box, Number, Pixels

LEAN = 0.2  # of its height: the head of a tick stands so far to the right of its foot
ARM = 0.1  # of its height: so far to the left of its foot its arm begins
ARM_TOP = (0.2, 0.8)  # of its height above the foot: where the arm begins
FALL = 0.06  # of its height: so far the arm falls to the notch, where a 1's flag rises
VALLEY = 0.7  # of its width: the notch lies left of that
ARM_REACH = 0.5  # of its height to the left of the long stroke: an arm ends there at the latest
FOOT = 0.4  # of its height below the long stroke, where a cut may have parted it from its foot
END = 0.1  # of its height, at the top and at the foot: what is taken for head and foot
READ_AS = (1, 7)  # what a classifier takes ticks for, where it takes them for digits at all


def may_have_tick(number: Number, digits: Pixels, writing: Pixels) -> bool:
    """Tell whether a number has a 1 or 7 in the shape of a tick.

    digits, writing: the page's ink, (height, width) uint8, in the number's frame: an ink network
    may know the arm of a tick and take the rest for a 1. Of MNIST's 1s and 7s 2 in 1,000 have
    that shape, and so have all drawn ticks.
    """
    return any(
        digit.digit in READ_AS and is_tick(_whole(digit.box, digits, writing))
        for digit in number.digits
    )


def _whole(box: Box, digits: Pixels, writing: Pixels) -> Flags:
    """Return all ink that hangs together with that in a box, as far as a tick's arm may reach."""
    left, below = max(0, round(box.x - ARM_REACH * box.height)), box.bottom + FOOT * box.height
    place = np.s_[round(box.y) : round(below), left : round(box.right)]
    ink = cv2.bitwise_or(digits[place], writing[place])
    _, labels = cv2.connectedComponents(ink)
    inside = np.zeros(ink.shape, dtype=np.bool_)
    inside[: round(box.height), round(box.x) - left :] = True
    whole = np.isin(labels, labels[inside & (ink > 0)])
    x, y, width, height = cv2.boundingRect(whole.astype(np.uint8))
    return np.asarray(whole[y : y + height, x : x + width], dtype=np.bool_)


def is_tick(inked: Flags) -> bool:
    """Tell whether ink, (height, width) cropped to it, has the shape of a tick."""
    height, width = inked.shape
    end = max(1, round(END * height))
    foot = _middle(inked[height - end :])
    upper = np.where(inked.any(axis=0), inked.argmax(axis=0), height) / height
    valley = int(upper[: round(width * VALLEY)].argmax())
    arm = float(upper[: valley + 1].min())
    leans = _middle(inked[:end]) - foot >= LEAN * height
    has_arm = foot >= ARM * height and ARM_TOP[0] <= 1 - arm <= ARM_TOP[1]
    return bool(leans and has_arm and upper[valley] - arm >= FALL)


def _middle(rows: Flags) -> float:
    """Return the mean of the columns that have ink in any of these rows; 0 where none has."""
    columns = np.flatnonzero(rows.any(axis=0))
    return float(columns.mean()) if len(columns) else 0.0
