"""Wear: what is seen moves, and its classes with it."""

from __future__ import annotations

import cv2
import numpy as np

from digitize.train.inkpages.canvas import Canvas, Ink
from digitize.train.inkpages.classes import PAPER, WRITING
from digitize.train.inkpages.wear import wear

MANY = range(60)


def page_of_discs() -> Canvas:
    canvas = Canvas.blank(176)
    mask = np.zeros((176, 176), dtype=np.uint8)
    for x in (50, 90, 130):
        for y in (50, 90, 130):
            cv2.circle(mask, (x, y), 12, 255, -1)
    canvas.lay(mask, 0, 0, Ink((0.0, 0.0, 0.0), 1.0), WRITING)
    return canvas


def test_classes_lie_where_the_ink_is_seen():
    for seed in MANY:
        pixels, classes = wear(page_of_discs(), 128, np.random.default_rng(seed))
        dark = cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY) < 128
        assert np.mean(dark == (classes == WRITING)) > 0.93
        shared = (dark & (classes == WRITING)).sum()
        assert shared > 0.75 * (classes == WRITING).sum()


def test_the_crop_is_turned_at_times():
    places = []
    for seed in MANY:
        _, classes = wear(page_of_discs(), 128, np.random.default_rng(seed))
        rows, columns = np.nonzero(classes == WRITING)
        top = rows < 40
        places.append(rows[top & (columns < 50)].mean() - rows[top & (columns > 78)].mean())
    assert np.std(places) > 0.8


def test_some_crops_are_black_and_white():
    two = [
        set(np.unique(wear(page_of_discs(), 128, np.random.default_rng(seed))[0])) == {0, 255}
        for seed in MANY
    ]
    assert 0 < np.mean(two) < 0.3


def test_ink_too_pale_to_be_faxed_is_not_lost():
    canvas = Canvas.blank(176)
    mask = np.full((60, 60), 255, dtype=np.uint8)
    canvas.lay(mask, 50, 50, Ink((60.0, 60.0, 60.0), 0.12), WRITING)
    for seed in MANY:
        pixels, classes = wear(canvas, 128, np.random.default_rng(seed))
        inked = pixels[classes == WRITING].mean()
        assert inked < pixels[classes == PAPER].mean() - 2
