"""What an earlier run wrote in formats that a later one is not asked for stays, and is told."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from small_pages import mixed_folder, results

from digitize.batch import REPORT, Tell, run, untold
from digitize.batch.not_renewed import OF_ALL_DOCUMENTS
from digitize.export import WRITERS
from digitize.load import find_documents
from digitize.options import EngineOptions, RunOptions

GO_ON = {"engine": EngineOptions(resume=True)}
ANEW = {"overwrite": True}


@pytest.fixture(scope="module")
def scans(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return mixed_folder(tmp_path_factory.mktemp("left") / "scans", pictures=1, pages=1)


def read(
    scans: Path, out: Path, formats: str, how: Mapping[str, Any] = GO_ON, tell: Tell = untold
) -> Mapping[str, tuple[str, ...]]:
    """Run; return the files that were not renewed, by format."""
    options = RunOptions(formats=tuple(formats.split(",")), **how)
    return run(find_documents([str(scans)]), out, options, tell=tell).not_renewed


@pytest.fixture
def finished(scans: Path, tmp_path: Path) -> Path:
    """The output folder of a finished run."""
    out = tmp_path / "out"
    assert read(scans, out, "csv,pdf,json") == {}
    return out


def test_files_of_formats_no_longer_asked_for_stay_and_are_told(
    scans: Path, finished: Path
) -> None:
    before = results(finished)
    told = read(scans, finished, "hocr,pdfa")
    assert set(told) == {"csv", "json"}
    assert told["csv"] == ("numbers.csv", "digits.csv")
    assert set(told["json"]) == {name for name in before if name.endswith(".json")}
    assert json.loads((finished / REPORT).read_text())["not_renewed"] == {
        name: list(files) for name, files in told.items()
    }
    kept = [name for files in told.values() for name in files]
    assert {name: results(finished)[name] for name in kept} == {name: before[name] for name in kept}
    assert read(scans, finished, ",".join(("hocr", "pdfa", *told))) == {}


def test_the_files_of_every_format_are_told(scans: Path, tmp_path: Path) -> None:
    pytest.importorskip("pyarrow")
    others = set(WRITERS) - {"hocr", "pdfa", "pdfa3"}
    read(scans, tmp_path, ",".join(others))
    told = read(scans, tmp_path, "hocr")
    assert set(told) == others
    assert {name: told[name] for name in OF_ALL_DOCUMENTS} == OF_ALL_DOCUMENTS


def test_what_a_run_that_starts_anew_leaves_of_other_formats_is_told(
    scans: Path, finished: Path
) -> None:
    assert set(read(scans, finished, "csv", ANEW)) == {"pdf", "json"}


@pytest.mark.parametrize("how", [GO_ON, ANEW])
def test_pdfs_that_were_left_are_of_the_kind_that_was_written_also_two_runs_later(
    scans: Path, tmp_path: Path, how: Mapping[str, Any]
) -> None:
    read(scans, tmp_path, "pdfa3")
    for _ in range(2):
        assert set(read(scans, tmp_path, "csv", how)) == {"pdfa3"}


def test_files_that_were_not_renewed_are_an_event_of_the_log(scans: Path, finished: Path) -> None:
    events: dict[str, object] = {}

    def tell(event: str, /, **facts: object) -> None:
        events[event] = facts

    read(scans, finished, "pdf,json", tell=tell)
    assert events["not_renewed"] == {"files": {"csv": ("numbers.csv", "digits.csv")}}
    events.clear()
    read(scans, finished, "pdf,json,csv", tell=tell)
    assert "end" in events
    assert "not_renewed" not in events


def test_other_files_in_the_folder_of_a_new_run_are_none_of_its_formats(
    scans: Path, tmp_path: Path
) -> None:
    (tmp_path / "0000.json").write_text("mine")
    assert read(scans, tmp_path, "csv", {}) == {}
