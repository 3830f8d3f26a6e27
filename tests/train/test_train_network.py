"""The convolutional network: its ONNX file computes what Keras does, alone or averaged."""

from __future__ import annotations

import numpy as np
import pytest

from digitize.train.curve import run_graph
from digitize.train.libraries import load
from digitize.train.network import CnnOptions, build_network, ensemble_graph, network_graph

TINY = CnnOptions(channels=(4, 6, 8), head_channels=8)


def network(options, seed):
    """An untrained network whose normalisations are not the identity."""
    (keras,) = load("keras")
    keras.utils.set_random_seed(seed)
    model = build_network(keras, options, steps=1)
    rng = np.random.default_rng(seed)
    for layer in model.layers:
        if type(layer).__name__ == "BatchNormalization":
            layer.set_weights([rng.uniform(0.5, 1.5, w.shape) for w in layer.get_weights()])
    return model


@pytest.fixture
def images():
    """Noise at full contrast."""
    noise = np.random.default_rng(3).random((7, 28, 28), dtype=np.float32)
    return noise / noise.max(axis=(1, 2), keepdims=True)


def keras_logits(model, images):
    return model.predict(images[..., None], verbose=0)


def test_the_network_in_onnx_computes_what_keras_computes(images):
    model = network(CnnOptions(), 3)
    expected = keras_logits(model, images)
    assert (
        np.abs(run_graph(network_graph(model), images) - expected).max()
        < 0.02 * np.abs(expected).max()
    )  # Keras' bfloat16


def test_an_ensemble_has_the_mean_of_its_networks_logits(images):
    models = [network(TINY, seed) for seed in (1, 2, 3)]
    alone = [run_graph(network_graph(model), images) for model in models]
    together = run_graph(ensemble_graph(models), images)
    assert np.allclose(together, np.mean(alone, axis=0), atol=1e-4)
    expected = np.mean([keras_logits(model, images) for model in models], axis=0)
    assert np.abs(together - expected).max() < 0.02 * np.abs(expected).max()
    assert np.abs(alone[0] - together).max() > 0.1


def test_an_ensemble_of_one_is_that_network(images):
    model = network(TINY, 1)
    one, alone = ensemble_graph([model]), network_graph(model)
    assert np.array_equal(run_graph(one, images), run_graph(alone, images))


def test_pale_images_are_read_at_full_contrast(images):
    graph = network_graph(network(TINY, 1))
    assert np.allclose(run_graph(graph, images * 0.4), run_graph(graph, images), atol=1e-4)


def test_the_network_that_ships_takes_less_than_three_megabytes():
    (keras,) = load("keras")
    graph = network_graph(build_network(keras, CnnOptions(), steps=1))
    assert 1e6 < graph.ByteSize() < 3e6
