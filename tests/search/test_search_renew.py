from __future__ import annotations

import os
from dataclasses import asdict
from pathlib import Path

import pytest
from score_folders import document, number

from digitize.errors import UsageError
from digitize.export import WRITERS, Summary, TracedOptions, write_report
from digitize.export.sqlite import INDEX
from digitize.options import RunOptions
from digitize.records import Outcome, Provenance
from digitize.search import renew_index, search

MADE = Provenance("digitize", "1", "cnn", "0" * 64, options=asdict(RunOptions()))
BEGAN = "2020-01-01T12:00:00+00:00"
EARLIER = 1_577_000_000  # seconds since 1970, ten days before that


def left_run(out: Path, text: str, *formats: str) -> Path:
    """A folder as a run leaves it that read one number."""
    result = document("a.png", (number(text),))
    summary, outputs = Summary(), ()
    for name in formats:
        with WRITERS[name](out, ["a.png"], TracedOptions(provenance=MADE)) as writer:
            outputs += writer.add(result)
    summary.add(Outcome("a.png", result), outputs)
    out.mkdir(exist_ok=True)
    write_report(out / "report.json", summary, MADE, started=BEGAN)
    return out


def test_a_run_that_left_no_index_gets_one_from_its_json(tmp_path: Path) -> None:
    out = left_run(tmp_path, "12", "json")
    assert renew_index(out)
    assert [hit.read for hit in search(out, "12")] == ["12"]
    assert not renew_index(out)


def test_an_index_of_an_earlier_run_is_made_anew(tmp_path: Path) -> None:
    out = left_run(tmp_path, "12", "sqlite")
    os.utime(out / INDEX, (EARLIER, EARLIER))
    left_run(tmp_path, "34", "json")
    assert renew_index(out)
    assert [hit.read for hit in search(out, "34")] == ["34"]


def test_the_index_that_a_run_wrote_stays(tmp_path: Path) -> None:
    out = left_run(tmp_path, "12", "sqlite")
    before = (out / INDEX).read_bytes()
    assert not renew_index(out)
    assert (out / INDEX).read_bytes() == before


def test_a_run_without_json_says_what_to_do(tmp_path: Path) -> None:
    out = left_run(tmp_path, "12", "csv")
    with pytest.raises(UsageError, match="no index to search, and no JSON file") as caught:
        renew_index(out)
    assert "--resume --format csv,pdf,sqlite, which" in caught.value.remedy
    assert not (out / INDEX).exists()


def test_the_report_of_another_program_is_said_to_be_one(tmp_path: Path) -> None:
    (tmp_path / "report.json").write_text('{"tests": 7}')
    with pytest.raises(UsageError, match="holds no run of digitize"):
        renew_index(tmp_path)


def test_a_folder_of_no_run_is_left_as_it_is(tmp_path: Path) -> None:
    assert not renew_index(tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("report", ["", "[]", '{"started": null}', '{"started": "today"}'])
def test_a_report_that_does_not_tell_when_the_run_began_keeps_the_index(
    tmp_path: Path, report: str
) -> None:
    out = left_run(tmp_path, "12", "sqlite")
    (out / "report.json").write_text(report)
    assert not renew_index(out)
    assert [hit.read for hit in search(out, "12")] == ["12"]
