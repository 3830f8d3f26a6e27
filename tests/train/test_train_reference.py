"""The calibration set of a model: numbers read on composed pages, and how they look."""

from __future__ import annotations

import numpy as np
import pytest

from digitize.classify import AlwaysDigit
from digitize.promise import Reference
from digitize.readers import Readers
from digitize.train.compose import ComposeOptions
from digitize.train.datasets import DigitSet
from digitize.train.reference import FEWEST_DIGITS, measure_reference

ONE_KIND = ComposeOptions(styles=("plain",), wears=("clean",), dpi=(150,))


def ones(count: int) -> DigitSet:
    """Return so many bars, a little different each, labelled 1; and a blank, labelled 10."""
    images = np.zeros((count + 1, 28, 28), np.uint8)
    for index, image in enumerate(images[:-1]):
        image[4:24, 12 : 15 + index % 2] = 255
    return DigitSet(images, np.array([1] * count + [10], np.uint8))


@pytest.fixture(scope="module")
def reference() -> Reference:
    found = measure_reference(Readers(AlwaysDigit(1, 0.97)), ones(FEWEST_DIGITS), 1, 40, ONE_KIND)
    assert found is not None
    return found


def test_numbers_read_right_are_right(reference: Reference) -> None:
    """A classifier that sees ones everywhere is right about pages of ones."""
    assert len(reference.confidence) + reference.set_aside >= 40
    assert reference.right.mean() > 0.9


def test_each_number_is_as_sure_as_its_digits_together(reference: Reference) -> None:
    powers = {round(0.97**length, 4) for length in range(1, 12)}
    assert {round(float(value), 4) for value in reference.confidence} <= powers


def test_a_classifier_that_errs_is_found_out() -> None:
    found = measure_reference(Readers(AlwaysDigit(7)), ones(FEWEST_DIGITS), 1, 40, ONE_KIND)
    assert found is not None
    assert not found.right.any()


def test_what_the_numbers_look_like_is_kept(reference: Reference) -> None:
    assert set(reference.looks) == {"size", "stroke", "contrast"}
    for name, (low, high) in {
        "size": (15, 80),
        "stroke": (0.03, 0.5),
        "contrast": (0.2, 1),
    }.items():
        middle = float(np.median(reference.looks[name]))
        assert low < middle < high, name


def test_it_says_what_it_was_made_from(reference: Reference) -> None:
    assert "(plain; clean) of 1,000 held-back digits" in reference.made_from


def test_the_same_seed_gives_the_same_set(reference: Reference) -> None:
    again = measure_reference(Readers(AlwaysDigit(1, 0.97)), ones(FEWEST_DIGITS), 1, 40, ONE_KIND)
    assert again is not None
    assert again.to_json() == reference.to_json()


def test_too_few_digits_promise_nothing_and_say_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert measure_reference(Readers(AlwaysDigit(1)), ones(FEWEST_DIGITS - 1), 1) is None
    assert "999 held-back digits are too few" in capsys.readouterr().err
