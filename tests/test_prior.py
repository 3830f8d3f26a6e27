"""The share of a kind on a page is found out from the page itself."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from digitize.prior import likely, logit, share_on_page, shares_among


def looks(share: float, clear: float, count: int = 400) -> np.ndarray:
    """Return logarithms of odds of things, so many of the kind, parted by normal deviates."""
    rng = np.random.default_rng(1)
    is_kind = np.arange(count) < share * count
    return rng.normal(np.where(is_kind, clear, -clear) / 2, np.sqrt(clear))


@pytest.mark.parametrize("share", [0.03, 0.2, 0.5, 0.9])
def test_whatever_share_is_usual_that_of_the_page_is_found(share: float) -> None:
    found = [share_on_page(looks(share, clear=6), usual, 0.01, 0.5) for usual in (0.2, 0.8)]
    assert found == pytest.approx([share, share], abs=0.03)
    assert found[0] == pytest.approx(found[1], abs=1e-3)


def test_few_things_tell_little_against_what_is_hoped() -> None:
    alone, many = (share_on_page(np.full(n, -3.0), 0.5, 8, 0.9) for n in (1, 500))
    assert alone > 0.7
    assert many < 0.1


@given(st.lists(st.floats(-50, 50), max_size=60), st.floats(0.01, 0.99))
def test_a_share_is_always_one(odds: list[float], usual: float) -> None:
    assert 0 < share_on_page(np.array(odds), usual, 2, 0.5) < 1


def test_with_half_of_the_kind_a_thing_is_as_likely_as_it_looks() -> None:
    assert likely(logit(np.array([0.2, 0.7])), 0.5) == pytest.approx([0.2, 0.7])


def test_every_group_on_a_page_has_its_own_share() -> None:
    odds = np.concatenate([looks(0.9, clear=6), looks(0.1, clear=6)])
    group = np.arange(len(odds)) < 400
    shares = shares_among(odds, group[:, None] == group, 0.5, 0.01, 0.5)
    assert shares[[0, 399]] == pytest.approx([0.9, 0.9], abs=0.03)
    assert shares[[400, 799]] == pytest.approx([0.1, 0.1], abs=0.03)


@given(st.lists(st.floats(-9, 9), min_size=1, max_size=40), st.floats(0.05, 0.95))
def test_among_all_of_a_page_each_has_the_share_of_the_page(
    odds: list[float], usual: float
) -> None:
    shares = shares_among(np.array(odds), np.ones((len(odds),) * 2, bool), usual, 2, 0.5)
    assert shares == pytest.approx(share_on_page(np.array(odds), usual, 2, 0.5))
