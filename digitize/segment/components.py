"""Connected ink, loops and all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from digitize.geometry import union
from digitize.records import Box, Pixels
from digitize.segment.options import SegmentOptions


@dataclass(frozen=True, slots=True)
class Component:
    """Connected ink: its box and a mask of the same size, uint8, 255 ink."""

    box: Box
    mask: Pixels


def find_components(ink: Pixels) -> list[Component]:
    """Return the ink inside each outer contour, inner loops included."""
    return [_fill(ink, contour) for contour in find_contours(ink)]


def find_contours(ink: Pixels) -> list[NDArray[np.int32]]:
    """Return the outer contour of each component, (count, 1, 2) int32."""
    contours, _ = cv2.findContours(ink, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    return [np.asarray(contour, dtype=np.int32) for contour in contours]


def _fill(ink: Pixels, contour: NDArray[np.int32]) -> Component:
    x, y, width, height = cv2.boundingRect(contour)
    mask = np.zeros((height, width), dtype=np.uint8)
    cv2.drawContours(mask, [contour], -1, 255, cv2.FILLED, offset=(-x, -y))
    return Component(Box(x, y, width, height), mask & ink[y : y + height, x : x + width])


def count_enclosed(component: Component, gap: float) -> int:
    """Return how many pixels of paper a component encloses.

    gap: of its shorter side; a ring that is open no wider counts as closed.
    """
    reach = round(gap * min(component.mask.shape))
    edge = (reach,) * 4  # of paper, or what lies beyond would close it too
    closed = cv2.morphologyEx(
        cv2.copyMakeBorder(component.mask, *edge, cv2.BORDER_CONSTANT),
        cv2.MORPH_CLOSE,
        np.ones((reach + 1, reach + 1), np.uint8),
    )
    whole = np.zeros_like(closed)
    contours = find_contours(np.asarray(closed, dtype=np.uint8))
    cv2.drawContours(whole, contours, -1, 255, cv2.FILLED)
    return int(np.count_nonzero(whole > closed))


def drop_specks(
    components: Sequence[Component], height: float, options: SegmentOptions
) -> list[Component]:
    """Return the components that are not small in both directions."""
    least = options.speck * height
    return [c for c in components if max(c.box.width, c.box.height) >= least]


def merge(a: Component, b: Component) -> Component:
    """Return two components as one."""
    box = union([a.box, b.box])
    mask = np.zeros((round(box.height), round(box.width)), dtype=np.uint8)
    for part in (a, b):
        x, y = round(part.box.x - box.x), round(part.box.y - box.y)
        height, width = part.mask.shape
        mask[y : y + height, x : x + width] |= part.mask
    return Component(box, mask)
