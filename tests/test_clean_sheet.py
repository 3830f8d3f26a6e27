"""A sheet on a desk is found and laid flat; a page that is no such photo stays as it is."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digitize.clean import clean, find_sheet, lay_flat
from digitize.clean.reduced import grey_of, thumbnail
from digitize.geometry import contains, map_box
from digitize.records import Box, Page, Pixels

SHEET = np.array([[0.0, 0.0], [420.0, 0.0], [420.0, 594.0], [0.0, 594.0]])


def desk(width: int = 900, height: int = 1000, seed: int = 1) -> Pixels:
    """A dark desk with a grain."""
    grain = np.random.default_rng(seed).normal(70, 12, (height, width // 10, 3))
    return np.clip(np.repeat(grain, 10, axis=1), 0, 255).astype(np.uint8)


def photo(corners: np.ndarray, paper: int = 225) -> tuple[Pixels, np.ndarray]:
    """A sheet with lines of strokes on a desk, its corners there, and the map from it."""
    sheet = np.full((594, 420, 3), paper, np.uint8)
    for y in range(60, 560, 40):
        for x in range(40, 380, 25):
            sheet[y : y + 22, x : x + 4] = 30
    to_photo = cv2.getPerspectiveTransform(SHEET.astype(np.float32), corners.astype(np.float32))
    picture, size = desk(), (900, 1000)
    there = cv2.warpPerspective(np.full((594, 420), 255, np.uint8), to_photo, size)
    picture[there > 127] = cv2.warpPerspective(sheet, to_photo, size)[there > 127]
    return picture, to_photo


def small(picture: Pixels) -> Pixels:
    """What is looked at: a grey thumbnail."""
    return grey_of(thumbnail(picture))


def turned(degrees: float, squeeze: float = 1.0) -> np.ndarray:
    """The corners of a sheet that lies turned on the desk, its upper edge `squeeze` as wide."""
    corners = SHEET - SHEET.mean(axis=0)
    corners[:2, 0] *= squeeze
    angle = np.deg2rad(degrees)
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    return corners @ turn.T + [450, 500]


@settings(max_examples=20, deadline=None)
@given(st.floats(-35, 35), st.floats(0.85, 1.0))
def test_a_sheet_on_a_desk_is_found_however_it_lies(degrees: float, squeeze: float) -> None:
    corners = turned(degrees, squeeze)
    found = find_sheet(small(photo(corners)[0]))
    assert found is not None
    distances = np.linalg.norm((found * [900, 1000])[:, None] - corners[None], axis=2)
    assert distances.min(axis=1).max() < 25


def test_what_is_read_on_the_sheet_is_placed_on_the_photo() -> None:
    picture, to_photo = photo(turned(20, 0.9))
    corners = find_sheet(small(picture))
    assert corners is not None
    sheet, to_page = lay_flat(picture, corners)
    stroke = map_box(Box(40, 60, 4, 22), np.linalg.inv(to_page) @ to_photo)
    x, y = (round(middle) for middle in stroke.centre)
    assert sheet[y - 3 : y + 4, x - 3 : x + 4].min() < 90
    back = map_box(Box(x, y, 1, 1), to_page)
    assert contains(map_box(Box(36, 56, 12, 30), to_photo), back.centre)


def test_a_sheet_in_a_photo_is_cleaned_alone_and_upright() -> None:
    flat = clean(Page(1, photo(turned(25))[0], 0))
    assert abs(flat.skew_degrees) < 1.5
    assert flat.ink.mean() < 40  # no desk among the ink
    assert flat.to_page.shape == (3, 3)


def page_of(shape: tuple[int, int] = (1000, 700)) -> Pixels:
    page = np.full((*shape, 3), 235, np.uint8)
    for y in range(60, shape[0] - 40, 50):
        page[y : y + 25, 60:640:30] = 20
    return page


def half_in_shadow() -> Pixels:
    page = page_of()
    page[500:] = (page[500:] * 0.5).astype(np.uint8)
    return page


def shadow_across() -> Pixels:
    page = page_of().astype(np.float32)
    page[np.add.outer(np.arange(1000), np.arange(700)) > 1000] *= 0.55
    return page.astype(np.uint8)


def with_dark_margin() -> Pixels:
    page = page_of()
    page[:, :60] = 10
    page[-50:] = 10
    return page


def two_papers() -> Pixels:
    page = page_of()
    page[:, :250] = (page[:, :250] * 0.6).astype(np.uint8)
    return page


@pytest.mark.parametrize(
    "pixels",
    [page_of(), half_in_shadow(), shadow_across(), with_dark_margin(), two_papers(), desk()],
    ids=["a page", "half in shadow", "a shadow across", "dark margins", "two papers", "a desk"],
)
def test_a_page_that_is_no_sheet_on_a_desk_stays_whole(pixels: Pixels) -> None:
    assert find_sheet(small(pixels)) is None


def test_no_sheet_ends_where_its_paper_goes_on() -> None:
    picture, _ = photo(turned(0))
    picture[560:640, 220:680] = (picture[560:640, 220:680] * 0.5).astype(np.uint8)  # a dark band
    found = find_sheet(small(picture))
    assert found is None or found[:, 1].max() > 0.76
