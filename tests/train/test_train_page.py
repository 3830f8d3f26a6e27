"""The page about a model: what it was made of, and what was measured since."""

from __future__ import annotations

from dataclasses import replace

from digitize.classify import ModelCard
from digitize.train.evaluation import Evaluation, FolderEvaluation
from digitize.train.page import MEASURED, card_page, measurement_row, with_measurement

CARD = ModelCard(
    name="cnn",
    family="cnn",
    data="school train (600)",
    split="550 trained on, 50 held back, stratified by digit",
    seed=7,
    seconds=90.0,
    not_digits="12 given, 165 drawn with 3 families of fonts",
    calibration="temperature scaling",
    scale=(0.8,) * 11,
    bias=(0.0,) * 11,
    held_back_error=0.02,
    held_back_ece=0.0031,
    weights_sha256="ab" * 32,
    made_with="keras 3",
)
FIGURES = Evaluation(10_000, 31, 0.0031, 0.00218, 0.0044, 0.00123, 5000.0)
RESULT = FolderEvaluation(FIGURES, "mnist", "test", normalised=False, note="")
PAGE = card_page(CARD, "digitize train cnn --data school -o cnn.onnx --seed 7", "cd" * 32)


def test_a_page_says_what_the_model_was_made_of_and_how():
    for said in (
        "# cnn",
        "school train (600)",
        "| seed | 7 |",
        "1.5 minutes",
        "165 drawn",
        "2.00%",
        "0.0031",
    ):
        assert said in PAGE
    assert "ab" * 32 in PAGE
    assert "cd" * 32 in PAGE
    assert "    digitize train cnn --data school" in PAGE


def test_a_measurement_gives_number_error_interval_and_calibration():
    assert measurement_row(RESULT) == (
        "| mnist test | 10,000 | 0.31% (31) | 0.22% to 0.44% | 0.0012 |"
    )


def test_a_measurement_is_added_to_the_page():
    page = with_measurement(PAGE, RESULT)
    assert page.startswith(PAGE.rstrip())
    assert page.count(MEASURED) == 1
    assert page.endswith(measurement_row(RESULT) + "\n")


def test_a_second_measurement_of_a_set_replaces_the_first():
    again = replace(RESULT, evaluation=replace(FIGURES, errors=30))
    other = replace(RESULT, normalised=True)
    page = with_measurement(with_measurement(with_measurement(PAGE, RESULT), other), again)
    assert "(31)" not in page.replace(measurement_row(other), "")
    assert measurement_row(again) in page
    assert measurement_row(other) in page
    assert page.count(MEASURED) == 1
