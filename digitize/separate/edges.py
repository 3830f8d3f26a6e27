"""Edges of shadows, folds and sheets, which binarise to thin strokes: paper is dark on one side."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from digitize.records import Pixels
from digitize.separate.parts import outlines_of

LEAST_HEIGHT = 0.35  # digit heights: shorter ink is no digit
SLENDER = 0.7  # of its height: a stroke that may be a 1 is no wider
BESIDE = (0.1, 0.3)  # digit heights beside a stroke: there is the paper that it is written on
SEEN = 0.6  # of the stroke's rows: in so many there is paper on a side, or nothing is known of it
STEP = 0.4  # of how dark the stroke is; pens reached 0.2, but for a few pale strokes on rules


def find_edges(digits: Pixels, ink: Pixels, grey: Pixels, height: float) -> Pixels:
    """Return those strokes of the digits that part light paper from dark, 255 edge.

    digits, ink: what may be digits, and all ink, (height, width) uint8, 255 ink. grey: the page, of
    the same shape. height: of its digits, in pixels. A pen's stroke has the same paper on both
    sides.
    """
    edges = np.zeros_like(digits)
    reach = farthest_beside(height) + 1
    for outline in outlines_of(digits):
        x, y, width, tall = cv2.boundingRect(outline)
        if tall < LEAST_HEIGHT * height or width > SLENDER * tall:
            continue
        rows, columns = np.s_[y : y + tall], np.s_[x : x + width]
        stroke = digits[rows, columns] > 0
        drawn = float(np.median(grey[rows, columns][stroke]))
        left = max(0, x - reach)
        about = rows, np.s_[left : x + width + reach]
        paper = np.where(ink[about] > 0, np.uint8(0), grey[about])
        if step_across(stroke, paper, x - left, height, drawn) >= STEP:
            edges[rows, columns][stroke] = 255
    return edges


def step_across(
    stroke: NDArray[np.bool_], paper: Pixels, left: int, height: float, drawn: float
) -> float:
    """Return how much darker the darker side's paper is, over how dark the stroke is.

    stroke: (rows, columns), where its ink is. paper: the grey levels in these rows, 0 where there
    is ink. left: the stroke's first column there. drawn: the stroke's own grey level. 0 where a
    side has hardly any paper: at the side of the page, or beside another stroke.
    """
    lines = np.flatnonzero(stroke.any(axis=1))
    first = left + stroke[lines].argmax(axis=1)
    last = left + stroke.shape[1] - 1 - stroke[lines, ::-1].argmax(axis=1)
    nearest, farthest = max(2, round(BESIDE[0] * height)), farthest_beside(height)
    if first.min() < farthest or last.max() + farthest >= paper.shape[1]:
        return 0.0
    away = np.arange(nearest, farthest + 1)
    sides = [
        paper[lines[:, None], columns].max(axis=1)
        for columns in (first[:, None] - away, last[:, None] + away)
    ]
    if any((side > 0).mean() < SEEN for side in sides):
        return 0.0
    darker, lighter = sorted(float(np.median(side[side > 0])) for side in sides)
    return (lighter - darker) / max(1.0, lighter - drawn)


def farthest_beside(height: float) -> int:
    """Return how far beside a stroke its paper is looked at, in pixels."""
    return max(2, round(BESIDE[1] * height))
