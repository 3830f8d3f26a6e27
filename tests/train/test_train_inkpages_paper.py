"""Paper, what lies on it and under it: none of it has another class."""

from __future__ import annotations

import numpy as np
import pytest

from digitize.train.inkpages import paper
from digitize.train.inkpages.canvas import Canvas, Ink
from digitize.train.inkpages.classes import BY_RANK, DIGITS, PAPER

LIGHTS = (paper.tint, paper.clouds, paper.security_print, paper.shadow, paper.stain, paper.specks)
COVERS = (paper.hole, paper.margin, paper.desk)
SEEDS = range(12)


def written() -> Canvas:
    canvas = Canvas.blank(120)
    ink = np.full((120, 120), 255, dtype=np.uint8)
    canvas.lay(ink, 0, 0, Ink((0.0, 0.0, 0.0), 0.5), DIGITS)
    return canvas


@pytest.mark.parametrize("feature", LIGHTS + COVERS)
def test_paper_stays_paper(feature):
    for seed in SEEDS:
        canvas = Canvas.blank(120)
        feature(canvas, np.random.default_rng(seed))
        assert (BY_RANK[canvas.rank] == PAPER).all()
        assert np.isfinite(canvas.paint).all()
        assert canvas.paint.dtype == np.float32


@pytest.mark.parametrize("feature", LIGHTS + COVERS)
def test_it_can_be_seen(feature):
    seen = []
    for seed in SEEDS:
        canvas = Canvas.blank(120)
        feature(canvas, np.random.default_rng(seed))
        seen.append(np.abs(canvas.paint - 255).max() > 2)
    assert np.mean(seen) > 0.6


@pytest.mark.parametrize("feature", LIGHTS)
def test_light_leaves_digits_what_they_are(feature):
    canvas = written()
    feature(canvas, np.random.default_rng(0))
    assert (BY_RANK[canvas.rank] == DIGITS).all()


@pytest.mark.parametrize("feature", COVERS)
def test_what_covers_the_sheet_hides_its_digits(feature):
    shares = []
    for seed in SEEDS:
        canvas = written()
        feature(canvas, np.random.default_rng(seed))
        shares.append((BY_RANK[canvas.rank] == PAPER).mean())
    assert max(shares) > 0.01
    assert min(shares) < 1


def test_a_plane_gives_each_pixel_its_place():
    x, y = paper.plane(5)
    assert (x[2, 4], y[2, 4]) == (4, 2)
