"""The learning curve: parts of every answer, epochs that make up for them, each one's error."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from school import small_data, small_lesson

from digitize.classify import NOT_A_DIGIT
from digitize.train.curve import (
    FEWEST,
    SHARES,
    draw_part,
    held_back_error,
    learning_curve,
    part_of,
)
from digitize.train.datasets import DigitSet
from digitize.train.onnx_graph import GraphWriter


def digit_set(labels):
    return DigitSet(np.zeros((len(labels), 28, 28), np.uint8), np.array(labels, np.uint8))


@given(
    counts=st.lists(st.integers(0, 300), min_size=11, max_size=11).filter(any),
    share=st.sampled_from(SHARES),
)
def test_a_part_has_its_share_of_each_answer_and_at_least_ten(counts, share):
    digits = digit_set(np.repeat(np.arange(11), counts))
    part = draw_part(digits, share, np.random.default_rng(1))
    found = np.bincount(part.labels, minlength=11)
    for count, drawn in zip(counts, found, strict=True):
        assert drawn == min(count, max(FEWEST, round(count * share)))


@pytest.mark.parametrize(
    ("share", "epochs"), [(Fraction(1, 4), 80), (Fraction(1, 16), 160), (Fraction(1, 64), 320)]
)
def test_a_quarter_of_the_digits_is_seen_twice_as_often(share, epochs):
    part = part_of(small_lesson(epochs=40), share)
    assert part.epochs == epochs
    assert part.title == f"test on {share} of the digits"


def test_a_family_without_epochs_gets_none():
    assert part_of(small_lesson(), SHARES[0]).epochs is None


def test_a_seed_draws_the_same_part_again():
    first, again = (part_of(small_lesson(), SHARES[2]).data.training for _ in range(2))
    assert np.array_equal(first.images, again.images)


def always(answer):
    """An ONNX graph that gives every image the same answer."""
    graph = GraphWriter()
    (axis, weights) = (np.array([1, 2], np.int64), np.zeros((1, 11)))
    ink = graph.add("ReduceSum", "images", graph.constant(axis), keepdims=0)
    column = graph.add("Unsqueeze", ink, graph.constant(np.array([1], np.int64)))
    wanted = np.where(np.arange(11) == answer, 5.0, 0.0)
    graph.add(
        "Add",
        graph.add("MatMul", column, graph.constant(weights)),
        graph.constant(wanted),
        output="logits",
    )
    return graph.model()


def test_the_error_is_that_of_the_held_back_digits_alone():
    data = small_data()
    right_once_in_ten = held_back_error(always(3), data, seed=1)
    assert right_once_in_ten == pytest.approx(0.9)


def test_the_curve_is_a_point_for_each_share_smallest_first():
    seen = []

    def learn(lesson, options):
        seen.append((len(lesson.data.training), options, lesson.checkpoint))
        assert set(lesson.data.training.labels) == {*range(10), NOT_A_DIGIT}
        return always(0)

    curve = learning_curve(learn, "options", small_lesson(), (Fraction(1, 2), Fraction(3, 4)))
    assert [count for count, _ in curve] == [100, 150]
    assert [error for _, error in curve] == [pytest.approx(0.9)] * 2
    assert seen == [(110, "options", None), (165, "options", None)]
