"""The support vector machine, trained on a few hundred drawn digits: what it learns and repeats."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from drawn_digits import drawn_digits
from school import small_data, small_lesson

from digitize.classify import NOT_A_DIGIT
from digitize.train.curve import run_graph
from digitize.train.datasets import ink_levels
from digitize.train.onnx_graph import weights_sha256
from digitize.train.svm import SvmOptions, learn_svm, near_with_copies

SMALL = SvmOptions(components=20, copies=2, copies_of_others=1)


def test_a_machine_learns_digits_and_noise_apart(capsys):
    logits = run_graph(learn_svm(small_lesson(), SMALL), ink_levels(small_data().held_back.images))
    read = logits.argmax(axis=1)
    assert (read == small_data().held_back.labels).mean() >= 0.9
    assert (read[-5:] == NOT_A_DIGIT).all()
    shown = capsys.readouterr().err
    assert "support vectors, held-back error" in shown


def test_a_seed_gives_the_same_machine_and_another_seed_another():
    sums = [
        weights_sha256(learn_svm(replace(small_lesson(), seed=seed), SMALL)) for seed in (1, 1, 2)
    ]
    assert sums[0] == sums[1] != sums[2]


def test_digits_near_a_boundary_are_copied_more_often_than_what_is_no_digit():
    near = small_data().held_back  # five of each digit and of noise
    features, labels = near_with_copies(near, np.random.default_rng(1), SMALL)
    assert len(features) == len(labels)
    assert np.array_equal(np.bincount(labels), [*[15] * 10, 10])


def test_a_machine_reads_pale_digits_as_it_reads_dark_ones():
    graph = learn_svm(small_lesson(), SMALL)
    dark = ink_levels(drawn_digits(2, np.random.default_rng(7)).images)
    assert np.allclose(run_graph(graph, dark), run_graph(graph, dark * 0.5), atol=0.05)
