"""The text formats, character by character, for one small page."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from export_pages import document, page
from export_records import OPTIONS

from digitize.export import WRITERS
from digitize.records import Box, Digit, Number, Status

SURE = Digit(1, 0.998, Status.OK, Box(40.5, 60.0, 6.25, 30.0), ((7, 0.001),), False, 0.125, 0.75)
CUT = Digit(2, 0.75, Status.REVIEW, Box(50.0, 61.0, 18.0, 29.5), ((3, 0.125),), True, 0.125, 0.5)
SMALL = page(
    (
        Number("12", 0.7485, Status.REVIEW, 1, Box(40.5, 60.0, 27.5, 30.5), (SURE, CUT), True),
        Number("1.1", 0.996, Status.OK, 2, Box(40.5, 60.0, 40.0, 30.0), (SURE, SURE)),
    ),
    skew=1.5,
)


@pytest.mark.parametrize("name", ["json", "hocr", "alto"])
def test_the_file_of_a_small_page_is_as_it_was(
    tmp_path: Path, golden: Callable[[str, object], None], name: str
) -> None:
    with WRITERS[name](tmp_path, ["scans/form.png"], OPTIONS) as files:
        (path,) = files.add(document("scans/form.png", Path("scans/form.png"), SMALL))
    golden(f"export_{name}", (tmp_path / path).read_text("utf-8").splitlines())
