"""Rings drawn around numbers, told from the digits in them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import cv2
import numpy as np
from numpy.typing import NDArray

from digitize.geometry import window
from digitize.records import Box, Layers, Pixels
from digitize.segment.components import find_contours

LEAST_RING = 1.15  # digit heights, down: room for a digit and space around it
MOST_RING = (12.0, 4.0)  # digit heights, across and down
LEAST_ASPECT = 0.7  # its width over its height: a narrower ring is a zero with a stroke in it
MOST_OF_BOX = 0.92  # of its box a ring encloses: an ellipse 0.79, a frame nearly all of it
LEAST_CONVEX = 0.94  # of its convex hull a ring encloses: two zeros that touch, less
GAP = 0.2  # digit heights: a ring's ends are no further apart
RULED_GAP = 2.0  # digit heights: where a rule ran along a ring, no more of it is erased
AROUND = 0.15  # digit heights: a rule that took a ring's top lies no further outside what is left
PEEL = 1.4  # stroke widths: pen and hand waver, so that a ring is no wider than this
LEAST_DIGIT = 0.5  # digit heights: lower ink in a ring makes it no ring around a number
CRUMB = 0.3  # digit heights: what is left of a ring where it was wider is lower


def lift_rings(layers: Layers) -> Layers:
    """Return the layers with each ring around a number among rules and boxes.

    Digits that touched their ring lost a little ink with it: they count as won back.
    """
    rings, touched = np.zeros_like(layers.digits), np.zeros_like(layers.digits)
    for place, outline in find_outlines(layers):
        ink = layers.digits[place] | layers.writing[place]
        ring, inner = part_ring(ink, outline, layers.digit_height)
        digits = inner & layers.digits[place]
        if is_high(digits, LEAST_DIGIT * layers.digit_height):
            rings[place] |= ring
            touched[place] |= np.where(_grown(ring), digits, 0).astype(np.uint8)
    if not rings.any():
        return layers
    won_back = touched if layers.won_back is None else layers.won_back | touched
    return replace(
        layers,
        digits=layers.digits & ~rings,
        writing=layers.writing & ~rings,
        rules=layers.rules | rings,
        won_back=won_back if won_back.any() else None,
    )


def find_outlines(layers: Layers) -> Iterator[tuple[tuple[slice, slice], Pixels]]:
    """Yield where ink of a ring's size and shape lies, and a mask of it with all that it encloses.

    It is closed where its ends hardly meet, and where a rule was erased that ran along it. Part of
    it may lie in other writing, since its ink was shared out with the digits that it touches.
    """
    height, ink = layers.digit_height, layers.digits | layers.writing
    for contour in find_contours(ink):
        x, y, width, tall = cv2.boundingRect(contour)
        if not _is_ring_sized(width, tall, height):
            continue
        place = window(_about(Box(x, y, width, tall), AROUND * height, ink.shape))
        if not is_high(layers.digits[place], LEAST_DIGIT * height):
            continue
        drawn = np.zeros_like(ink[place])
        corner = (-place[1].start, -place[0].start)
        cv2.drawContours(drawn, [contour], -1, 255, cv2.FILLED, offset=corner)
        drawn &= ink[place]
        outline = outlined(drawn, layers.rules[place], height)
        if is_round(outline):
            yield place, outline


def outlined(drawn: Pixels, rules: Pixels, height: float) -> Pixels:
    """Return ink with all that it encloses, gaps closed: wide ones only where a rule goes."""
    around = np.ones((2 * round(AROUND * height) + 1,) * 2, np.uint8)
    near = np.asarray(cv2.dilate(_closed(drawn, round(RULED_GAP * height)), around), dtype=np.uint8)
    closed = _closed(drawn | (near & rules), round(GAP * height))
    outline = np.zeros_like(drawn)
    cv2.drawContours(outline, find_contours(closed), -1, 255, cv2.FILLED)
    return outline


def _is_ring_sized(width: int, tall: int, height: float) -> bool:
    is_high = LEAST_RING * height <= tall <= MOST_RING[1] * height
    return is_high and LEAST_ASPECT * tall <= width <= MOST_RING[0] * height


def _about(box: Box, reach: float, shape: tuple[int, ...]) -> Box:
    """Return the box with this much more on each side, within a page of this shape."""
    left, top = max(0.0, round(box.x - reach)), max(0.0, round(box.y - reach))
    right, bottom = min(shape[1], box.right + reach), min(shape[0], box.bottom + reach)
    return Box(left, top, round(right) - left, round(bottom) - top)


def _closed(mask: Pixels, gap: int) -> Pixels:
    """Return the mask without gaps narrower than this, in pixels."""
    framed = cv2.copyMakeBorder(mask, gap, gap, gap, gap, cv2.BORDER_CONSTANT, value=0)
    square = np.ones((gap + 1, gap + 1), np.uint8)
    closed = np.asarray(cv2.morphologyEx(framed, cv2.MORPH_CLOSE, square), dtype=np.uint8)
    return closed[gap : gap + mask.shape[0], gap : gap + mask.shape[1]]


def is_round(outline: Pixels) -> bool:
    """Tell whether a filled outline, (height, width) uint8, may be a ring's."""
    edge = np.concatenate(find_contours(outline))
    hull = cv2.fillConvexPoly(np.zeros_like(outline), cv2.convexHull(edge), 255)
    _, _, width, height = cv2.boundingRect(edge)
    area = cv2.countNonZero(outline)
    return area <= MOST_OF_BOX * width * height and area >= LEAST_CONVEX * cv2.countNonZero(hull)


def part_ring(ink: Pixels, outline: Pixels, height: float) -> tuple[Pixels, Pixels]:
    """Return the ring and the ink in it, masks like the outline.

    The ring is peeled off: it is what lies within a stroke's width of the outline.
    """
    framed = cv2.copyMakeBorder(outline, 1, 1, 1, 1, cv2.BORDER_CONSTANT, value=0)
    depth = cv2.distanceTransform(framed, cv2.DIST_L2, 3)[1:-1, 1:-1]
    held = ink & outline
    band = np.where(depth <= PEEL * stroke_width(held), held, 0).astype(np.uint8)
    inner = _without_crumbs(held & ~band, band, CRUMB * height)
    return held & ~inner, inner


def is_high(ink: Pixels, least: float) -> bool:
    """Tell whether any connected ink is at least so high."""
    return any(cv2.boundingRect(contour)[3] >= least for contour in find_contours(ink))


def stroke_width(mask: Pixels) -> float:
    """Return the usual width of strokes, in pixels: twice their area over all their outlines."""
    contours, _ = cv2.findContours(mask, cv2.RETR_LIST, cv2.CHAIN_APPROX_NONE)
    length = sum(cv2.arcLength(contour, True) for contour in contours)
    return 2 * cv2.countNonZero(mask) / max(length, 1.0) + 1  # an outline runs along pixel middles


def _without_crumbs(inner: Pixels, band: Pixels, least: float) -> Pixels:
    """Return the inner ink less what is lower than `least` and touches the band."""
    count, labels, stats, _ = cv2.connectedComponentsWithStats(inner)
    touching = np.unique(labels[_grown(band)])
    kept = np.ones(count, dtype=np.bool_)
    kept[touching] = stats[touching, cv2.CC_STAT_HEIGHT] >= least
    kept[0] = False
    return np.where(kept[labels], 255, 0).astype(np.uint8)


def _grown(mask: Pixels) -> NDArray[np.bool_]:
    return np.asarray(cv2.dilate(mask, np.ones((3, 3), np.uint8)) > 0, dtype=np.bool_)
