"""Both families trained for real on a few hundred drawn digits; needs digitize[train]."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from drawn_digits import drawn_digits, write_idx_folder

from digitize.classify import OnnxClassifier, find_model, list_models
from digitize.train.card import TrainingResult
from digitize.train.cnn import train_cnn
from digitize.train.datasets import ink_levels, read_training_data
from digitize.train.evaluation import evaluate_folder
from digitize.train.gradients import FEATURES, gradient_features
from digitize.train.libraries import load
from digitize.train.machine import RIVALS, machine_graph, margin_matrix
from digitize.train.network import CnnOptions, build_network, network_graph
from digitize.train.onnx_graph import weights_sha256
from digitize.train.svm import SvmOptions, fit, train_svm

SMALL_NETWORK = CnnOptions(
    channels=(8, 12, 16), head_channels=16, batch=16, average_momentum=0.9, statistics_momentum=0.8
)
ONE_STEP = replace(SMALL_NETWORK, batch=400)
SMALL_MACHINE = SvmOptions(components=20, copies=2)


@pytest.fixture(scope="module")
def school(tmp_path_factory) -> Path:
    """A folder of 400 drawn training digits and 100 test digits."""
    folder = tmp_path_factory.mktemp("school")
    write_idx_folder(folder, drawn_digits(40, np.random.default_rng(1)), "train")
    return write_idx_folder(folder, drawn_digits(10, np.random.default_rng(2)), "test")


def small_cnn(school: Path, output: Path) -> TrainingResult:
    return train_cnn([school], output, seed=1, epochs=6, options=SMALL_NETWORK)


def small_svm(school: Path, output: Path, seed: int = 1) -> TrainingResult:
    return train_svm([school], output, seed, SMALL_MACHINE)


families = pytest.mark.parametrize("train", [small_cnn, small_svm], ids=["cnn", "svm"])


@families
def test_a_training_ends_in_a_model_that_reads(school, tmp_path, capsys, train):
    result = train(school, tmp_path / "mine.onnx")
    classifier = OnnxClassifier(find_model(str(result.model)))
    assert classifier.card == result.card
    assert evaluate_folder(classifier, school).evaluation.error_rate <= 0.1
    assert result.card.name == "mine"
    assert result.card.data.endswith("train (400)")
    assert result.card.split == "367 trained on, 33 held back, stratified by digit"
    assert result.card.weights_sha256 in result.page.read_text(encoding="utf-8")
    assert "held-back error" in capsys.readouterr().err


def test_a_seed_gives_the_same_network_again(school, tmp_path):
    first, again = (
        train_cnn([school], tmp_path / f"{run}.onnx", 1, 1, ONE_STEP).card.weights_sha256
        for run in range(2)
    )
    assert first == again


def test_a_seed_gives_the_same_machine_and_another_seed_another(school, tmp_path):
    sums = [
        small_svm(school, tmp_path / f"{run}.onnx", seed).card.weights_sha256
        for run, seed in enumerate((1, 1, 2))
    ]
    assert sums[0] == sums[1] != sums[2]


def outputs(graph, images):
    """What a ModelProto makes of images."""
    (onnxruntime,) = load("onnxruntime")
    session = onnxruntime.InferenceSession(graph.SerializeToString())
    return session.run(["logits"], {"images": images})[0]


def test_the_network_in_onnx_computes_what_keras_computes():
    (keras,) = load("keras")
    model = build_network(keras, CnnOptions(), steps=1)
    rng = np.random.default_rng(3)
    for layer in model.layers:
        if type(layer).__name__ == "BatchNormalization":
            layer.set_weights([rng.uniform(0.5, 1.5, w.shape) for w in layer.get_weights()])
    images = rng.random((7, 28, 28), dtype=np.float32)
    images /= images.max(axis=(1, 2), keepdims=True)
    expected = model.predict(images[..., None], verbose=0)
    assert np.allclose(outputs(network_graph(model), images), expected, atol=1e-3)


def test_the_network_that_ships_has_fewer_than_three_hundred_thousand_parameters():
    (keras,) = load("keras")
    assert 150_000 < build_network(keras, CnnOptions(), steps=1).count_params() < 300_000


@pytest.fixture(scope="module")
def machine(school):
    """The digits, the projection and the fitted SVC, deciding pair by pair."""
    (sklearn, *_) = load("sklearn", "sklearn.svm", "sklearn.decomposition")
    data = read_training_data([school], seed=1)
    projection, fitted = fit(sklearn, data, 1, SMALL_MACHINE)
    fitted.decision_function_shape = "ovo"
    return data, projection, fitted


def test_the_machine_in_onnx_sums_the_log_chances_of_scikit_learns_decisions(machine):
    data, projection, fitted = machine
    images = ink_levels(data.held_back.images)
    decisions = fitted.decision_function(projection.apply(gradient_features(images)))
    expected, pair = np.zeros((len(images), 10)), 0
    for low in range(10):
        for high in range(low + 1, 10):
            expected[:, low] -= np.logaddexp(0, -4 * decisions[:, pair])
            expected[:, high] -= np.logaddexp(0, 4 * decisions[:, pair])
            pair += 1
    graph = machine_graph(projection, fitted, margin_slope=4)
    assert np.allclose(outputs(graph, images), expected, atol=0.05)  # float16 support vectors


def test_a_margin_and_its_rivals_margin_are_opposite():
    mixing, offsets = margin_matrix(np.arange(45.0))
    three_over_seven, seven_over_three = 3 * RIVALS + 6, 7 * RIVALS + 3
    assert np.array_equal(mixing[:, three_over_seven], -mixing[:, seven_over_three])
    assert offsets[three_over_seven] == -offsets[seven_over_three]


def test_gradient_features_do_not_mind_pale_ink(school):
    images = ink_levels(drawn_digits(2, np.random.default_rng(6)).images)
    features = gradient_features(images)
    assert features.shape == (20, FEATURES)
    assert np.allclose(np.linalg.norm(features, axis=1), 1, atol=1e-3)
    assert np.allclose(gradient_features(images * 0.5), features, atol=1e-3)


def test_the_checksum_in_a_shipped_models_card_is_that_of_its_weights():
    (onnx,) = load("onnx")
    for model in list_models():
        card = OnnxClassifier(model).card
        assert weights_sha256(onnx.load(str(model.path))) == card.weights_sha256, model.name
