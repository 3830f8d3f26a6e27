"""What a training says while it runs goes to stderr, and stays there."""

from __future__ import annotations

import pytest

from digitize.train.progress import TrainingProgress


def test_lines_and_the_last_note_go_to_stderr(capsys):
    with TrainingProgress("cnn", 2) as progress:
        progress.advance("loss 0.5")
        progress.say("epoch 1/1: loss 0.5")
        progress.advance("loss 0.4")
    shown = capsys.readouterr()
    assert not shown.out
    assert "epoch 1/1: loss 0.5" in shown.err
    assert "loss 0.4" in shown.err


def test_an_error_while_training_is_passed_on():
    with pytest.raises(KeyboardInterrupt), TrainingProgress("cnn", 2):
        raise KeyboardInterrupt
