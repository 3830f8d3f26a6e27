"""Where the measured data lie: a folder named by DIGITIZE_DATA, required in CI."""

from __future__ import annotations

import os
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def data_folder() -> Path:
    """The folder of data sets; without one the test skips, but in CI it fails."""
    named = os.environ.get("DIGITIZE_DATA", "")
    if named and Path(named).is_dir():
        return Path(named)
    reason = f"DIGITIZE_DATA names no folder of data sets ({named!r})"
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)
