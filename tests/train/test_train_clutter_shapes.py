"""Lines, boxes, crosses, blobs and texture."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from digitize.normalise import normalise_ink
from digitize.train.clutter import shapes
from digitize.train.clutter.shapes import SHAPES, draw_shapes

ROUNDING = 1e-6  # of single floats
SEEDS = range(40)


def extent(ink: np.ndarray) -> tuple[int, int]:
    """Return (width, height) of the ink."""
    rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    return columns[-1] - columns[0] + 1, rows[-1] - rows[0] + 1


@pytest.mark.parametrize("kind", SHAPES, ids=lambda kind: kind.__name__)
def test_every_shape_has_ink_that_can_be_normalised(kind):
    for seed in SEEDS:
        ink = kind(np.random.default_rng(seed))
        assert ink.shape == (96, 96)
        assert ink.dtype == np.uint8
        image = normalise_ink(ink)
        assert image.max() > 0.3


@pytest.mark.parametrize("kind", SHAPES, ids=lambda kind: kind.__name__)
def test_no_two_drawings_of_a_shape_are_alike(kind):
    drawn = {kind(np.random.default_rng(seed)).tobytes() for seed in SEEDS}
    assert len(drawn) == len(SEEDS)


def test_all_shapes_of_the_module_are_drawn():
    named = {name for name in vars(shapes) if name.startswith("draw_")} - {"draw_shapes"}
    assert named == {kind.__name__ for kind in SHAPES}


def test_shapes_are_images_of_ink_in_equal_shares():
    images = draw_shapes(60, np.random.default_rng(1))
    assert images.shape == (60, 28, 28)
    assert images.dtype == np.float32
    assert images.max() <= 1 + ROUNDING
    assert np.all(images.max(axis=(1, 2)) > 0.3)


def test_a_flat_line_lies():
    for seed in SEEDS:
        width, height = extent(shapes.draw_flat_line(np.random.default_rng(seed)))
        assert width > 0.5 * height


def test_a_junction_is_never_an_upright_line_which_would_be_a_1():
    for seed in range(200):
        ink = shapes.draw_junction(np.random.default_rng(seed))
        width, height = extent(ink)
        assert width > 0.15 * height


def test_dots_lie_apart_or_overlap_but_are_more_than_one():
    counts = {
        cv2.connectedComponents(shapes.draw_dots(np.random.default_rng(seed)))[0] - 1
        for seed in SEEDS
    }
    assert max(counts) == 5
    assert len(counts) > 2


def test_a_blob_is_one_piece_and_mostly_full():
    for seed in SEEDS:
        ink = shapes.draw_blob(np.random.default_rng(seed))
        assert cv2.connectedComponents(ink)[0] - 1 == 1
        width, height = extent(ink)
        assert (ink > 0).sum() > 0.4 * width * height


def test_the_same_seed_draws_the_same():
    first, again = (draw_shapes(20, np.random.default_rng(4)) for _ in range(2))
    assert np.array_equal(first, again)
