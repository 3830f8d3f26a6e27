"""The sheet shows the wrong numbers, the surest first, as they stood on the page."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image
from score_folders import SIZE, document, number, run_left, true, write_truth

from digitize.errors import OutputNotWritable, UnreadableInput, UsageError
from digitize.export.framed import FRAME
from digitize.records import Box, Page, Pixels
from digitize.score import Scores, score
from digitize.score.crop_sheet import COLUMNS, TILE, true_text, write_sheet
from digitize.score.crops import CROP, cut_crop
from digitize.score.worst import worst_numbers


def scored(folder: Path, *, complete: bool = True, image: str = "a.png") -> Scores:
    """A page with a right number, two wrong ones, and one where nothing stands."""
    read = (
        number("1", y=10),
        number("7", y=60, confidence=0.6),
        number("4", y=110, confidence=0.9),
        number("8", y=160, confidence=0.95),
    )
    truth = (true("1", y=10), true("2", y=60), true("9", y=110))
    out = run_left(folder / "out", document(image, read))
    write_truth(folder / "truth", image, *truth, complete=complete)
    return score(out, folder / "truth")


def draw_page(
    folder: Path, name: str = "a.png", colour: tuple[int, int, int] = (0, 0, 200)
) -> Path:
    """A page of one colour, RGB."""
    folder.mkdir(parents=True, exist_ok=True)
    Image.new("RGB", SIZE, colour).save(folder / name)
    return folder / name


def picture(path: Path) -> Pixels:
    """(height, width, 3) uint8 BGR."""
    return np.asarray(cv2.imread(str(path)), dtype=np.uint8)


def test_the_surest_wrong_number_comes_first(tmp_path: Path) -> None:
    wrong = worst_numbers(scored(tmp_path).pages)
    assert [one.number.read.text for one in wrong] == ["8", "4", "7"]
    assert [true_text(one) for one in wrong] == ["none", "9", "2"]
    assert [one.number.read.text for one in worst_numbers(scored(tmp_path).pages, 1)] == ["8"]


def test_what_may_be_written_beside_an_incomplete_truth_is_no_error(tmp_path: Path) -> None:
    wrong = worst_numbers(scored(tmp_path, complete=False).pages)
    assert [one.number.read.text for one in wrong] == ["4", "7"]


def test_without_boxes_it_is_not_known_what_stood_there(tmp_path: Path) -> None:
    out = run_left(tmp_path / "out", document("a.png", (number("7"),)))
    write_truth(tmp_path / "truth", "a.png", {"text": "1"})
    (wrong,) = worst_numbers(score(out, tmp_path / "truth").pages)
    assert true_text(wrong) == "not known, its truth has no boxes"


def test_a_sheet_holds_a_tile_for_each_with_the_colours_of_the_page(tmp_path: Path) -> None:
    scores = scored(tmp_path)
    draw_page(tmp_path / "truth")
    path = tmp_path / "new" / "sheet.png"
    assert write_sheet(scores, path) == 3
    sheet = picture(path)
    assert sheet.shape == (TILE[1], COLUMNS * TILE[0], 3)
    for place in range(3):
        corner = sheet[12, place * TILE[0] + 14]
        assert corner.tolist() == [200, 0, 0], "a blue page stays blue"
    assert (sheet[12:120, 3 * TILE[0] :] == 255).all(), "the fourth tile is empty"
    assert (sheet[120:, : TILE[0]] < 100).any(), "there is text below the crop"
    assert not list(tmp_path.glob("new/.digitize-*"))


def test_the_tiles_of_a_tall_sheet_go_on_below(tmp_path: Path) -> None:
    read = tuple(number("7", x=10 + 60 * (n % 5), y=5 + 40 * (n // 5)) for n in range(30))
    out = run_left(tmp_path / "out", document("a.png", read))
    write_truth(tmp_path / "truth", "a.png")
    draw_page(tmp_path / "truth")
    assert write_sheet(score(out, tmp_path / "truth"), tmp_path / "s.png") == 24
    assert picture(tmp_path / "s.png").shape == (6 * TILE[1], COLUMNS * TILE[0], 3)


def test_where_nothing_is_wrong_the_sheet_says_so(tmp_path: Path) -> None:
    out = run_left(tmp_path / "out", document("a.png", (number("7"),)))
    write_truth(tmp_path / "truth", "a.png", true("7"))
    assert write_sheet(score(out, tmp_path / "truth"), tmp_path / "s.png") == 0
    assert picture(tmp_path / "s.png").min() < 100


@pytest.mark.parametrize("folder", ["truth", ".", "archive"])
def test_pages_are_found_beside_the_truth_or_around_it(tmp_path: Path, folder: str) -> None:
    scores = scored(tmp_path)
    draw_page(tmp_path / folder)
    assert write_sheet(scores, tmp_path / "sheet.png") == 3


def test_each_number_is_cut_from_its_own_page(tmp_path: Path) -> None:
    out = run_left(tmp_path / "out", document("a.tif", (), (number("7"),), (number("4"),)))
    for page in (1, 2, 3):
        write_truth(tmp_path / "truth", "a.tif", name=f"p{page}", page=page)
    first, second, third = (Image.new("RGB", SIZE, c) for c in ("white", "red", "lime"))
    first.save(tmp_path / "truth" / "a.tif", save_all=True, append_images=[second, third])
    write_sheet(score(out, tmp_path / "truth"), tmp_path / "s.png")
    sheet = picture(tmp_path / "s.png")
    assert sheet[12, 14].tolist() == [0, 0, 255]
    assert sheet[12, TILE[0] + 14].tolist() == [0, 255, 0]


def test_a_page_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"a\.png: the page is not beside its truth, .*a\.json"):
        write_sheet(scored(tmp_path), tmp_path / "sheet.png")
    assert not (tmp_path / "sheet.png").exists()


def test_a_page_that_cannot_be_loaded_is_named(tmp_path: Path) -> None:
    scores = scored(tmp_path)
    (tmp_path / "truth" / "a.png").write_bytes(b"")
    with pytest.raises(UnreadableInput, match=r"truth/a\.png: the file is empty"):
        write_sheet(scores, tmp_path / "sheet.png")


def test_a_sheet_of_another_kind_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"--worst sheet\.jpg: the sheet is a PNG picture"):
        write_sheet(scored(tmp_path), Path("sheet.jpg"))


def test_a_sheet_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    scores = scored(tmp_path)
    draw_page(tmp_path / "truth")
    with pytest.raises(OutputNotWritable):
        write_sheet(scores, tmp_path / "truth" / "a.png" / "sheet.png")


def test_a_crop_shows_the_number_in_a_frame_with_what_is_around_it() -> None:
    pixels = np.full((300, 400, 3), 255, np.uint8)
    pixels[100:140, 100:200] = 0
    crop = cut_crop(Page(1, pixels), Box(100, 100, 100, 40))
    assert crop.shape[0] <= CROP[1]
    assert crop.shape[1] <= CROP[0]
    assert (crop == FRAME[::-1]).all(axis=2).any()
    assert (crop[0] == 255).all(), "paper around the ink"
    dark = (crop < 50).all(axis=2)
    assert dark.mean() == pytest.approx(40 * 100 / (80 * 140), abs=0.05)


@pytest.mark.parametrize(
    "box",
    [Box(0, 0, 10, 10), Box(395, 295, 30, 30), Box(399.6, 0, 0.4, 300), Box(900, 900, 10, 10)],
)
def test_numbers_at_and_over_the_edge_are_cut_too(box: Box) -> None:
    crop = cut_crop(Page(1, np.zeros((300, 400, 3), np.uint8)), box)
    assert crop.size > 0
