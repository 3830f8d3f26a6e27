"""Composed numbers: they say what their texts say, and come again with their seed."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
from drawn_digits import drawn_digits

from digitize.sequence import HEIGHT
from digitize.train.datasets import DigitSet
from digitize.train.numbers.compose import StripOptions, compose_strips
from digitize.train.numbers.wear import USUAL_WEAR, WearOptions, wear

CLEAN = StripOptions(
    spacing=((1.0, 0.3, 0.5),), slant=0.0, climb_degrees=0.0, linked=0.0, coarse=0.0,
    wear=WearOptions(ruled=0.0, specks=0.0, intruders=0.0, hardened=0.0),
)  # fmt: skip


@pytest.fixture(scope="module")
def digits():
    return drawn_digits(20, np.random.default_rng(1))


def only(digits, label):
    return digits.subset(np.flatnonzero(digits.labels == label))


def groups(strip):
    """How many runs of inked columns there are."""
    inked = np.r_[False, strip.max(axis=0) > 0.3]
    return int((inked[1:] & ~inked[:-1]).sum())


def test_each_number_has_the_length_that_was_asked_for(digits):
    lengths = [1, 3, 12, 7]
    strips, texts = compose_strips(digits, lengths, np.random.default_rng(2))
    assert [len(text) for text in texts] == lengths
    for strip in strips:
        assert strip.shape[0] == HEIGHT
        assert strip.dtype == np.float32
        assert 0 <= strip.min() < strip.max() <= 1


def test_the_text_says_which_digits_were_written(digits):
    _, texts = compose_strips(only(digits, 7), [2, 5], np.random.default_rng(2))
    assert texts == ["77", "77777"]


def test_digits_apart_are_as_many_as_the_text_has(digits):
    rng = np.random.default_rng(3)
    eights = DigitSet(only(digits, 8).images, only(digits, 8).labels)
    strips, texts = compose_strips(eights, [4] * 30, rng, CLEAN)
    right = [groups(strip) == len(text) for strip, text in zip(strips, texts, strict=True)]
    assert np.mean(right) > 0.8  # the warps at times part a digit


def test_the_digits_stand_in_the_order_of_the_text(digits):
    two = only(digits, 1), only(digits, 0)
    pair = DigitSet(
        np.concatenate([part.images for part in two]), np.concatenate([p.labels for p in two])
    )
    strips, texts = compose_strips(pair, [2] * 80, np.random.default_rng(4), CLEAN)
    lighter_first = [
        (text, halves[0].sum() < halves[1].sum())
        for strip, text in zip(strips, texts, strict=True)
        if text in ("10", "01") and groups(strip) == 2
        for halves in [parted(strip)]
    ]
    assert len(lighter_first) > 20
    right = [(text == "10") == is_first for text, is_first in lighter_first]
    assert np.mean(right) > 0.9  # a 1 has less ink than a 0, unless it has a flag and a foot


def parted(strip):
    """The two halves of a strip with two groups of ink."""
    inked = strip.max(axis=0) > 0.3
    first = np.flatnonzero(inked)[0]
    gap = first + np.flatnonzero(~inked[first:])[0]
    return strip[:, :gap], strip[:, gap:]


def test_touching_digits_are_closer_than_those_apart(digits):
    def width(low, high):
        options = dataclasses.replace(CLEAN, spacing=((1.0, low, high),), size=(1.0, 1.0))
        strips, _ = compose_strips(digits, [5] * 20, np.random.default_rng(5), options)
        return np.mean([strip.shape[1] for strip in strips])

    assert width(-0.2, -0.1) < width(0.0, 0.1) < width(0.8, 0.9)


def test_equal_seeds_compose_equal_numbers(digits):
    one, again = (compose_strips(digits, [3, 6], np.random.default_rng(9)) for _ in range(2))
    other = compose_strips(digits, [3, 6], np.random.default_rng(10))
    assert one[1] == again[1] != other[1]
    assert all(np.array_equal(a, b) for a, b in zip(one[0], again[0], strict=True))


def test_a_strip_is_not_changed_where_it_lies(digits):
    strip = np.zeros((HEIGHT, 80), np.float32)
    worn = [wear(strip, np.random.default_rng(seed)) for seed in range(20)]
    assert not strip.any()
    assert any(each.any() for each in worn)


def test_wear_eased_to_nothing_leaves_the_strip_as_it_is(digits):
    strip = compose_strips(digits, [4], np.random.default_rng(1), CLEAN)[0][0]
    assert np.array_equal(wear(strip, np.random.default_rng(2), USUAL_WEAR.eased(0)), strip)


def test_a_rule_through_the_digits_may_be_a_gap_in_their_strokes():
    full = np.ones((HEIGHT, 200), np.float32)
    always = WearOptions(
        ruled=1.0, through=1.0, repaired=1.0, specks=0.0, intruders=0.0, hardened=0.0
    )
    gaps = [wear(full, np.random.default_rng(seed), always) for seed in range(20)]
    assert any((gap[8:25] == 0).any() for gap in gaps)
    assert all((gap[:8] == 1).all() for gap in gaps)
