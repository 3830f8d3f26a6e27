"""Checkpoints: what they keep, what they refuse, and that nothing in them is run."""

from __future__ import annotations

import dataclasses
import zipfile

import numpy as np
import pytest
from school import small_data

from digitize.errors import UnreadableInput, UsageError
from digitize.train.checkpoint import Checkpoint, checkpoint_path, fingerprint
from digitize.train.datasets import DigitSet
from digitize.train.descent import Descent, compile_network
from digitize.train.libraries import load

SETTINGS = {"seed": "1", "number of epochs": "4"}


def tiny_network():
    """A network with all that has a state: weights, statistics, dropout, moving averages."""
    (keras,) = load("keras")
    layers = keras.layers
    model = keras.Sequential(
        [keras.Input((5,)), layers.Dense(4), layers.BatchNormalization(), layers.Dropout(0.5)]
    )
    return compile_network(keras, model, Descent(), steps=10)


def taught(model, steps):
    rng = np.random.default_rng(7)
    for _ in range(steps):
        model.train_on_batch(rng.random((8, 5), dtype=np.float32), rng.integers(0, 4, 8))
    return model


@pytest.fixture(scope="module")
def saved(tmp_path_factory):
    """A network taught for three steps, and the checkpoint of it."""
    path = tmp_path_factory.mktemp("models") / "m.checkpoint.keras"
    checkpoint = Checkpoint(path, SETTINGS, learning_curve=((10, 0.5), (40, 0.25)))
    model = taught(tiny_network(), 3)
    checkpoint.save(model, epoch=2)
    return model, checkpoint


def test_a_checkpoint_lies_beside_the_model_to_be(tmp_path):
    assert checkpoint_path(tmp_path / "cnn.onnx") == tmp_path / "cnn.checkpoint.keras"


def test_where_there_is_no_file_nothing_was_done(tmp_path):
    checkpoint = Checkpoint(tmp_path / "none.keras", SETTINGS)
    assert checkpoint.progress() is None
    assert checkpoint.restore(tiny_network()) == 0


def test_a_checkpoint_knows_the_epoch_and_the_learning_curve(saved):
    progress = saved[1].progress()
    assert progress.epoch == 2
    assert progress.learning_curve == ((10, 0.5), (40, 0.25))


def test_a_restored_network_has_every_state_and_learns_on_alike(saved):
    model, checkpoint = saved
    other = tiny_network()
    assert checkpoint.restore(other) == 2
    for variables in ("variables", "optimizer.variables"):
        kept, restored = model, other
        for name in variables.split("."):
            kept, restored = getattr(kept, name), getattr(restored, name)
        assert len(kept) == len(restored) > 4
        for was, now in zip(kept, restored, strict=True):
            assert np.array_equal(np.asarray(was), np.asarray(now)), was.path


def test_the_file_holds_json_and_numbers_and_is_alone_in_its_folder(saved):
    path = saved[1].path
    names = zipfile.ZipFile(path).namelist()
    assert "digitize.json" in names
    assert all(name.endswith((".json", ".h5")) for name in names)
    assert list(path.parent.iterdir()) == [path]


def test_a_checkpoint_of_another_training_is_refused_and_says_what_differs(saved):
    other = dataclasses.replace(saved[1], settings={**SETTINGS, "seed": "2"})
    with pytest.raises(UsageError, match=r"its seed is 1, not 2.*--overwrite"):
        other.progress()


def test_a_checkpoint_that_does_not_say_what_it_belongs_to_is_refused(saved):
    other = dataclasses.replace(saved[1], settings={**SETTINGS, "data": "mnist"})
    with pytest.raises(UsageError, match="its data is unknown, not mnist"):
        other.progress()


@pytest.mark.parametrize("content", [b"", b"no archive", b"PK\x05\x06" + bytes(18)])
def test_a_damaged_checkpoint_is_refused_with_the_remedy(tmp_path, content):
    path = tmp_path / "m.checkpoint.keras"
    path.write_bytes(content)
    with pytest.raises(UnreadableInput, match="--overwrite"):
        Checkpoint(path, SETTINGS).progress()


def test_a_checkpoint_without_its_weights_is_refused_with_the_remedy(saved, tmp_path):
    path = tmp_path / "m.checkpoint.keras"
    with zipfile.ZipFile(saved[1].path) as whole, zipfile.ZipFile(path, "w") as part:
        part.writestr("digitize.json", whole.read("digitize.json"))
    with pytest.raises(UnreadableInput, match="--overwrite"):
        Checkpoint(path, SETTINGS).restore(tiny_network())


def test_other_digits_have_another_fingerprint():
    data = small_data()
    changed = data.training.labels.copy()
    changed[0] += 1
    other = dataclasses.replace(data, training=DigitSet(data.training.images, changed))
    assert fingerprint(data) == fingerprint(small_data()) != fingerprint(other)
