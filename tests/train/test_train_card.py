"""Cards and where models may be written, before any training begins."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from digitize.classify import CLASSES, NOT_A_DIGIT, ModelCard
from digitize.errors import OutputNotWritable
from digitize.train.card import Recipe, check_output, with_calibration

EMPTY = ModelCard(
    name="m",
    family="cnn",
    data="",
    split="",
    not_digits="",
    seed=1,
    seconds=0.0,
    calibration="none",
    scale=(1.0,) * CLASSES,
    bias=(0.0,) * CLASSES,
    held_back_error=0.0,
    held_back_ece=0.0,
    weights_sha256="",
    made_with="",
)


def test_a_recipe_is_the_command_that_repeats_it():
    recipe = Recipe("cnn", (Path("a b"), Path("c")), Path("models/cnn.onnx"), 3, 28)
    assert recipe.command == (
        "digitize train cnn --data 'a b' --data c -o models/cnn.onnx --seed 3 --epochs 28"
    )


def test_a_family_without_epochs_has_none_in_its_command():
    assert "--epochs" not in Recipe("svm", (Path("a"),), Path("s.onnx"), 1).command


def test_a_learning_curve_that_was_asked_for_stands_in_the_command():
    asked = Recipe("svm", (Path("a"),), Path("s.onnx"), 1, learning_curve=True)
    assert asked.command.endswith("--seed 1 --learning-curve")


def test_a_card_gets_the_calibration_error_and_ece_of_the_held_back_digits():
    labels = np.arange(1100) % CLASSES
    logits = np.where(np.eye(CLASSES)[labels] == 1, 20.0, 0.0).astype(np.float32)
    wrong = np.flatnonzero(labels != NOT_A_DIGIT)[:100]
    logits[wrong] = np.roll(logits[wrong], 1, axis=1)
    card = with_calibration(EMPTY, logits, labels.astype(np.uint8), seed=1)
    assert card.held_back_error == pytest.approx(0.1)
    assert card.held_back_ece < 0.02
    assert max(card.scale) < 0.5


def test_an_output_that_is_no_onnx_file_is_refused_before_training(tmp_path):
    with pytest.raises(OutputNotWritable, match=r"ends in \.onnx"):
        check_output(tmp_path / "model.pkl")


def test_an_output_below_a_file_is_refused_before_training(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputNotWritable, match="-o"):
        check_output(tmp_path / "file" / "model.onnx")


def test_a_missing_folder_for_the_output_is_made(tmp_path):
    check_output(tmp_path / "new" / "model.onnx")
    assert (tmp_path / "new").is_dir()
