"""A promise made from a calibration set, and the set itself, stored and read again."""

from __future__ import annotations

import json

import numpy as np
import pytest

from digitize.errors import ModelUnusable, UsageError
from digitize.promise import KEY, DriftWatch, Reference, make_promise, quantiles, read_reference


def a_reference(count: int = 3000, wrong: int = 3) -> Reference:
    """Return a set whose least certain numbers are the wrong ones."""
    confidence = np.linspace(0.5, 0.9999999, count)
    right = np.arange(count) >= wrong
    looks = {"size": quantiles(np.linspace(20.0, 40.0, 50))}
    return Reference("4 drawn pages", confidence, right, 12, looks)


def test_a_reference_survives_being_stored() -> None:
    there = a_reference()
    back = Reference.from_json(there.to_json())
    assert back.made_from == there.made_from
    assert back.set_aside == 12
    np.testing.assert_allclose(back.confidence, there.confidence, atol=1e-7)
    np.testing.assert_array_equal(back.right, there.right)
    np.testing.assert_allclose(back.looks["size"], there.looks["size"], atol=1e-5)


@pytest.mark.parametrize("metadata", [{}, {KEY: "not json"}, {KEY: "{}"}, {KEY: json.dumps([1])}])
def test_a_model_without_a_calibration_set_is_named_with_the_remedy(
    metadata: dict[str, str],
) -> None:
    with pytest.raises(ModelUnusable, match=r"old has no calibration set.*Train it again"):
        read_reference(metadata, "old")


def test_a_promise_says_what_it_rests_on() -> None:
    promise = make_promise(a_reference(), 0.005, "cnn")
    assert promise.error <= 0.005
    assert promise.threshold < 0.6
    assert promise.coverage > 0.9
    assert promise.calibration_numbers == 3000
    assert promise.calibrated_on == "4 drawn pages"
    assert promise.certainty == 0.95
    assert promise.holds


def test_what_cannot_be_promised_is_refused_with_what_can() -> None:
    with pytest.raises(
        UsageError, match=r"cannot promise an error of 0\.01%.*3,000 numbers.*--max-error"
    ):
        make_promise(a_reference(), 0.0001, "cnn")
    with pytest.raises(UsageError, match=r"Ask for --max-error 0\.[2-4]% or more"):
        make_promise(a_reference(wrong=0), 0.001, "cnn")


def test_a_broken_promise_says_why() -> None:
    reference = a_reference()
    promise = make_promise(reference, 0.005, "cnn").after(DriftWatch(reference))
    assert not promise.holds
    assert promise.broken_by == ("0 numbers are too few to compare with the calibration set",)
