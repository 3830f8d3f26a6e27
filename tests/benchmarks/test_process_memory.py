"""What processes hold is known while they run, their peaks too, and nothing of those that ended."""

from __future__ import annotations

import subprocess
import sys
import time

import long_pdf
import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from process_memory import (
    MEGABYTE,
    PROC,
    MemoryWatch,
    Peaks,
    Sample,
    family,
    memory_of,
    parse_status,
)

from digitize.load import LoadOptions, load_pages

pytestmark = pytest.mark.skipif(not PROC.exists(), reason="needs /proc")

MANY = 60_000_000  # bytes
HOLDS = f"block = bytearray({MANY}); print(flush=True); input()"
STARTS = "import subprocess, sys; subprocess.run([sys.executable, '-c', {!r}])"


@pytest.fixture
def start():
    """`start(code)` runs Python until its standard input ends; ready once it has printed."""
    begun = []

    def run(code):
        one = subprocess.Popen(
            [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        begun.append(one)
        one.stdout.readline()
        return one

    yield run
    for one in begun:
        one.communicate()


def test_a_process_tells_what_it_holds(start):
    held, peak = memory_of(start(HOLDS).pid)
    assert MANY / MEGABYTE < held <= peak < 2 * MANY / MEGABYTE


def test_nothing_is_known_of_a_process_that_ended(start):
    one = start(HOLDS)
    one.communicate()
    assert memory_of(one.pid) is None
    assert list(family(one.pid)) == [one.pid]


def test_workers_are_told_from_their_parent(start):
    parent = start(STARTS.format(HOLDS))
    watch = MemoryWatch(parent.pid)
    watch.look()
    (worker,) = watch.peaks.workers
    assert {sample.process: sample.is_parent for sample in watch.samples} == {
        parent.pid: True,
        worker: False,
    }
    assert watch.peaks.worker > MANY / MEGABYTE > watch.peaks.parent > 0


def test_a_peak_between_two_looks_is_known(start):
    one = start(f"bytearray({MANY}).find(b'x'); print(flush=True); input()")
    with MemoryWatch(one.pid, 0.01) as watch:
        time.sleep(0.1)
    assert watch.peaks.parent > MANY / MEGABYTE
    assert max(sample.megabytes for sample in watch.samples) < MANY / MEGABYTE


def test_a_zombie_holds_nothing():
    assert parse_status("Name:\tpython\nState:\tZ (zombie)\n") is None


@given(st.lists(st.tuples(st.floats(0, 100), st.booleans(), st.floats(1, 900)), min_size=1))
def test_each_part_of_the_time_has_the_most_that_was_held(facts):
    samples = [Sample(seconds, 1, parent, held) for seconds, parent, held in facts]
    parts = long_pdf.parts_of(samples)
    assert len(parts) == long_pdf.PARTS
    for name, which in (("parent", True), ("worker", False)):
        most = max((held for _, parent, held in facts if parent is which), default=0.0)
        assert max(getattr(part, name) for part in parts) == most


def parts(*workers):
    return [long_pdf.Part(80.0, held) for held in workers]


def test_memory_that_comes_and_goes_is_flat():
    assert long_pdf.problems(parts(100, 300, 390, 310), Peaks(80.0, {1: 400.0})) == []


def test_memory_that_grows_is_not():
    told = long_pdf.problems(parts(100, 300, 320, 340), Peaks(80.0, {1: 400.0}))
    assert told == ["the worker grew from 300 to 340 MB"]


def test_a_worker_may_not_hold_more_than_is_allowed():
    told = long_pdf.problems(parts(400, 460, 460), Peaks(80.0, {1: 461.0, 2: 30.0}))
    assert told == ["a worker held 461 MB at its highest"]


def test_the_long_document_has_as_many_scans_as_asked_for(page_data, tmp_path):
    long_pdf.make_pdf(tmp_path / "long.pdf", 25, page_data, small=True)
    with pikepdf.open(tmp_path / "long.pdf") as pdf:
        assert len(pdf.pages) == 25
    pages = load_pages(tmp_path / "long.pdf", LoadOptions())
    assert {round(page.dpi) for page in pages} == {200}
