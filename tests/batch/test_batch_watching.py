"""Folders that are watched: what is complete is read, and nothing that comes ends it."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_pages import small_page

from digitize.batch import REPORT
from digitize.batch.watching import Settling, new_passes, watched_folders
from digitize.errors import UsageError
from digitize.load import FoundInputs, InputDocument

PATIENCE = 60  # seconds
A = Path("a.png")


@given(st.lists(st.tuples(st.floats(0.1, 5), st.integers(1, 3)), min_size=1, max_size=20))
def test_a_file_is_settled_once_it_has_been_the_same_for_long_enough(
    looks: list[tuple[float, int]],
) -> None:
    settling, now, last, changed = Settling(2.0), 1000.0, 0, 0.0
    for wait, size in looks:
        now += wait
        if size != last:
            last, changed = size, now
        written = (size, round(changed * 1e9), 1)
        assert (A in settling.settled({A: written}, now)) == (now - changed >= 2.0 - 1e-9)


def test_a_file_that_was_there_for_long_is_settled_at_first_sight() -> None:
    assert Settling(2.0).settled({A: (1, 10**9, 1)}, 1000.0) == {A}


def test_a_file_dated_in_the_future_is_settled_too_in_the_end() -> None:
    settling, tomorrow = Settling(2.0), (1, 10**15, 1)
    assert settling.settled({A: tomorrow}, 1000.0) == set()
    assert settling.settled({A: tomorrow}, 1002.5) == {A}


def test_a_pass_comes_for_what_is_new_and_none_for_what_is_not(tmp_path: Path) -> None:
    steps: Iterator[Callable[[], object]] = iter(
        [
            lambda: (tmp_path / "a.png").write_text("1"),
            lambda: None,
            lambda: (tmp_path / "b.png").write_text("1"),
        ]
    )

    def find() -> FoundInputs:
        paths = sorted(tmp_path.iterdir())
        if not paths:
            raise UsageError("nothing is there", "Wait")
        return FoundInputs(tuple(InputDocument(path.name, path) for path in paths), ())

    passes = new_passes(find, lambda _soon: next(steps)(), Settling(0.0))
    names = [[one.name for one in found.documents] for found in islice(passes, 2)]
    assert names == [["a.png"], ["a.png", "b.png"]]


def test_a_file_that_is_never_complete_keeps_no_other_from_being_read(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_text("done")
    (tmp_path / "b.png").write_text("")

    def find() -> FoundInputs:
        with (tmp_path / "b.png").open("a") as file:
            file.write("more")
        return FoundInputs(tuple(InputDocument(p.name, p) for p in sorted(tmp_path.iterdir())), ())

    told: list[bool] = []
    passes = new_passes(find, lambda soon: told.append(soon) or time.sleep(0.1), Settling(0.3))  # type: ignore[func-returns-value]
    (found,) = islice(passes, 1)
    assert [one.name for one in found.documents] == ["a.png"]
    assert all(told)


def test_only_folders_can_be_watched(tmp_path: Path) -> None:
    (tmp_path / "a.png").touch()
    assert watched_folders([str(tmp_path)]) == [tmp_path]
    with pytest.raises(UsageError, match="--watch is for folders"):
        watched_folders([str(tmp_path / "a.png")])


def read_in(report: Path) -> set[str]:
    if not report.exists():
        return set()
    entries = json.loads(report.read_text())["documents"]
    return {entry["document"] for entry in entries if entry["status"] == "done"}


def wait_for(report: Path, wanted: set[str]) -> None:
    until = time.monotonic() + PATIENCE
    while read_in(report) != wanted:
        assert time.monotonic() < until, read_in(report)
        time.sleep(0.05)


def test_a_watched_folder_is_read_as_files_come_in_whatever_they_are(tmp_path: Path) -> None:
    pytest.importorskip("watchfiles")
    scans, report = tmp_path / "scans", tmp_path / "scans" / "out" / REPORT
    scans.mkdir()
    small_page(1).save(scans / "a.png")
    small_page(2).save(tmp_path / "whole.png")
    command = [sys.executable, "-m", "digitize", "run", str(scans), "-o", str(scans / "out")]
    with subprocess.Popen(
        [*command, "--watch", "--format", "csv"], stderr=subprocess.PIPE, text=True
    ) as run:
        try:
            wait_for(report, {"a.png"})
            (scans / "bad.png").write_bytes(b"no picture")
            whole = (tmp_path / "whole.png").read_bytes()
            with (scans / "b.png").open("wb", buffering=0) as slow:
                for at in range(0, len(whole), 1 + len(whole) // 5):
                    slow.write(whole[at : at + 1 + len(whole) // 5])
                    time.sleep(0.3)
            wait_for(report, {"a.png", "b.png"})
            shutil.copy(tmp_path / "whole.png", scans / "c.png")
            wait_for(report, {"a.png", "b.png", "c.png"})
            run.send_signal(signal.SIGINT)
            _, said = run.communicate(timeout=PATIENCE)
        finally:
            run.kill()
    assert run.returncode == 130, said
    assert "Traceback" not in said
    assert "b.png: " not in said, "it was read before it was complete"
    assert "bad.png: " in said
