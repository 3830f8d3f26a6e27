"""Pages shared among processes: the same answers, in order, even where a process dies."""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageDraw
from small_pages import results, small_page
from unlucky_paths import EndlessPath, OnceDeadlyPath

from digitize.batch import run
from digitize.errors import DigitizeError
from digitize.load import InputDocument
from digitize.options import EngineOptions, RunOptions

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL to die by")


class DeadlyPath(type(Path())):  # type: ignore[misc]
    """Where a document lies that kills the process which opens it, as a lack of memory does."""

    def open(self, *arguments: Any, **named: Any) -> Any:
        os.kill(os.getpid(), signal.SIGKILL)


class DeadlyAtThirdPath(type(Path())):  # type: ignore[misc]
    """Where a document lies that kills the process which opens it for the third time.

    A task opens it twice, to see what it is and to load it; so it is the second task that dies.
    """

    def open(self, *arguments: Any, **named: Any) -> Any:
        log = Path(f"{self}.opened")
        with log.open("ab") as file:
            file.write(b".")
        if log.stat().st_size == 3:
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
    deadly = InputDocument("deadly.png", DeadlyPath(bars(tmp_path / "deadly.png", 1).path))
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
    monkeypatch.setattr("digitize.batch.reading.AHEAD", 1)  # two in hand: the rest is yet to come
    documents = [bars(tmp_path / f"{number}.png", 1 + number % 4) for number in range(8)]
    deadly = DeadlyPath(bars(tmp_path / "deadly.png", 1).path)
    documents.insert(4, InputDocument("deadly.png", deadly))
    summary = run(documents, tmp_path / "out", RunOptions(jobs=2, formats=("csv",)))
    assert [entry["document"] for entry in summary.entries] == [one.name for one in documents]
    assert (summary.done, summary.failed, summary.entries[4]["status"]) == (8, 1, "failed")


def several_pages(path: Path, count: int) -> InputDocument:
    pages = [small_page(number) for number in range(count)]
    pages[0].save(path, save_all=True, append_images=pages[1:])
    return InputDocument(path.name, path)


def test_the_pages_of_one_document_are_shared_and_come_together_in_order(tmp_path: Path) -> None:
    document = several_pages(tmp_path / "pages.pdf", 11)
    entries = []
    for jobs in (1, 2):
        (entry,) = run([document], tmp_path / f"out{jobs}", RunOptions(jobs=jobs)).entries
        entries.append({**entry, "seconds": 0})
    assert results(tmp_path / "out1") == results(tmp_path / "out2")
    assert entries[0] == entries[1]
    assert [page["page"] for page in entries[0]["pages"]] == list(range(1, 12))  # type: ignore[index, attr-defined]


def test_a_process_killed_within_a_document_costs_none_of_its_pages(tmp_path: Path) -> None:
    document = several_pages(tmp_path / "pages.tif", 9)
    deadly = InputDocument("pages.tif", DeadlyAtThirdPath(document.path))
    (entry,) = run([deadly], tmp_path / "out", RunOptions(formats=("csv",))).entries
    assert (entry["status"], entry["failures"]) == ("done", [])
    assert len(entry["pages"]) == 9  # type: ignore[arg-type]
    assert Path(f"{document.path}.opened").stat().st_size > 3


def test_a_document_that_never_opens_is_given_up_and_its_neighbours_are_read(
    tmp_path: Path,
) -> None:
    good = [bars(tmp_path / f"{count}.png", count) for count in (1, 2, 3)]
    endless = InputDocument("endless.png", EndlessPath(bars(tmp_path / "endless.png", 4).path))
    engine = EngineOptions(page_timeout=2.0)
    started = time.monotonic()
    summary = run([endless, *good], tmp_path / "out", RunOptions(jobs=2, engine=engine))
    assert time.monotonic() - started < 30
    assert [entry["status"] for entry in summary.entries] == ["failed", "done", "done", "done"]
    (failure,) = summary.entries[0]["failures"]  # type: ignore[misc]
    assert (failure["kind"], failure["page"]) == ("PageTimeout", None)
    assert failure["cause"] == "it took longer than 2 seconds, and was given up"


def test_a_page_that_takes_all_memory_costs_only_itself(tmp_path: Path) -> None:
    Image.new("L", (9000, 9000), 255).save(tmp_path / "large.png")
    large = InputDocument("large.png", tmp_path / "large.png")
    documents = [bars(tmp_path / "1.png", 1), large, bars(tmp_path / "2.png", 2)]
    engine = EngineOptions(worker_megabytes=350)
    summary = run(documents, tmp_path / "out", RunOptions(formats=("csv",), engine=engine))
    assert [entry["status"] for entry in summary.entries] == ["done", "failed", "done"]
    (failure,) = summary.entries[1]["failures"]  # type: ignore[misc]
    assert "memory" in failure["cause"]
    assert "--worker-memory" in failure["remedy"]


def test_workers_that_cannot_open_the_models_end_the_run(tmp_path: Path) -> None:
    engine = EngineOptions(worker_megabytes=20)
    with pytest.raises(DigitizeError, match="--worker-memory"):
        run([bars(tmp_path / "1.png", 1)], tmp_path / "out", RunOptions(engine=engine))
    assert not list((tmp_path / "out").iterdir())
