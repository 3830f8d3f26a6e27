"""The ink network: its file computes what Keras does, and a training can go on from it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import onnxruntime as ort
import pytest

from digitize.errors import ModelUnusable
from digitize.train.inknet.from_onnx import go_on_from, settle
from digitize.train.inknet.keras_layers import build, in_blocks, in_pixels
from digitize.train.inknet.layout import Widths
from digitize.train.inknet.onnx_layers import ink_graph
from digitize.train.inknet.pool import SIDE
from digitize.train.libraries import load_keras

SMALL = Widths(4, 6, 8, 10)


def crops(count: int) -> np.ndarray:
    rng = np.random.default_rng(3)
    return rng.integers(0, 256, (count, SIDE, SIDE, 3), dtype=np.uint8)


def unsettled(seed: int):
    """An untrained network whose normalisations are not the usual ones, as after a training."""
    model, rng = build(load_keras(seed), SMALL), np.random.default_rng(seed)
    for layer in model.layers:
        if layer.name.endswith("_norm"):
            layer.set_weights([rng.uniform(0.5, 1.5, each.shape) for each in layer.get_weights()])
    return model


def logits_of(model, pixels: np.ndarray) -> np.ndarray:
    return model.predict([pixels, np.ones((len(pixels), 1), np.float32)], verbose=0)


@pytest.fixture
def network(tmp_path: Path):
    model = unsettled(1)
    path = tmp_path / "small.onnx"
    path.write_bytes(ink_graph(model, SMALL).SerializeToString())
    return model, path


def test_the_file_computes_what_keras_does(network):
    model, path = network
    pixels = crops(1)
    (logits,) = ort.InferenceSession(path).run(None, {"pixels": pixels})
    said = logits_of(model, pixels).transpose(0, 3, 1, 2)
    assert np.abs(logits - said).mean() < 0.05 * np.abs(said).mean()  # Keras computes in bfloat16


def test_a_training_goes_on_from_the_weights_of_a_file(network, tmp_path):
    _, path = network
    other = unsettled(2)
    go_on_from(path, other, SMALL)
    again = tmp_path / "again.onnx"
    again.write_bytes(ink_graph(other, SMALL).SerializeToString())
    pixels = crops(1)
    before, after = (
        ort.InferenceSession(file).run(None, {"pixels": pixels})[0] for file in (path, again)
    )
    np.testing.assert_allclose(after, before, atol=1e-4)


def test_a_network_that_was_settled_says_in_training_what_its_file_says(network):
    """Unsettled, it would go by each batch's own mean and deviation, and forget what it knows."""
    model, path = network
    other, pixels = unsettled(2), crops(2)
    go_on_from(path, other, SMALL)
    known = logits_of(model, pixels)

    def strayed() -> float:
        given = [pixels, np.ones((len(pixels), 1), np.float32)]
        return float(np.abs(np.asarray(other(given, training=True)) - known).mean())

    unlike = strayed()
    settle(load_keras(2), other, pixels)
    scale = float(np.abs(known - known.mean(axis=(0, 1, 2))).mean())
    assert np.abs(logits_of(other, pixels) - known).mean() < 0.1 * scale
    assert strayed() < 0.2 * unlike


def test_a_deeper_network_starts_by_saying_nearly_what_the_shallower_one_does(network):
    model, path = network
    deeper = replace(SMALL, depth=SMALL.depth + 2)
    grown, pixels = build(load_keras(2), deeper), crops(1)
    go_on_from(path, grown, deeper)
    before, after = logits_of(model, pixels), logits_of(grown, pixels)
    assert np.abs(after - before).mean() < 0.1 * np.abs(before).mean()


def test_a_file_that_is_no_such_network_is_refused_by_name(tmp_path):
    path = tmp_path / "other.onnx"
    path.write_bytes(b"this is no network")
    with pytest.raises(ModelUnusable, match=r"other\.onnx"):
        go_on_from(path, unsettled(2), SMALL)


def test_a_network_of_another_size_is_refused(network):
    _, path = network
    with pytest.raises(ModelUnusable, match="same size"):
        go_on_from(path, build(load_keras(1), Widths(4, 6, 8, 12)), Widths(4, 6, 8, 12))


def test_pixels_come_back_from_blocks_where_they_were():
    values = np.arange(2 * 8 * 8 * 3, dtype=np.float32).reshape(2, 8, 8, 3)
    keras = load_keras(1)
    blocks = in_blocks(keras.ops, keras.ops.convert_to_tensor(values))
    assert blocks.shape == (2, 4, 4, 12)
    np.testing.assert_array_equal(np.asarray(in_pixels(keras.ops, blocks)), values)
