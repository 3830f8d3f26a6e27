"""The training loop: every digit once an epoch, the average kept, and going on where it stopped."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from school import small_data, small_lesson

from digitize.train import loop
from digitize.train.augment import AugmentOptions
from digitize.train.checkpoint import Checkpoint
from digitize.train.datasets import DigitSet
from digitize.train.descent import Descent
from digitize.train.gradients import gradient_features
from digitize.train.libraries import load
from digitize.train.loop import Watch, count_steps, distorted_batches, fit, plan, warp_share
from digitize.train.mlp import MlpOptions, build_mlp, learn_mlp
from digitize.train.onnx_graph import weights_sha256
from digitize.train.progress import TrainingProgress

TINY = MlpOptions(hidden=(16,), descent=Descent(batch=32, average_momentum=0.9))


@given(count=st.integers(1, 60), batch=st.integers(1, 70), seed=st.integers(0, 99))
def test_an_epoch_shows_every_digit_once(count, batch, seed):
    digits = DigitSet(np.zeros((count, 28, 28), np.uint8), np.arange(count, dtype=np.uint8))
    batches = list(distorted_batches(digits, batch, np.random.default_rng(seed), AugmentOptions()))
    assert sorted(np.concatenate([labels for _, labels in batches])) == list(range(count))
    assert all(len(images) == len(labels) <= batch for images, labels in batches)
    data = dataclasses.replace(small_data(), training=digits)
    assert count_steps(data, 3, batch) == 3 * len(batches)


def test_the_plan_says_how_much_there_is_to_do():
    lesson = small_lesson(epochs=40)
    assert plan(lesson, 0, 280) == "test: 40 epochs of 220 images, 280 steps"
    assert plan(lesson, 3, 259) == "test: epochs 4 to 40 of 220 images, 259 steps"


def test_after_a_few_steps_it_says_how_long_all_will_take(monkeypatch, capsys):
    clock = iter(range(0, 10_000, 2))  # two seconds each time it is looked at
    monkeypatch.setattr(loop.time, "monotonic", lambda: float(next(clock)))
    lines = []
    with TrainingProgress("cnn", 2000) as progress:
        monkeypatch.setattr(progress, "say", lines.append)
        watch = Watch(progress, 2000, "cnn: 40 epochs")
        for _ in range(loop.WARMING_STEPS + loop.TIMED_STEPS - 1):
            watch.step(0.5)
        assert not lines
        watch.step(0.5)
    assert lines[0].startswith("cnn: 40 epochs, about ")


def test_a_training_shows_loss_and_held_back_error_on_stderr(capsys):
    learn_mlp(small_lesson(epochs=2), TINY)
    shown = capsys.readouterr().err
    assert "test: 2 epochs of 220 images, 14 steps, about " in shown
    assert "epoch 2/2: loss " in shown
    assert "held-back error " in shown


def test_the_averaged_weights_are_kept():
    (keras,) = load("keras")
    keras.utils.set_random_seed(1)
    lesson = small_lesson(epochs=1)
    model = build_mlp(keras, TINY, steps=7)
    fit(model, lesson, 32, gradient_features)
    averages = [v for v in model.optimizer.variables if "average" in v.path]
    kernels = [np.asarray(w) for w in model.trainable_variables]
    assert len(averages) == len(kernels)
    for average, kernel in zip(averages, kernels, strict=True):
        assert np.array_equal(np.asarray(average), kernel)


class Interrupted(Exception):
    """Stands for whatever ends a training early."""


@pytest.mark.parametrize("steps_before", [10, 20])
def test_an_interrupted_training_goes_on_to_the_same_weights(monkeypatch, tmp_path, steps_before):
    whole = weights_sha256(learn_mlp(small_lesson(epochs=3), TINY))
    checkpoint = Checkpoint(tmp_path / "m.checkpoint.keras", {"seed": "1"})
    lesson = dataclasses.replace(small_lesson(epochs=3), checkpoint=checkpoint)
    step, counted = Watch.step, []

    def stumble(watch, loss):
        counted.append(loss)
        if len(counted) == steps_before:
            raise Interrupted
        step(watch, loss)

    with monkeypatch.context() as patched:
        patched.setattr(Watch, "step", stumble)
        with pytest.raises(Interrupted):
            learn_mlp(lesson, TINY)
    assert checkpoint.progress().epoch == (steps_before - 1) // 7
    assert weights_sha256(learn_mlp(lesson, TINY)) == whole


def test_a_training_interrupted_after_its_last_epoch_is_only_finished(tmp_path):
    checkpoint = Checkpoint(tmp_path / "m.checkpoint.keras", {"seed": "1"})
    lesson = dataclasses.replace(small_lesson(epochs=1), checkpoint=checkpoint)
    first, again = (weights_sha256(learn_mlp(lesson, TINY)) for _ in range(2))
    assert first == again


def test_digits_are_warped_fully_at_first_and_less_and_less_in_the_last_fifth():
    shares = [warp_share(epoch, 50) for epoch in range(1, 51)]
    assert shares[:40] == [1.0] * 40
    assert shares[39:] == sorted(shares[39:], reverse=True)
    assert shares[-1] == 0.4


def test_a_training_of_one_epoch_is_warped_little_and_not_by_nothing():
    assert warp_share(1, 1) == 0.4
