"""Five hundred pages go to every format within a minute; a hundred of them are tried here."""

from __future__ import annotations

from pathlib import Path

import pytest
from machine_speed import arithmetic

pytestmark = pytest.mark.clocked
pytest.importorskip("resource", reason="Windows does not tell a process's time this way")

PAGES = 100
SECONDS = 60 * PAGES / 500
SLOWNESS = 42.0  # on a machine where that takes longer: the export over `arithmetic`
ATTEMPTS = 2  # the best counts, of the clock or the processor: others may be using the machine


def test_a_hundred_pages_are_exported_in_a_fifth_of_a_minute(tmp_path: Path) -> None:
    from export import FORMATS, exported, make_long_run

    pages, _ = make_long_run(tmp_path, PAGES)
    assert pages >= PAGES
    costs = (exported(tmp_path, ",".join(FORMATS)) for _ in range(ATTEMPTS))
    promised = max(SECONDS, SLOWNESS * arithmetic())
    assert any(min(cost.seconds, cost.processor) <= promised for cost in costs)
