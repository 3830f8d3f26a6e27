"""The perceptron: what its ONNX file computes is what Keras computes."""

from __future__ import annotations

import numpy as np
import pytest
from drawn_digits import drawn_digits
from school import small_data, small_lesson

from digitize.classify import NOT_A_DIGIT
from digitize.train.curve import run_graph
from digitize.train.datasets import ink_levels
from digitize.train.descent import Descent
from digitize.train.gradients import gradient_features
from digitize.train.libraries import load
from digitize.train.loop import fit
from digitize.train.mlp import MlpOptions, build_mlp, folded_dense, learn_mlp, mlp_graph

SMALL = MlpOptions(
    hidden=(48, 32), statistics_momentum=0.8, descent=Descent(batch=32, average_momentum=0.9)
)


@pytest.fixture(scope="module")
def taught():
    """A small perceptron after a tiny training."""
    (keras,) = load("keras")
    keras.utils.set_random_seed(1)
    model = build_mlp(keras, SMALL, steps=14)
    fit(model, small_lesson(epochs=2), 32, gradient_features)
    return model


def test_the_perceptron_in_onnx_computes_what_keras_computes(taught):
    images = ink_levels(small_data().held_back.images)
    expected = taught.predict(gradient_features(images), verbose=0)
    logits = run_graph(mlp_graph(taught), images)
    assert logits.shape == (55, 11)
    assert np.abs(logits - expected).max() < 0.02 * np.abs(expected).max()  # Keras' bfloat16


def test_a_folded_layer_is_the_three_maps_one_after_another():
    rng = np.random.default_rng(5)
    (keras,) = load("keras")
    layer = keras.layers.Dense(3, dtype="float32")
    layer.build((None, 4))
    before, after = rng.normal(size=(2, 4)), rng.normal(size=(2, 3))
    matrix, offsets = folded_dense(layer, tuple(before), tuple(after))
    points = rng.normal(size=(6, 4))
    inner = (points * before[0] + before[1]) @ np.asarray(layer.kernel) + np.asarray(layer.bias)
    assert np.allclose(points @ matrix + offsets, inner * after[0] + after[1], atol=1e-5)


def test_a_perceptron_learns_digits_and_noise_apart():
    logits = run_graph(learn_mlp(small_lesson(epochs=12), SMALL), ink_levels(exam().images))
    read = logits.argmax(axis=1)
    assert (read == exam().labels).mean() >= 0.9
    assert (read[-5:] == NOT_A_DIGIT).all()


def exam():
    return small_data().held_back


def test_how_dark_the_ink_is_does_not_matter(taught):
    images = ink_levels(drawn_digits(1, np.random.default_rng(9)).images)
    graph = mlp_graph(taught)
    assert np.allclose(run_graph(graph, images), run_graph(graph, images * 0.5), atol=1e-2)


def test_the_perceptron_that_ships_takes_less_than_four_megabytes():
    (keras,) = load("keras")
    graph = mlp_graph(build_mlp(keras, MlpOptions(), steps=1))
    assert graph.ByteSize() < 4e6
