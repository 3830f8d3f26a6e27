"""The pages that are measured: some of every kind, or drawn where there are none."""

from __future__ import annotations

import itertools
from pathlib import Path

import performance
import pytest
from hypothesis import given
from hypothesis import strategies as st
from performance_runs import measured, run_digitize
from performance_workload import A4_AT_200_DPI, composed_pages, make_workload, size_of, spread
from PIL import Image


@given(there=st.integers(1, 60), count=st.one_of(st.none(), st.integers(1, 80)))
def test_pages_are_spread_from_first_to_last(there, count):
    pages = [Path(str(number)) for number in range(there)]
    chosen = spread(pages, count)
    assert len(set(chosen)) == len(chosen) == min(there, count or there)
    assert chosen[0] == pages[0]
    gaps = [int(str(b)) - int(str(a)) for a, b in itertools.pairwise(chosen)]
    assert not gaps or max(gaps) - min(gaps) <= 1


def test_pages_of_another_resolution_are_left_out(tmp_path):
    for name, size in (("a.png", A4_AT_200_DPI), ("b.png", (827, 1170))):
        Image.new("L", size, 255).save(tmp_path / name)
    (tmp_path / "a.json").write_text("{}")
    assert composed_pages(tmp_path) == [tmp_path / "a.png"]


def test_without_data_pages_are_drawn(tmp_path):
    workload = make_workload(tmp_path / "nowhere", 3, 2, tmp_path / "work")
    assert workload.count == 6
    assert {size_of(page) for page in workload.pages} == {A4_AT_200_DPI}
    copies = sorted(path for path in workload.folder.rglob("*") if path.is_file())
    assert len(copies) == 6
    assert "sample_docs" in workload.origin


def test_a_run_tells_what_it_took(page_data, tmp_path):
    workload = make_workload(page_data, None, 2, tmp_path / "work")
    run = run_digitize(workload, 1, "csv", tmp_path / "out")
    assert run.cost.pages == 2
    assert run.cost.processor > 0
    assert 0 < run.cost.pages_a_minute < 120 * 60
    assert run.peaks.worker > run.peaks.parent > 0


def test_a_program_that_fails_ends_the_benchmark():
    with pytest.raises(SystemExit, match="ended with 3"):
        measured(["sh", "-c", "exit 3"], 1)


def test_one_command_writes_the_page_and_its_plot(page_data, tmp_path):
    page = tmp_path / "docs" / "performance.md"
    given = ["--rounds", "1", "--jobs", "1", "--skip-peers", "--data", str(page_data)]
    assert performance.main([*given, "--output", str(page)]) == 0
    assert "| 1 | csv and pdf |" in page.read_text(encoding="utf-8")
    assert "<svg" in (page.parent / "images" / "performance.svg").read_text(encoding="utf-8")
