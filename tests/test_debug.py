"""A page's journey is drawn stage by stage, in a folder that no name leads out of."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from digitize.classify import AlwaysDigit
from digitize.debug import draw_stages, folder_of
from digitize.debug.panels import BLUE, GREEN, PANELS, SKY, VERMILLION
from digitize.errors import OutputNotWritable
from digitize.options import page_options
from digitize.pipeline import read_page
from digitize.readers import Readers

if TYPE_CHECKING:
    from conftest import Paper


def drawn(paper: Paper, folder: Path) -> dict[str, np.ndarray]:
    """The pictures of a page with digits, by their names."""
    page, stages = paper.page(), dict[str, object]()
    read_page(page, Readers(AlwaysDigit(1)), page_options("page", 0.5), stages.__setitem__)
    draw_stages(page, stages, folder)
    return {
        path.stem: cv2.cvtColor(cv2.imread(str(path)), cv2.COLOR_BGR2RGB)
        for path in folder.iterdir()
    }


def has(picture: np.ndarray, colour: tuple[int, int, int]) -> bool:
    return bool((picture == colour).all(axis=2).any())


def test_every_stage_is_a_picture_and_the_journey_shows_them_all(
    paper: type[Paper], tmp_path: Path
) -> None:
    pictures = drawn(paper().digits("25", 100, 100), tmp_path / "deep" / "down")
    names = [f"{at}-{name}" for at, (name, _) in enumerate(PANELS, 1)]
    assert sorted(pictures) == [*names, "journey"]
    height, width = pictures["1-page"].shape[:2]
    assert pictures["journey"].shape[0] == 1000
    assert pictures["journey"].shape[1] > 6.5 * width * 1000 / height


def test_layers_have_colours_of_their_own(paper: type[Paper], tmp_path: Path) -> None:
    page = paper().digits("25", 100, 100).grid([300, 400, 500], [100, 200, 300])
    layers = drawn(page, tmp_path)["3-layers"]
    assert has(layers, GREEN)
    assert has(layers, BLUE)
    assert has(layers, SKY)
    assert not has(layers, VERMILLION)


def test_numbers_stand_in_boxes_coloured_by_status(paper: type[Paper], tmp_path: Path) -> None:
    numbers = drawn(paper().digits("25", 100, 100), tmp_path)["7-numbers"]
    assert has(numbers, BLUE) != has(numbers, VERMILLION)


def test_an_empty_page_is_drawn_too(paper: type[Paper], tmp_path: Path) -> None:
    pictures = drawn(paper(), tmp_path)
    assert (pictures["7-numbers"] == 255).all()


@given(st.text(min_size=1, max_size=300))
def test_no_name_leads_out_of_the_folder(name: str) -> None:
    out = Path("/out")
    folder = folder_of(out, name, 3)
    assert folder.parent.parent == out
    assert folder.parent.name not in (".", "..")
    assert len(folder.parent.name.encode()) <= 255
    assert folder.name == "page-0003"


def test_names_that_look_alike_have_folders_of_their_own() -> None:
    assert folder_of(Path("o"), "a b.png", 1) != folder_of(Path("o"), "a_b.png", 1)


def test_a_folder_that_cannot_be_made_is_named(paper: type[Paper], tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(OutputNotWritable, match="file"):
        drawn(paper(), tmp_path / "file" / "stages")
