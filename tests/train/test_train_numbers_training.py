"""From the command line to a reader of numbers that ships, and again after an interruption."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
from click.testing import CliRunner
from school import school_folder

from digitize.cli import main
from digitize.errors import UsageError
from digitize.onnx_models import find_model
from digitize.sequence import OnnxSequenceReader
from digitize.train.card import Recipe
from digitize.train.families import PAGE_READERS
from digitize.train.interruption import Earlier
from digitize.train.numbers.network import NumberOptions
from digitize.train.numbers.training import best_temperature, examine, train_sequence

TINY = NumberOptions(
    channels=(4, 4, 6, 6, 8),
    wide=12,
    epoch=3,
    descent=dataclasses.replace(NumberOptions().descent, batch=4),
)


@pytest.fixture(scope="module")
def school(tmp_path_factory):
    return school_folder(tmp_path_factory.mktemp("school"))


def recipe(school, output, epochs=2, seed=1):
    return Recipe("sequence", (school,), output, seed, epochs)


def test_a_training_leaves_a_reader_with_its_card_and_its_page(school, tmp_path, capsys):
    output = train_sequence(recipe(school, tmp_path / "mine.onnx"), TINY)
    card = OnnxSequenceReader(find_model(str(output))).card
    assert (card.name, card.family, card.seed) == ("mine", "sequence", 1)
    assert set(card.held_back_exact) == set(card.held_back_ece) == {"composed"}
    assert card.temperature > 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["mine.md", "mine.onnx"]
    page = (tmp_path / "mine.md").read_text(encoding="utf-8")
    assert card.weights_sha256 in page
    assert "digitize train sequence --data" in page
    said = capsys.readouterr().err
    assert "epoch 2/2: loss" in said
    assert "held-back error" in said


def test_a_seed_gives_the_same_reader_again_and_another_another(school, tmp_path):
    weights = [
        OnnxSequenceReader(
            find_model(str(train_sequence(recipe(school, tmp_path / f"{run}.onnx", 1, seed), TINY)))
        ).card.weights_sha256
        for run, seed in enumerate((1, 1, 2))
    ]
    assert weights[0] == weights[1] != weights[2]


def test_an_earlier_checkpoint_is_not_passed_over(school, tmp_path):
    (tmp_path / "m.checkpoint.keras").write_bytes(b"of an earlier training")
    with pytest.raises(UsageError, match="--resume, or start again with --overwrite"):
        train_sequence(recipe(school, tmp_path / "m.onnx"), TINY, Earlier.REFUSE)


def test_there_is_no_learning_curve_of_a_reader(school, tmp_path):
    asked = dataclasses.replace(recipe(school, tmp_path / "m.onnx"), learning_curve=True)
    with pytest.raises(UsageError, match="without --learning-curve"):
        PAGE_READERS["sequence"].train(asked)


def test_the_command_names_the_reader_and_refuses_what_is_none(tmp_path):
    shown = " ".join(CliRunner().invoke(main, ["train", "--help"]).output.split())
    for reader in PAGE_READERS.values():
        assert f"{reader.name} {reader.summary}" in shown
    output = str(tmp_path / "m.txt")
    refused = CliRunner().invoke(main, ["train", "sequence", "-o", output])
    assert refused.exit_code == 5
    assert "ends in .onnx" in refused.output


def sharp(digit, by):
    """Logits of a digit and a blank, sharper the larger `by` is."""
    logits = np.zeros((4, 11), np.float32)
    logits[:2, digit] = logits[2:, 10] = by
    return logits


def test_too_certain_logits_are_cooled_and_too_modest_ones_are_not():
    half_wrong = [sharp(3, 20.0) for _ in range(20)]
    texts = ["3", "5"] * 10
    assert best_temperature(half_wrong, texts) > 2
    all_right = [sharp(3, 2.0) for _ in range(20)]
    assert best_temperature(all_right, ["3"] * 20) < 1


def test_an_examination_counts_whole_numbers():
    exact, ece = examine([sharp(3, 20.0), sharp(4, 20.0)], ["3", "5"], temperature=1.0)
    assert exact == 0.5
    assert ece == pytest.approx(0.5, abs=0.01)
