"""Training libraries: what is said where one is missing, and what is noted of those used."""

from __future__ import annotations

import numpy as np
import pytest

from digitize.errors import UsageError
from digitize.train.libraries import load, number_type, versions


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


def test_short_numbers_are_computed_with_where_the_processor_multiplies_them(tmp_path):
    with_amx, without = tmp_path / "with", tmp_path / "without"
    with_amx.write_text("flags : fpu avx512_bf16 amx_bf16 amx_tile")
    without.write_text("flags : fpu avx512_bf16")
    assert number_type(with_amx) == "mixed_bfloat16"
    assert number_type(without) == "float32"
    assert number_type(tmp_path / "none") == "float32"
