"""Scores are probabilities, models are found by name, and a bad file says what to do."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import cv2
import numpy as np
import onnxruntime as ort
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from digitize import onnx_models
from digitize.classify import (
    BATCH,
    CLASSES,
    NOT_A_DIGIT,
    AlwaysDigit,
    Classifier,
    ModelCard,
    OnnxClassifier,
    calibrated,
    softmax,
)
from digitize.errors import ExitCode, ModelUnusable
from digitize.normalise import normalise_ink
from digitize.onnx_models import ModelFile, find_model, list_classifiers

if TYPE_CHECKING:
    from tests.conftest import Paper

logits = arrays.arrays(
    np.float32,
    st.tuples(st.integers(1, 5), st.just(CLASSES)),
    elements=st.floats(-1e4, 1e4, width=32),
)
CARD = ModelCard(
    name="x",
    family="cnn",
    data="mnist",
    split="5000 held back",
    not_digits="30 drawn",
    seed=7,
    seconds=1.5,
    calibration="temperature scaling",
    scale=(0.8,) * CLASSES,
    bias=(0.0,) * CLASSES,
    held_back_error=0.01,
    held_back_ece=0.002,
    weights_sha256="00ff",
    made_with="keras 3",
    learning_curve=((100, 0.2), (1000, 0.05)),
)
SHIPPED = list_classifiers()
ships = pytest.mark.parametrize("model", SHIPPED, ids=[model.name for model in SHIPPED])


@given(logits)
def test_softmax_gives_probabilities_in_the_logits_order(given_logits: np.ndarray) -> None:
    scores = softmax(given_logits)
    assert scores.dtype == np.float32
    assert ((scores >= 0) & (scores <= 1)).all()
    np.testing.assert_allclose(scores.sum(axis=1), 1, rtol=1e-5)
    best = given_logits.argmax(axis=1)[:, None]
    np.testing.assert_array_equal(
        np.take_along_axis(scores, best, axis=1)[:, 0], scores.max(axis=1)
    )


@given(logits, st.integers(-100, 100))
def test_softmax_sees_only_differences(given_logits: np.ndarray, shift: int) -> None:
    whole = np.rint(given_logits)
    np.testing.assert_allclose(softmax(whole + np.float32(shift)), softmax(whole), rtol=1e-5)


def test_softmax_of_two_equal_logits_is_a_half_each() -> None:
    row = np.full((1, CLASSES), -1e4, np.float32)
    row[0, [3, 8]] = 5
    np.testing.assert_allclose(softmax(row)[0, [3, 8]], 0.5)


@pytest.mark.parametrize("digit", range(10))
def test_the_fake_sees_its_digit_everywhere(digit: int) -> None:
    fake: Classifier = AlwaysDigit(digit, confidence=0.8)
    scores = fake.scores(np.zeros((3, 28, 28), np.float32))
    assert scores.shape == (3, CLASSES)
    assert scores.dtype == np.float32
    assert scores.argmax(axis=1).tolist() == [digit] * 3
    np.testing.assert_allclose(scores[:, digit], 0.8, rtol=1e-6)
    np.testing.assert_allclose(scores.sum(axis=1), 1, rtol=1e-6)


def test_the_fake_gives_no_scores_for_no_images() -> None:
    assert AlwaysDigit(1).scores(np.zeros((0, 28, 28), np.float32)).shape == (0, CLASSES)


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An installed `models` folder that holds cnn and svm, neither a real model."""
    for name in ("svm", "cnn"):
        (tmp_path / f"{name}.onnx").write_bytes(name.encode())
    (tmp_path / "cnn.md").write_text("for people")
    monkeypatch.setattr(onnx_models, "INSTALLED", tmp_path)
    return tmp_path


def test_the_models_that_ship_are_listed_by_name(shelf: Path) -> None:
    assert [model.name for model in list_classifiers()] == ["cnn", "svm"]


def test_a_checkout_has_its_models_beside_the_package(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "mlp.onnx").write_bytes(b"")
    monkeypatch.setattr(onnx_models, "INSTALLED", tmp_path / "not there")
    monkeypatch.setattr(onnx_models, "CHECKOUT", tmp_path)
    assert [model.name for model in list_classifiers()] == ["mlp"]


def test_a_model_is_found_by_name_with_its_checksum(shelf: Path) -> None:
    model = find_model("svm")
    assert (model.name, model.path) == ("svm", shelf / "svm.onnx")
    assert model.sha256 == hashlib.sha256(b"svm").hexdigest()


def test_a_model_is_found_by_its_path(shelf: Path) -> None:
    path = shelf / "svm.onnx"
    assert find_model(str(path)).path == path


def test_an_unknown_model_is_told_which_ship(shelf: Path) -> None:
    with pytest.raises(ModelUnusable, match=r"no model 'cmn'.*\(cnn, svm\)") as caught:
        find_model("cmn")
    assert caught.value.exit_code is ExitCode.MODEL


def test_a_missing_file_is_told_which_ship(shelf: Path) -> None:
    with pytest.raises(ModelUnusable, match=r"mine\.onnx.*\(cnn, svm\)"):
        find_model(str(shelf / "mine.onnx"))


def test_an_empty_shelf_says_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(onnx_models, "INSTALLED", tmp_path)
    with pytest.raises(ModelUnusable, match=r"\(none\)"):
        find_model("cnn")


@pytest.mark.parametrize("content", [b"", b"garbage" * 100, b"\x08\x07\x12\x03onn"])
def test_a_damaged_file_names_itself_and_the_remedy(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "broken.onnx"
    path.write_bytes(content)
    with pytest.raises(ModelUnusable, match=r"broken\.onnx.*digitize train") as caught:
        OnnxClassifier(ModelFile("broken", path, ""))
    assert "\n" not in str(caught.value)


@pytest.mark.skipif(not SHIPPED, reason="models/ is empty until `digitize train` has run")
def test_a_model_cut_short_is_damaged(tmp_path: Path) -> None:
    path = tmp_path / "half.onnx"
    whole = SHIPPED[0].path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(ModelUnusable, match=r"half\.onnx"):
        OnnxClassifier(ModelFile("half", path, ""))


def test_a_card_survives_json() -> None:
    assert ModelCard.from_json(json.dumps(asdict(CARD))) == CARD


@pytest.mark.parametrize("text", ["", "[]", "7", '{"name": "x"}', '{"no": "such field"}'])
def test_what_is_no_card_is_refused(text: str) -> None:
    with pytest.raises((TypeError, ValueError)):
        ModelCard.from_json(text)


def test_a_card_for_ten_answers_is_refused() -> None:
    """As cards were before *not a digit* was an answer."""
    old = {**asdict(CARD), "scale": [1.0] * 10}
    with pytest.raises(ValueError, match="for 10 answers, not 11"):
        ModelCard.from_json(json.dumps(old))


@ships
def test_a_shipped_model_has_its_card(model: ModelFile) -> None:
    card = OnnxClassifier(model).card
    assert card.name == model.name
    assert min(card.scale) > 0
    assert 0 <= card.held_back_error < 0.1


@ships
def test_a_shipped_model_tells_drawn_digits_apart(paper: type[Paper], model: ModelFile) -> None:
    inks = [paper(100, 100).digits(digit, 30, 30, 40, 5).ink for digit in "023456789"]
    images = np.stack([normalise_ink(ink) for ink in (*inks, leaning_bar())])
    scores = OnnxClassifier(model).scores(images)
    np.testing.assert_allclose(scores.sum(axis=1), 1, rtol=1e-5)
    assert scores.argmax(axis=1).tolist() == [0, 2, 3, 4, 5, 6, 7, 8, 9, 1]


def leaning_bar() -> np.ndarray:
    """Draw a 1 as a hand does: not exactly upright, and with a pen's round ends."""
    ink = np.zeros((100, 100), np.uint8)
    return np.asarray(cv2.line(ink, (53, 30), (49, 70), 255, 5, cv2.LINE_AA), dtype=np.uint8)


@ships
def test_a_shipped_model_refuses_a_box_and_a_row_of_dots(
    paper: type[Paper], model: ModelFile
) -> None:
    box = np.zeros((60, 90), np.uint8)
    box[[0, 1, 2, -3, -2, -1]] = box[:, [0, 1, 2, -3, -2, -1]] = 255
    dots = np.zeros((12, 60), np.uint8)
    dots[:, :12] = dots[:, 24:36] = dots[:, 48:] = 255
    scores = OnnxClassifier(model).scores(np.stack([normalise_ink(ink) for ink in (box, dots)]))
    assert scores.argmax(axis=1).tolist() == [NOT_A_DIGIT] * 2


@ships
def test_a_models_scores_are_its_logits_calibrated_as_its_card_says(
    paper: type[Paper], model: ModelFile
) -> None:
    images = np.stack(
        [normalise_ink(paper(100, 100).digits(digit, 30, 30, 40, 5).ink) for digit in "2357"]
    )
    session = ort.InferenceSession(str(model.path), providers=["CPUExecutionProvider"])
    (raw,) = session.run(["logits"], {"images": images})
    classifier = OnnxClassifier(model)
    expected = calibrated(raw, classifier.card.scale, classifier.card.bias)
    np.testing.assert_array_equal(classifier.logits(images), raw)
    np.testing.assert_allclose(classifier.scores(images), expected, atol=1e-5)


@ships
def test_more_images_than_a_batch_keep_their_order(paper: type[Paper], model: ModelFile) -> None:
    two, zero = (normalise_ink(paper(100, 100).digits(digit, 30, 30, 40, 5).ink) for digit in "20")
    images = np.stack([two] * BATCH + [zero] * 3)
    best = OnnxClassifier(model).scores(images).argmax(axis=1)
    assert best.tolist() == [2] * BATCH + [0] * 3


@ships
def test_a_shipped_model_gives_no_scores_for_no_images(model: ModelFile) -> None:
    scores = OnnxClassifier(model).scores(np.zeros((0, 28, 28), np.float32))
    assert scores.shape == (0, CLASSES)
