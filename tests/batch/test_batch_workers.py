"""Documents shared among processes: the same answers, in order, even where a process dies."""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageDraw

from digitize.batch import REPORT, run
from digitize.load import InputDocument
from digitize.options import RunOptions

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL to die by")


class DeadlyPath(type(Path())):  # type: ignore[misc]
    """Where a document lies that kills the process which opens it, as a lack of memory does."""

    def open(self, *arguments: Any, **named: Any) -> Any:
        os.kill(os.getpid(), signal.SIGKILL)


class OnceDeadlyPath(type(Path())):  # type: ignore[misc]
    """Where a document lies that kills only the first process which opens it."""

    def open(self, *arguments: Any, **named: Any) -> Any:
        killed = Path(f"{self}.killed")
        if not killed.exists():
            killed.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return super().open(*arguments, **named)


class SlowPath(type(Path())):  # type: ignore[misc]
    """Where a document lies that takes a while to open."""

    def open(self, *arguments: Any, **named: Any) -> Any:
        time.sleep(0.5)
        return super().open(*arguments, **named)


def bars(path: Path, count: int) -> InputDocument:
    """Draw so many upright bars: the number 1, 11, 111."""
    page = Image.new("L", (400, 200), 255)
    for bar in range(count):
        ImageDraw.Draw(page).rectangle((60 + 40 * bar, 60, 67 + 40 * bar, 120), fill=0)
    page.save(path)
    return InputDocument(path.name, path)


def results(out: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in out.iterdir() if path.name != REPORT}


def test_two_processes_write_the_same_bytes_as_one(tmp_path: Path) -> None:
    documents = [bars(tmp_path / f"{count}.png", count) for count in range(1, 6)]
    documents[0] = InputDocument("slow.png", SlowPath(documents[0].path))
    (tmp_path / "bad.pdf").touch()
    documents.insert(2, InputDocument("bad.pdf", tmp_path / "bad.pdf"))
    entries = []
    for jobs in (1, 2):
        summary = run(documents, tmp_path / f"out{jobs}", RunOptions(jobs=jobs))
        entries.append([{**entry, "seconds": 0} for entry in summary.entries])
    assert results(tmp_path / "out1") == results(tmp_path / "out2")
    assert len(results(tmp_path / "out1")) == 2 + 5
    assert entries[0] == entries[1]


def test_a_killed_process_costs_only_the_document_that_killed_it(tmp_path: Path) -> None:
    good = [bars(tmp_path / f"{count}.png", count) for count in (1, 2, 3)]
    deadly = InputDocument("deadly.png", DeadlyPath(tmp_path / "deadly.png"))
    documents = [good[0], deadly, *good[1:]]
    summary = run(documents, tmp_path / "out", RunOptions(jobs=2))
    assert [entry["document"] for entry in summary.entries] == [one.name for one in documents]
    assert [entry["status"] for entry in summary.entries] == ["done", "failed", "done", "done"]
    (failure,) = summary.entries[1]["failures"]  # type: ignore[misc]
    assert (failure["kind"], failure["page"]) == ("WorkerDied", None)
    assert "memory" in failure["remedy"]
    run(good, tmp_path / "alone", RunOptions())
    assert results(tmp_path / "out") == results(tmp_path / "alone")


def test_a_document_is_read_again_where_its_process_was_killed_once(tmp_path: Path) -> None:
    unlucky = InputDocument("1.png", OnceDeadlyPath(bars(tmp_path / "1.png", 1).path))
    summary = run([unlucky, bars(tmp_path / "2.png", 2)], tmp_path / "out", RunOptions(jobs=2))
    assert (tmp_path / "1.png.killed").exists()
    assert [entry["status"] for entry in summary.entries] == ["done", "done"]
    assert summary.failed == 0


def test_a_process_killed_midway_leaves_none_of_those_before_and_behind_unread(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("digitize.batch.workers.AHEAD", 1)  # two in hand: the rest is yet to come
    documents = [bars(tmp_path / f"{number}.png", 1 + number % 4) for number in range(8)]
    documents.insert(4, InputDocument("deadly.png", DeadlyPath(tmp_path / "deadly.png")))
    summary = run(documents, tmp_path / "out", RunOptions(jobs=2, formats=("csv",)))
    assert [entry["document"] for entry in summary.entries] == [one.name for one in documents]
    assert (summary.done, summary.failed, summary.entries[4]["status"]) == (8, 1, "failed")
