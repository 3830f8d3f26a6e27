"""How wide and how dark the ink of a glyph is, whatever else is on the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from digitize.appearance import appearances
from digitize.records import Box, FlatPage, Glyph

if TYPE_CHECKING:
    from tests.conftest import Paper


def flat(grey: np.ndarray) -> FlatPage:
    return FlatPage(grey, np.where(grey < 255, 255, 0).astype(np.uint8), np.eye(2, 3), 0.0)


def a_bar(width: int, height: int, level: int) -> tuple[Glyph, FlatPage]:
    """Return an upright bar of one grey level, on white paper with other ink beside it."""
    grey = np.full((120, 120), 255, np.uint8)
    grey[10 : 10 + height, 20 : 20 + width] = level
    grey[10:110, 100:110] = 0
    ink = np.full((height, width), 255, np.uint8)
    return Glyph(ink, Box(20, 10, width, height)), flat(grey)


@pytest.mark.parametrize("width", [4, 8, 16])
def test_the_stroke_is_told_in_the_glyphs_own_height(width: int) -> None:
    glyph, page = a_bar(width, 100, 0)
    (look,) = appearances([glyph], page)
    assert look.stroke == pytest.approx(width / 100, rel=0.2)


def test_the_stroke_of_a_page_scanned_twice_as_finely_is_the_same() -> None:
    coarse, fine = (
        appearances([glyph], page)[0] for glyph, page in (a_bar(4, 50, 0), a_bar(8, 100, 0))
    )
    assert coarse.stroke == pytest.approx(fine.stroke, rel=0.05)


@pytest.mark.parametrize(("level", "contrast"), [(0, 1.0), (51, 0.8), (204, 0.2)])
def test_the_contrast_is_that_of_the_ink_alone(level: int, contrast: float) -> None:
    glyph, page = a_bar(9, 60, level)
    (look,) = appearances([glyph], page)
    assert look.contrast == pytest.approx(contrast, abs=0.01)


def test_no_glyphs_have_no_looks(paper: type[Paper]) -> None:
    assert appearances([], flat(paper(50, 50).ink)) == []
