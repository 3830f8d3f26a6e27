"""What a training says while it runs goes to stderr, and stays there."""

from __future__ import annotations

import pytest

from digitize.train.progress import TrainingProgress, announce, duration


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


def test_an_announcement_is_one_line_on_stderr_however_long(capsys):
    announce("Reading " + "a-folder-with-a-long-name " * 20)
    shown = capsys.readouterr()
    assert not shown.out
    assert shown.err.count("\n") == 1


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0.4, "0 seconds"),
        (1, "1 second"),
        (89, "89 seconds"),
        (90, "2 minutes"),
        (1500, "25 minutes"),
        (3660, "1 hour 1 minute"),
        (7200, "2 hours"),
    ],
)
def test_a_duration_is_said_in_words(seconds, words):
    assert duration(seconds) == words
