from __future__ import annotations

import numpy as np
import pytest

from digitize.export.framed import FRAME, framed
from digitize.export.originals import Crop
from digitize.records import Box

LARGEST = (300, 100)
GREY = 90


def crop(height: int, width: int, box: Box) -> Crop:
    return Crop(np.full((height, width, 3), GREY, np.uint8), box)


@pytest.mark.parametrize(("height", "width"), [(1, 4000), (4000, 1), (1, 1), (100, 300), (60, 90)])
def test_a_picture_fits_where_it_goes(height: int, width: int) -> None:
    shown = framed(crop(height, width, Box(0, 0, width, height)), LARGEST, 4.0)
    assert 1 <= shown.shape[0] <= LARGEST[1]
    assert 1 <= shown.shape[1] <= LARGEST[0]


def test_a_small_picture_is_enlarged_only_as_far_as_asked() -> None:
    box = Box(2, 2, 4, 4)
    assert framed(crop(10, 20, box), LARGEST).shape[:2] == (10, 20)
    assert framed(crop(10, 20, box), LARGEST, 3.0).shape[:2] == (30, 60)


def test_the_frame_goes_about_the_number_and_leaves_its_ink() -> None:
    shown = framed(crop(80, 160, Box(40, 20, 80, 40)), LARGEST)
    assert (shown[20:60, 40:120] == GREY).all()
    rows, columns = np.nonzero((shown == FRAME).all(axis=2))
    assert 10 < rows.min() < 20
    assert 60 <= rows.max() < 70
    assert 30 < columns.min() < 40
    assert 120 <= columns.max() < 130
