"""Two runs of one day or another, with one process or two, leave the same files."""

from __future__ import annotations

from pathlib import Path

import pytest
from export_runs import digitize, draw_scans

FORMATS = "csv,json,hocr,alto,xlsx,sqlite,parquet"
EPOCH = {"SOURCE_DATE_EPOCH": "1000000000"}
TELL_THE_TIME = ("report.json", "journal.jsonl")


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Two runs, and of the second the formats once more from its JSON files."""
    folder = tmp_path_factory.mktemp("runs")
    scans = draw_scans(folder / "scans")
    for name, jobs in (("one", "1"), ("two", "2")):
        out = folder / name
        options = ("--format", FORMATS, "--jobs", jobs, "--quiet")
        done = digitize("run", scans, "-o", out, *options, environment=EPOCH)
        assert done.returncode == 0, done.stderr
    return folder / "one", folder / "two"


def contents(out: Path) -> dict[str, bytes]:
    """Every file of a run but those that tell when it was."""
    files = [path for path in out.rglob("*") if path.is_file()]
    return {
        path.relative_to(out).as_posix(): path.read_bytes()
        for path in files
        if path.name not in TELL_THE_TIME
    }


def test_two_runs_leave_the_same_bytes(runs: tuple[Path, Path]) -> None:
    one, two = map(contents, runs)
    assert sorted(one) == sorted(two)
    assert {Path(name).suffix for name in one} == {
        *(".csv", ".json", ".hocr", ".xml", ".xlsx", ".sqlite", ".parquet")
    }
    assert [name for name, content in one.items() if content != two[name]] == []


def test_an_export_writes_what_the_run_wrote(runs: tuple[Path, Path]) -> None:
    _, out = runs
    before = contents(out)
    later = ",".join(name for name in FORMATS.split(",") if name != "json")
    done = digitize("export", out, "--format", later, "--quiet", environment=EPOCH)
    assert done.returncode == 0, done.stderr
    after = contents(out)
    assert sorted(before) == sorted(after)
    assert [name for name, content in before.items() if content != after[name]] == []
