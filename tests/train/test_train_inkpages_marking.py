"""What a teacher adds to a page is no digit."""

from __future__ import annotations

import numpy as np
import pytest
from drawn_pages import blank_bench

from digitize.train.inkpages.classes import BY_RANK, WRITING
from digitize.train.inkpages.marking import correct


@pytest.mark.parametrize("seed", range(4))
def test_a_teachers_marks_are_writing_all_over_the_page(seed: int) -> None:
    bench = blank_bench(seed)
    correct(bench)
    kinds = BY_RANK[bench.canvas.rank]
    assert set(np.unique(kinds)) == {0, WRITING}
    rows = np.flatnonzero((kinds == WRITING).any(axis=1))
    assert np.ptp(rows) > bench.side / 2
