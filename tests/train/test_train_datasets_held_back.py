"""The split into digits trained on and digits held back."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from digitize.errors import UsageError
from digitize.train.datasets import split_held_back


@given(
    labels=st.lists(st.integers(0, 10), min_size=2, max_size=300),
    share=st.floats(0, 0.9),
    seed=st.integers(0, 2**32),
)
def test_the_split_is_whole_disjoint_and_stratified(labels, share, seed):
    labels = np.array(labels, dtype=np.uint8)
    count = int(share * len(labels))
    kept, held = split_held_back(labels, count, seed)
    assert len(held) == count
    assert sorted([*kept, *held]) == list(range(len(labels)))
    wanted = np.bincount(labels, minlength=11) * count / len(labels)
    assert np.all(np.abs(np.bincount(labels[held], minlength=11) - wanted) < 1)


def test_the_split_is_the_same_for_a_seed_and_another_for_another():
    labels = np.tile(np.arange(10, dtype=np.uint8), 50)
    first, again, other = (split_held_back(labels, 100, seed)[1] for seed in (1, 1, 2))
    assert np.array_equal(first, again)
    assert not np.array_equal(first, other)


def test_the_split_of_seed_1_stays_what_it_was_when_models_were_trained_with_it():
    labels = np.tile(np.arange(11, dtype=np.uint8), 4)
    assert split_held_back(labels, 4, seed=1)[1].tolist() == [0, 25, 34, 35]


def test_holding_back_every_digit_is_an_error():
    with pytest.raises(UsageError, match="3 digits cannot be held back from 3"):
        split_held_back(np.array([1, 2, 3], dtype=np.uint8), 3, seed=1)
