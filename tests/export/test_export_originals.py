from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from export_pages import HEIGHT, NUMBERS, WIDTH, drawn, page
from PIL import Image

from digitize.export.originals import Crop, Original, cut_out, load_originals, original
from digitize.records import Box, Page

INK = (20, 20, 60)


def placed(source: Path, count: int = 1, **changes: object) -> Original:
    return replace(original(source, page(count=count)), **changes)  # type: ignore[arg-type]


def only(pages: object) -> Page:
    ((_, found),) = pages  # type: ignore[misc]
    return found


def inked(crop: Crop) -> Box:
    """The box of all that is as dark as the bars."""
    down, across = np.nonzero((crop.pixels == INK).all(axis=2))
    x, y = across.min(), down.min()
    return Box(x, y, across.max() + 1 - x, down.max() + 1 - y)


def test_a_crop_shows_the_number_and_says_where_it_lies_in_it(tmp_path: Path) -> None:
    drawn().save(tmp_path / "a.png")
    place = placed(tmp_path / "a.png")
    crop = cut_out(only(load_originals([place])), place, NUMBERS[2].box, (0.5, 0.25))
    assert crop is not None
    assert (crop.pixels.shape[1], crop.pixels.shape[0]) == (48, 46)
    assert inked(crop) == Box(15, 8, 18, 30)
    assert abs(crop.box.x - 15) <= 1
    assert abs(crop.box.y - 8) <= 1


def test_a_page_drawn_at_another_resolution_is_cut_at_the_same_place(tmp_path: Path) -> None:
    drawn().resize((WIDTH * 2, HEIGHT * 2), Image.Resampling.NEAREST).save(tmp_path / "a.png")
    place = placed(tmp_path / "a.png")
    crop = cut_out(only(load_originals([place])), place, NUMBERS[2].box, (0.5, 0.25))
    assert crop is not None
    assert inked(crop) == Box(30, 15, 36, 60)
    assert (crop.box.width, crop.box.height) == (36, 60)


@pytest.mark.parametrize("turns", [1, 2, 3])
def test_a_crop_of_a_turned_page_is_upright(tmp_path: Path, turns: int) -> None:
    pixels = np.asarray(drawn())
    upright = Page(1, pixels)
    place = placed(tmp_path / "a.png")
    expected = cut_out(upright, place, NUMBERS[0].box, (0.5, 0.25))
    turned = Page(1, np.ascontiguousarray(np.rot90(pixels, turns)))
    box, high, wide = NUMBERS[0].box, HEIGHT, WIDTH
    for _ in range(turns):  # anticlockwise
        box = Box(box.y, wide - box.right, box.height, box.width)
        high, wide = wide, high
    lying = replace(place, width=wide, height=high, turn=turns)
    crop = cut_out(turned, lying, box, (0.5, 0.25))
    assert crop is not None
    assert expected is not None
    assert abs(np.subtract(crop.pixels.shape, expected.pixels.shape)).max() <= 1
    assert inked(crop).width == inked(expected).width
    assert crop.box.width == expected.box.width
    assert abs(crop.box.x - expected.box.x) <= 1


def test_a_document_that_is_gone_or_is_none_is_left_out(tmp_path: Path) -> None:
    (tmp_path / "b.png").write_bytes(b"no picture")
    drawn().save(tmp_path / "c.png")
    wanted = [placed(tmp_path / f"{name}.png") for name in "abc"]
    assert [place.source.name for place, _ in load_originals(wanted)] == ["c.png"]


def test_a_page_that_the_document_no_longer_has_is_left_out(tmp_path: Path) -> None:
    drawn().save(tmp_path / "a.png")
    assert list(load_originals([placed(tmp_path / "a.png", 2)])) == []


def test_a_document_that_was_replaced_by_one_of_another_shape_is_left_out(tmp_path: Path) -> None:
    drawn().crop((0, 0, WIDTH, HEIGHT // 2)).save(tmp_path / "a.png")
    assert list(load_originals([placed(tmp_path / "a.png")])) == []


def test_pages_come_in_the_order_asked_for_whatever_their_resolution(tmp_path: Path) -> None:
    first, *others = (drawn() for _ in range(3))
    first.save(tmp_path / "a.tif", save_all=True, append_images=others)
    wanted = [placed(tmp_path / "a.tif", count, dpi=100 + 100 * (count % 2)) for count in (1, 2, 3)]
    assert [place.number for place, _ in load_originals(wanted)] == [1, 2, 3]


def test_a_box_beside_the_page_gives_no_crop(tmp_path: Path) -> None:
    blank = Page(1, np.full((10, 10, 3), 255, np.uint8))
    place = placed(tmp_path, width=10, height=10)
    assert cut_out(blank, place, Box(50, 50, 4, 4), (0.5, 0.5)) is None
