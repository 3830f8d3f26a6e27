"""McNemar's exact test against the binomial test of SciPy."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digitize.train.report.metrics.mcnemar import mcnemar

stats = pytest.importorskip("scipy.stats")


@given(st.integers(0, 3000), st.integers(0, 3000))
def test_the_p_value_is_the_exact_binomial_one(first, second):
    expected = stats.binomtest(first, first + second).pvalue if first + second else 1.0
    assert mcnemar(first, second) == pytest.approx(
        expected, rel=1e-6, abs=1e-200
    )  # SciPy underflows


@given(st.integers(0, 500), st.integers(0, 500))
def test_which_model_is_named_first_does_not_matter(first, second):
    assert mcnemar(first, second) == mcnemar(second, first)


def test_an_even_split_is_certain_chance():
    assert mcnemar(7, 7) == 1.0
    assert mcnemar(0, 0) == 1.0


def test_five_of_five_is_one_in_sixteen():
    assert mcnemar(5, 0) == pytest.approx(1 / 16)
