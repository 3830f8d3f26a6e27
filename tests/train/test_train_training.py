"""Every family trained for real on a few hundred drawn digits, and on the command line."""

from __future__ import annotations

import dataclasses
import json
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner
from school import school_folder

from digitize.classify import OnnxClassifier
from digitize.cli import main
from digitize.errors import UsageError
from digitize.onnx_models import find_model
from digitize.train import training
from digitize.train.checkpoint import checkpoint_path
from digitize.train.cnn_large import EnsembleOptions
from digitize.train.curve import SHARES
from digitize.train.descent import Descent
from digitize.train.evaluation import evaluate_folder
from digitize.train.families import FAMILIES
from digitize.train.interruption import Earlier, how_to_go_on
from digitize.train.logreg import LogregOptions
from digitize.train.mlp import MlpOptions
from digitize.train.network import CnnOptions
from digitize.train.svm import SvmOptions
from digitize.train.training import recipe_for, train

QUICK = Descent(batch=32, average_momentum=0.9)
NETWORK = CnnOptions((8, 12, 16), head_channels=16, statistics_momentum=0.8, descent=QUICK)
SMALL = {
    "cnn": NETWORK,
    "cnn-large": EnsembleOptions(2, NETWORK),
    "svm": SvmOptions(components=20, copies=2),
    "mlp": MlpOptions(hidden=(64,), statistics_momentum=0.8, descent=QUICK),
    "logreg": LogregOptions(components=20, rounds=1),
}
EPOCHS = {"cnn": 12, "cnn-large": 8, "mlp": 12}
PATIENCE = 300  # seconds for a process that imports TensorFlow on a busy machine


def small(name):
    """The family, with options that make it quick."""
    return dataclasses.replace(FAMILIES[name], options=SMALL[name])


@pytest.fixture(scope="module")
def school(tmp_path_factory) -> Path:
    return school_folder(tmp_path_factory.mktemp("school"))


@pytest.mark.parametrize("name", FAMILIES)
def test_a_training_ends_in_a_model_that_reads(school, tmp_path, capsys, name):
    result = small(name).train([school], tmp_path / "mine.onnx", epochs=EPOCHS.get(name))
    classifier = OnnxClassifier(find_model(str(result.model)))
    assert classifier.card == result.card
    assert evaluate_folder(classifier, school).evaluation.error_rate <= 0.1
    assert (result.card.name, result.card.family) == ("mine", name)
    assert result.card.data.endswith("train (400)")
    assert result.card.learning_curve == ()
    assert result.card.weights_sha256 in result.page.read_text(encoding="utf-8")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["mine.md", "mine.onnx"]
    said = capsys.readouterr().err
    assert f"Reading {school}" in said
    assert ", about " in said
    assert "held-back error" in said


def test_a_seed_gives_the_same_network_again(school, tmp_path):
    first, again = (
        small("cnn").train([school], tmp_path / f"{run}.onnx", 1, 1).card.weights_sha256
        for run in range(2)
    )
    assert first == again


@pytest.mark.parametrize(("name", "shares"), [("mlp", SHARES[2:]), ("logreg", SHARES)])
def test_a_learning_curve_ends_with_the_model_and_does_not_change_it(
    school, tmp_path, monkeypatch, name, shares
):
    epochs = 1 if name == "mlp" else None
    alone = small(name).train([school], tmp_path / "alone.onnx", epochs=epochs).card
    recipe = recipe_for(small(name), [school], tmp_path / "curve.onnx", 1, epochs, True)
    monkeypatch.setattr(training, "SHARES", shares)
    card = training.train(small(name), recipe).card
    assert card.weights_sha256 == alone.weights_sha256
    assert OnnxClassifier(find_model(str(recipe.output))).card == card
    counts = [digits for digits, _ in card.learning_curve]
    assert len(counts) == len(shares) + 1
    assert counts == sorted(counts)
    assert card.learning_curve[-1] == (367, card.held_back_error)


def test_a_family_without_epochs_has_none_to_choose_and_nothing_to_go_on_from(tmp_path):
    with pytest.raises(UsageError, match="svm is not trained in epochs"):
        recipe_for(FAMILIES["svm"], [tmp_path], tmp_path / "m.onnx", 1, epochs=3)
    recipe = recipe_for(FAMILIES["svm"], [tmp_path], tmp_path / "m.onnx", 1)
    with pytest.raises(UsageError, match="without --resume"):
        train(FAMILIES["svm"], recipe, Earlier.RESUME)


def test_an_earlier_checkpoint_is_not_passed_over(tmp_path):
    checkpoint_path(tmp_path / "m.onnx").write_bytes(b"of an earlier training")
    recipe = recipe_for(FAMILIES["cnn"], [tmp_path], tmp_path / "m.onnx", 1)
    with pytest.raises(UsageError, match="--resume, or start again with --overwrite"):
        train(FAMILIES["cnn"], recipe)


def test_an_interruption_says_how_to_go_on(tmp_path):
    output = tmp_path / "m.onnx"
    assert "starts again" in how_to_go_on(output)
    checkpoint_path(output).write_bytes(b"")
    assert "--resume" in how_to_go_on(output)


def digitize(*arguments):
    return CliRunner().invoke(main, ["train", *map(str, arguments)])


def test_the_help_names_every_family_and_says_what_it_is():
    shown = " ".join(digitize("--help").output.split())
    for family in FAMILIES.values():
        assert f"{family.name} {family.summary}" in shown


def test_an_unknown_family_is_refused_with_those_there_are():
    result = digitize("forest", "-o", "m.onnx")
    assert result.exit_code == 2
    assert all(f"'{name}'" in result.output for name in FAMILIES)


def test_going_on_and_starting_again_exclude_each_other():
    result = digitize("cnn", "-o", "m.onnx", "--resume", "--overwrite")
    assert result.exit_code == 2
    assert "not both" in result.output


def command(school, output, *more):
    where = ["--data", str(school), "-o", str(output), "--epochs", "6"]
    return [sys.executable, "-m", "digitize", "train", "mlp", *where, *more]


def stopped(school, output, how, *more):
    """Run the command until it has done one more epoch, stop it; its exit code and what it said."""
    path, before = checkpoint_path(output), epoch_in(checkpoint_path(output))
    deadline = time.monotonic() + PATIENCE
    with subprocess.Popen(
        command(school, output, *more),
        stderr=subprocess.PIPE,
        text=True,
        # where pytest runs in the background, its children would not hear of Ctrl-C
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    ) as process:
        while epoch_in(path) <= before and time.monotonic() < deadline:
            assert process.poll() is None, process.communicate()
            time.sleep(0.02)
        process.send_signal(how)
        _, said = process.communicate(timeout=PATIENCE)
    return process.returncode, said


def epoch_in(path):
    """The epoch that a checkpoint was written after; 0 where there is none."""
    if not path.exists():
        return 0
    with zipfile.ZipFile(path) as archive:
        return json.loads(archive.read("digitize.json"))["epoch"]


def test_a_training_interrupted_and_then_killed_comes_to_the_same_model(school, tmp_path):
    whole = FAMILIES["mlp"].train([school], tmp_path / "whole.onnx", epochs=6).card
    output = tmp_path / "m.onnx"
    code, said = stopped(school, output, signal.SIGINT)
    assert code == 130
    assert "--resume goes on" in said
    code, _ = stopped(school, output, signal.SIGKILL, "--resume")
    assert code == -signal.SIGKILL
    assert not output.exists()
    subprocess.run(command(school, output, "--resume"), timeout=PATIENCE, check=True)
    card = OnnxClassifier(find_model(str(output))).card
    assert card.weights_sha256 == whole.weights_sha256
    assert not checkpoint_path(output).exists()
