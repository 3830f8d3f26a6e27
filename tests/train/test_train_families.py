"""The table of families: what can be trained, and with which settings."""

from __future__ import annotations

import subprocess
import sys

import pytest

from digitize.train.families import FAMILIES

HEAVY = {"tensorflow", "keras", "sklearn", "onnx", "matplotlib"}


def test_the_families_are_these_each_under_its_name():
    assert set(FAMILIES) == {"cnn", "cnn-large", "svm", "mlp", "logreg"}
    assert all(name == family.name for name, family in FAMILIES.items())


@pytest.mark.parametrize("family", FAMILIES.values(), ids=list(FAMILIES))
def test_a_family_says_in_a_line_what_it_is_and_how_long_it_takes(family):
    assert 20 < len(family.summary) < 80
    assert (family.epochs is None) != (family.seconds_per_thousand is None)


def test_the_table_imports_no_training_library():
    program = "import sys, digitize.train.families; print(*sys.modules)"
    shown = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert not HEAVY & set(shown.stdout.split())
