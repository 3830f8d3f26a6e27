"""Which installed fonts letters are drawn with, in training and in measuring."""

from __future__ import annotations

import shutil
from pathlib import Path

import matplotlib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from digitize.train.clutter.fonts import find_fonts, use_of

FOLDER = Path(matplotlib.get_data_path()) / "fonts" / "ttf"
DEJAVU = FOLDER / "DejaVuSans.ttf"


def found(use: str, *folders: Path) -> set[str]:
    return {face.family for face in find_fonts(use, folders)}


@pytest.fixture
def fonts(tmp_path: Path) -> Path:
    """A folder of fonts with one face."""
    folder = tmp_path / "truetype" / "dejavu"
    folder.mkdir(parents=True)
    shutil.copy(DEJAVU, folder)
    return tmp_path


def test_fonts_are_found_in_folders_of_folders(fonts):
    (face,) = find_fonts("train", [fonts])
    assert face.family == "DejaVu Sans"
    assert face.path == fonts / "truetype" / "dejavu" / "DejaVuSans.ttf"


def test_a_face_opens_at_the_size_asked_for(fonts):
    (face,) = find_fonts("train", [fonts])
    small, large = (face.open(size).getbbox("H") for size in (20, 60))
    assert large[3] - large[1] == pytest.approx(3 * (small[3] - small[1]), abs=3)


def test_faces_come_in_the_same_order_everywhere():
    paths = [face.path for face in find_fonts("train", [FOLDER])]
    assert paths == sorted(paths)
    assert paths


def test_no_family_is_trained_with_and_measured_with():
    assert not found("train", FOLDER) & found("test", FOLDER)


def test_fonts_without_letters_are_left_out():
    families = found("train", FOLDER) | found("test", FOLDER)
    assert "DejaVu Sans" in families
    assert "DejaVu Sans Display" not in families  # it has a few signs only


def test_families_of_signs_are_left_out_by_their_names(monkeypatch):
    monkeypatch.setattr("digitize.train.clutter.fonts.NO_LETTERS", ("mono",))
    assert "DejaVu Sans Mono" not in found("train", FOLDER)
    assert "DejaVu Serif" in found("train", FOLDER)


def test_damaged_fonts_and_other_files_are_passed_over(fonts):
    (fonts / "damaged.ttf").write_bytes(DEJAVU.read_bytes()[:300])
    (fonts / "empty.otf").write_bytes(b"")
    shutil.copy(DEJAVU, fonts / "DejaVuSans.backup")
    assert len(find_fonts("train", [fonts])) == 1


def test_a_folder_that_is_not_there_has_no_fonts(tmp_path):
    assert find_fonts("train", [tmp_path / "gone"]) == []


@given(st.text(min_size=1, max_size=30))
def test_a_family_has_one_use_however_it_is_written(family):
    assert use_of(family) in ("train", "test")
    assert use_of(family.lower()) == use_of(family)


@pytest.mark.parametrize(
    ("family", "relative"),
    [
        ("Nimbus Sans", "Nimbus Roman"),
        ("DejaVu Sans", "DejaVu Serif"),
        ("STIXGeneral", "STIXSizes"),
    ],
)
def test_relatives_have_the_same_use(family, relative):
    assert use_of(family) == use_of(relative)


def test_about_a_fifth_of_all_families_is_kept_for_measuring():
    uses = [use_of(f"{number:04d} Sans") for number in range(1000)]
    assert 150 < uses.count("test") < 250


def test_the_fonts_that_we_advise_to_install_are_of_use_in_training():
    assert use_of("DejaVu Sans") == "train"
