"""The reader of numbers: its file computes what Keras does, for strips of any width."""

from __future__ import annotations

import dataclasses
import json

import numpy as np
import onnxruntime as ort
import pytest

from digitize.errors import ModelUnusable
from digitize.onnx_models import find_model
from digitize.sequence import HEIGHT, STRIDE, OnnxSequenceReader, SequenceCard, log_likelihood
from digitize.sequence.network import log_softmax
from digitize.train.libraries import load
from digitize.train.model_file import write_model
from digitize.train.numbers.learn import labels_of, read, stack
from digitize.train.numbers.network import NumberOptions, build, ctc_loss, number_graph

SMALL = NumberOptions(channels=(4, 4, 6, 6, 8), wide=12)
CARD = SequenceCard(
    name="x",
    family="sequence",
    data="drawn",
    split="none",
    seed=1,
    seconds=1.0,
    temperature=2.0,
    held_back_exact={"composed": 0.9},
    held_back_ece={"composed": 0.01},
    weights_sha256="00ff",
    made_with="keras 3",
)


@pytest.fixture(scope="module")
def model():
    """An untrained network whose normalisations are not the identity."""
    (keras,) = load("keras")
    keras.utils.set_random_seed(3)
    network = build(keras, SMALL, steps=1)
    rng = np.random.default_rng(3)
    for layer in network.layers:
        if type(layer).__name__ == "BatchNormalization":
            layer.set_weights([rng.uniform(0.5, 1.5, w.shape) for w in layer.get_weights()])
    return network


@pytest.fixture(scope="module")
def file(model, tmp_path_factory):
    path = tmp_path_factory.mktemp("reader") / "x.onnx"
    write_model(number_graph(model), CARD, path)
    return find_model(str(path))


def noise(*widths):
    rng = np.random.default_rng(5)
    return [rng.random((HEIGHT, width), dtype=np.float32) for width in widths]


@pytest.mark.parametrize("width", [32, 64, 160])
def test_the_file_computes_what_keras_computes(model, file, width):
    strips = noise(width, width)
    expected = np.stack(read(model, strips))
    found = np.stack(OnnxSequenceReader(file).logits(strips))
    assert found.shape == (2, width // STRIDE, 11)
    assert np.abs(found - expected).max() < 0.03 * np.abs(expected).max()  # Keras' bfloat16


def test_there_is_a_frame_for_every_four_columns_begun(file):
    frames = [len(each) for each in OnnxSequenceReader(file).posteriors(noise(1, 4, 5, 33, 100))]
    assert frames == [1, 1, 2, 9, 25]


def test_posteriors_are_probabilities_at_the_cards_temperature(file):
    reader, strips = OnnxSequenceReader(file), noise(50)
    (likely,) = reader.posteriors(strips)
    assert np.allclose(np.exp(likely).sum(axis=1), 1, atol=1e-5)
    assert np.allclose(likely, log_softmax(reader.logits(strips)[0] / 2), atol=1e-5)


def test_a_strip_is_read_alike_alone_and_among_others(file):
    reader = OnnxSequenceReader(file)
    strips = noise(40, 200, 41, 64, *[40] * 20)
    together = reader.posteriors(strips)
    for strip, likely in zip(strips, together, strict=True):
        assert np.allclose(reader.posteriors([strip])[0], likely, atol=1e-4)


def test_no_strips_are_read_as_none(file):
    assert OnnxSequenceReader(file).posteriors([]) == []


def test_the_card_comes_back_from_the_file(file):
    assert OnnxSequenceReader(file).card == CARD


@pytest.mark.parametrize("family", ["cnn", "ink"])
def test_a_file_of_another_family_is_refused_with_what_to_do(model, tmp_path, family):
    path = tmp_path / "other.onnx"
    write_model(number_graph(model), dataclasses.replace(CARD, family=family), path)
    with pytest.raises(ModelUnusable, match="digitize train sequence"):
        OnnxSequenceReader(find_model(str(path)))


def test_the_usual_network_is_small():
    (keras,) = load("keras")
    usual = build(keras, NumberOptions(), steps=1)
    assert usual.count_params() <= 400_000
    assert len(number_graph(usual).SerializeToString()) <= 2_000_000


def test_the_loss_is_what_the_texts_surprise_by():
    frames = np.random.default_rng(1).normal(0, 1, (3, 12, 11)).astype(np.float32)
    texts = ["507", "11", "2"]
    wanted = -np.mean([log_likelihood(log_softmax(f), t) for f, t in zip(frames, texts)])  # noqa: B905
    found = float(ctc_loss(labels_of(texts), frames[:, None]))
    assert found == pytest.approx(wanted, rel=1e-3)


def test_strips_of_a_batch_are_filled_up_with_paper():
    batch = stack(noise(10, 21))
    assert batch.shape == (2, HEIGHT, 24, 1)
    assert not batch[0, :, 10:].any()


def test_the_metadata_are_json(file):
    session = ort.InferenceSession(str(file.path), providers=["CPUExecutionProvider"])
    (card,) = session.get_modelmeta().custom_metadata_map.values()
    assert json.loads(card)["temperature"] == 2.0
