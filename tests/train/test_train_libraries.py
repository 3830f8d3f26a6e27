"""Training libraries: what is said where one is missing, and what is noted of those used."""

from __future__ import annotations

import numpy as np
import pytest

from digitize.errors import UsageError
from digitize.train.libraries import load, versions


def test_installed_libraries_are_loaded_in_order():
    loaded = load("math", "numpy")
    assert [module.__name__ for module in loaded] == ["math", "numpy"]


def test_a_missing_training_library_says_how_to_install_it():
    with pytest.raises(UsageError) as raised:
        load("a_training_library_that_nobody_has")
    assert "a_training_library_that_nobody_has" in raised.value.cause
    assert "pip install '.[train]'" in raised.value.remedy


def test_versions_are_those_installed():
    assert versions("numpy") == f"numpy {np.__version__}"
