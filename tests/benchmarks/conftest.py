"""Benchmarks are programs beside the package: their modules are found by their folder."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from PIL import Image

sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))


@pytest.fixture
def page_data(paper, tmp_path):
    """A data folder with one composed page, A4 at 200 dpi."""
    page = paper(1654, 2339).digits("31415", 300, 400, 60).digits("926", 300, 600, 60)
    folder = tmp_path / "data" / "pages" / "composed"
    folder.mkdir(parents=True)
    Image.fromarray(page.pixels).save(folder / "plain.png")
    return folder.parent.parent
