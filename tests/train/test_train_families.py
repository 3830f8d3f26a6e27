"""The table of families: what can be trained, and with which settings."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from digitize.errors import UsageError
from digitize.train.card import Recipe
from digitize.train.families import FAMILIES, PAGE_READERS
from digitize.train.training import recipe_for

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


@pytest.mark.parametrize(
    ("given", "option"),
    [({"fonts": (Path("x"),)}, "--fonts"), ({"start_from": Path("x")}, "--start-from")],
)
def test_what_only_the_ink_network_takes_is_refused_by_all_others(given, option, tmp_path):
    with pytest.raises(UsageError, match=option):
        recipe_for(FAMILIES["cnn"], data=(), output=tmp_path / "cnn.onnx", seed=1, **given)
    with pytest.raises(UsageError, match=option):
        PAGE_READERS["sequence"].train(Recipe("sequence", (), tmp_path / "s.onnx", 1, **given))
