"""Runs that go on: outputs that are there are left, the others made from the journal."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest
from journal_counts import journal_lines, pages_read
from small_pages import mixed_folder, results, small_page

from digitize.batch import REPORT, run
from digitize.batch.content import content_hash
from digitize.batch.journal import JOURNAL
from digitize.batch.left_contents import left_contents
from digitize.errors import UsageError
from digitize.load import InputDocument, LoadOptions, find_documents
from digitize.options import EngineOptions, RunOptions, page_options

RESUMED = EngineOptions(resume=True)
FORMATS = ("csv", "pdf", "json")


@pytest.fixture(scope="module")
def scans(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return mixed_folder(tmp_path_factory.mktemp("resume") / "scans", pictures=3, pages=3)


@pytest.fixture
def finished(scans: Path, tmp_path: Path) -> Path:
    """The output folder of a finished run."""
    run(find_documents([str(scans)]), tmp_path / "out", RunOptions(formats=FORMATS))
    return tmp_path / "out"


def go_on(scans: Path, out: Path, formats: tuple[str, ...] = FORMATS) -> int:
    """Resume; return how many pages were read."""
    before = sum(pages_read(out).values())
    run(find_documents([str(scans)]), out, RunOptions(formats=formats, engine=RESUMED))
    return sum(pages_read(out).values()) - before


def test_own_files_that_are_missing_or_cut_are_written_again_without_reading(
    scans: Path, finished: Path
) -> None:
    before = results(finished)
    (finished / "0000.pdf").unlink()
    (finished / "0001.json").write_text("{")
    kept = (finished / "0002.pdf").stat().st_mtime_ns
    assert go_on(scans, finished) == 0
    assert results(finished) == before
    assert (finished / "0002.pdf").stat().st_mtime_ns == kept


def test_another_format_comes_from_the_journal(scans: Path, finished: Path, tmp_path: Path) -> None:
    assert go_on(scans, finished, ("csv", "hocr")) == 0
    run(find_documents([str(scans)]), tmp_path / "new", RunOptions(formats=("hocr",)))
    for name, content in results(tmp_path / "new").items():
        assert (finished / name).read_bytes() == content


@pytest.mark.parametrize("later", [("csv",), ("csv", "json")])
def test_a_journal_tells_of_which_content_the_results_are_also_without_own_files(
    tmp_path: Path, later: tuple[str, ...]
) -> None:
    page, out = tmp_path / "scans" / "a.png", tmp_path / "out"
    page.parent.mkdir()
    small_page(1).save(page)
    run(find_documents([str(page)]), out, RunOptions(formats=("json",)))
    first, content = content_hash(page), page.read_bytes()
    assert left_contents(out)["a.png"][-1].sha256 == first
    small_page(2).save(page)
    go_on(page, out, ("csv",))
    assert left_contents(out)["a.png"][-1].sha256 == content_hash(page)
    page.write_bytes(content)
    go_on(page, out, later)
    assert left_contents(out)["a.png"][-1].sha256 == first
    before = len(journal_lines(out))
    go_on(page, out, later)
    assert len(journal_lines(out)) == before


def test_a_run_without_a_journal_begins_when_it_is_to_go_on(scans: Path, tmp_path: Path) -> None:
    assert go_on(scans, tmp_path / "out") == 9


def test_a_folder_with_a_journal_is_refused_and_the_ways_out_are_named(
    scans: Path, finished: Path
) -> None:
    with pytest.raises(UsageError, match=r"already holds.*--resume.*-o.*--overwrite"):
        run(find_documents([str(scans)]), finished, RunOptions())


def test_a_folder_with_results_and_no_journal_cannot_go_on(scans: Path, tmp_path: Path) -> None:
    (tmp_path / REPORT).touch()
    with pytest.raises(UsageError, match="no journal"):
        run(find_documents([str(scans)]), tmp_path, RunOptions(engine=RESUMED))


def test_other_options_are_refused_and_named(scans: Path, finished: Path) -> None:
    options = RunOptions(
        LoadOptions(dpi=150), page_options("number", 0.9), second_reader=False, engine=RESUMED
    )
    with pytest.raises(UsageError) as refused:
        run(find_documents([str(scans)]), finished, options)
    for name in ("--dpi was 300 and is 150", "--layout", "--review-below", "--second-reader"):
        assert name in str(refused.value)


def test_a_run_that_starts_anew_reads_all_again(scans: Path, finished: Path) -> None:
    before = results(finished)
    options = RunOptions(formats=FORMATS, overwrite=True)
    summary = run(find_documents([str(scans)]), finished, options)
    assert sum(pages_read(finished).values()) == 9
    assert {entry["pages_from_journal"] for entry in summary.entries} == {0}
    assert results(finished) == before


def test_a_run_cannot_both_go_on_and_start_anew(scans: Path, tmp_path: Path) -> None:
    options = RunOptions(overwrite=True, engine=RESUMED)
    with pytest.raises(UsageError, match="--resume and --overwrite"):
        run(find_documents([str(scans)]), tmp_path / "out", options)


def test_a_new_neighbour_that_changes_a_files_name_changes_it(tmp_path: Path) -> None:
    small_page(1).save(tmp_path / "a.png")
    documents = [InputDocument("a.png", tmp_path / "a.png")]
    run(documents, tmp_path / "out", RunOptions(formats=("pdf",)))
    small_page(2).save(tmp_path / "a.jpg")
    documents.append(InputDocument("a.jpg", tmp_path / "a.jpg"))
    summary = run(documents, tmp_path / "out", RunOptions(formats=("pdf",), engine=RESUMED))
    assert [entry["outputs"] for entry in summary.entries] == [["a.png.pdf"], ["a.jpg.pdf"]]
    assert (tmp_path / "out" / "a.png.pdf").is_file()


def test_what_a_killed_run_had_begun_is_removed(scans: Path, finished: Path) -> None:
    (finished / ".digitize-0123456789ab.part").write_text("half")
    go_on(scans, finished)
    assert not list(finished.glob(".digitize*"))


def test_the_journal_is_no_result_that_another_run_may_replace(scans: Path, tmp_path: Path) -> None:
    (tmp_path / JOURNAL).write_text("mine")
    with pytest.raises(UsageError):
        run(find_documents([str(scans)]), tmp_path, RunOptions())
    assert (tmp_path / JOURNAL).read_text() == "mine"


def test_a_report_tells_what_came_from_the_journal(scans: Path, finished: Path) -> None:
    options = RunOptions(formats=FORMATS, engine=RESUMED)
    summary = run(find_documents([str(scans)]), finished, options)
    assert [entry["pages_from_journal"] for entry in summary.entries] == [1, 1, 1, 0, 3, 3]


def test_signals_are_not_lost_on_the_caller(scans: Path, tmp_path: Path) -> None:
    before = signal.getsignal(signal.SIGINT)
    run(find_documents([str(scans)]), tmp_path / "out", RunOptions(formats=("csv",)))
    assert signal.getsignal(signal.SIGINT) is before
    assert "OMP_NUM_THREADS" not in os.environ or os.environ["OMP_NUM_THREADS"]
