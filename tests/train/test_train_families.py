"""The table of families: what can be trained, and with which settings."""

from __future__ import annotations

import inspect

from digitize.train.families import FAMILIES


def test_every_family_says_what_it_is():
    assert list(FAMILIES) == ["cnn", "svm"]
    assert all(family.summary for family in FAMILIES.values())


def test_every_family_takes_data_an_output_and_a_seed():
    for family in FAMILIES.values():
        parameters = list(inspect.signature(family.train).parameters)
        assert parameters[:3] == ["data", "output", "seed"]
        assert ("epochs" in parameters) == (family.epochs is not None)
