"""What a training gets: digits of all folders, clutter, and a part that is held back."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from drawn_digits import drawn_digit, drawn_digits, write_idx_folder
from PIL import Image

from digitize.errors import UsageError
from digitize.train.datasets import DigitSet, read_training_data, with_clutter
from digitize.train.datasets.training_data import read_source

DIGITS = drawn_digits(3, np.random.default_rng(1))
FILLING = DigitSet(
    DIGITS.images[:, 4:24, 4:24].repeat(2, axis=1).repeat(2, axis=2)[:, 6:34, 6:34], DIGITS.labels
)


@pytest.fixture(autouse=True)
def no_fonts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every machine has other fonts, and looking for them takes seconds."""
    monkeypatch.setattr("digitize.train.datasets.training_data.find_fonts", lambda use: [])


def pictures(folder: Path) -> Path:
    for digit in range(10):
        (folder / str(digit)).mkdir(parents=True)
        Image.fromarray(255 - drawn_digit(digit)).save(folder / str(digit) / "a.png")
    return folder


def test_training_data_joins_folders_and_names_them(tmp_path):
    folders = [write_idx_folder(tmp_path / name, DIGITS) for name in ("school", "office")]
    data = read_training_data(folders, seed=1)
    assert (len(data.training.digits()), len(data.held_back.digits())) == (55, 5)
    assert data.sources == "school train (30), office train (30)"
    assert data.split == "55 trained on, 5 held back, stratified by digit"


def test_a_folder_given_thrice_is_trained_on_three_times_and_held_back_once(tmp_path):
    school, office = (write_idx_folder(tmp_path / name, DIGITS) for name in ("school", "office"))
    data = read_training_data([school, office, school, school], seed=1)
    assert data.sources == "school train, 3 times (30), office train (30)"
    held = len(data.held_back.digits())
    assert held == 5
    kept = {image.tobytes() for image in data.training.digits().images}
    once = read_training_data([school, office], seed=1)
    assert np.array_equal(data.held_back.digits().images, once.held_back.digits().images)
    assert kept == {image.tobytes() for image in once.training.digits().images}
    assert len(data.training.digits()) > 2 * len(once.training.digits()) - held


def test_folders_of_different_kinds_are_joined(tmp_path):
    desk = tmp_path / "desk"
    desk.mkdir()
    Image.fromarray(drawn_digit(6)).save(desk / "a.png")
    (desk / "corrections.csv").write_text("image,digit\na.png,6\n")
    folders = [write_idx_folder(tmp_path / "school", DIGITS), pictures(tmp_path / "scans"), desk]
    data = read_training_data(folders, seed=1)
    assert data.sources == "school train (30), scans pictures (10), desk corrections (1)"
    assert len(data.training.digits()) + len(data.held_back.digits()) == 41


def test_what_is_in_mnists_form_stays_as_it_is(tmp_path):
    read, said = read_source(write_idx_folder(tmp_path / "school", DIGITS))
    assert said == "school train (30)"
    assert np.array_equal(read.images, DIGITS.images)


def test_what_is_in_another_form_is_brought_to_mnists_and_the_card_says_so(tmp_path):
    read, said = read_source(write_idx_folder(tmp_path / "forms", FILLING))
    assert said == "forms train (30, brought to MNIST's form)"
    assert np.array_equal(read.labels, DIGITS.labels)
    assert not np.array_equal(read.images, FILLING.images)


def test_clutter_follows_the_digits_as_what_is_no_digit():
    made = with_clutter(DIGITS, [], np.random.default_rng(1))
    assert np.array_equal(made.images[:30], DIGITS.images)
    assert set(made.labels[30:]) == {10}
    assert len(made) > 30


@pytest.mark.parametrize("times", [1, 2])
def test_what_is_no_digit_is_counted(tmp_path, times):
    write_idx_folder(tmp_path / "forms", DIGITS)
    others = DigitSet(DIGITS.images[:6].transpose(0, 2, 1).copy(), np.full(6, 10, dtype=np.uint8))
    write_idx_folder(tmp_path / "forms", others, "other")
    data = read_training_data([tmp_path / "forms"] * times, seed=1)
    given = {image.tobytes() for image in (*DIGITS.images, *others.images)}
    images = [*data.training.images, *data.held_back.images]
    drawn = sum(image.tobytes() not in given for image in images)
    assert data.not_digits == f"6 given, {drawn} drawn with 0 families of fonts"
    assert drawn > 0


def test_the_same_seed_gives_the_same_data(tmp_path):
    folder = write_idx_folder(tmp_path / "school", DIGITS)
    first, again, other = (read_training_data([folder], seed) for seed in (1, 1, 2))
    assert np.array_equal(first.training.images, again.training.images)
    assert np.array_equal(first.held_back.images, again.held_back.images)
    assert not np.array_equal(first.training.images, other.training.images)


def test_without_folders_it_is_mnist(tmp_path, monkeypatch):
    mnist = write_idx_folder(tmp_path / "mnist", DIGITS)
    monkeypatch.setattr("digitize.train.datasets.training_data.fetch_mnist", lambda: mnist)
    assert read_training_data([], seed=1).sources == "mnist train (30)"


def test_without_fonts_one_line_tells_what_is_missing_and_how_to_get_it(tmp_path, capfd):
    read_training_data([write_idx_folder(tmp_path, DIGITS)], seed=1)
    said = capfd.readouterr().err
    assert said.count("\n") == 1
    assert "letters" in said
    assert "apt install fonts-dejavu-core fonts-liberation" in said


def test_data_without_all_ten_digits_is_refused_by_their_names(tmp_path):
    few = DIGITS.subset(np.flatnonzero(~np.isin(DIGITS.labels, (3, 7))))
    folder = write_idx_folder(tmp_path / "school", few)
    with pytest.raises(UsageError, match="the training data holds no digit 3, 7"):
        read_training_data([folder], seed=1)
