"""`digitize run`: what its options of resuming, trying and telling do and say."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from journal_counts import pages_read
from small_pages import mixed_folder, small_page

from digitize.batch import REPORT
from digitize.cli import main

STEERING = "\x1b]0;owned\x07"  # sets a terminal's title


@pytest.fixture(scope="module")
def scans(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return mixed_folder(tmp_path_factory.mktemp("command") / "scans", pictures=2, pages=2)


def digitize(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["run", *map(str, arguments)])


def events(said: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in said.splitlines()]


def test_a_dry_run_lists_documents_and_pages_and_leaves_nothing(
    scans: Path, tmp_path: Path
) -> None:
    listed = digitize(scans, "-o", tmp_path / "out", "--dry-run")
    assert listed.exit_code == 0, listed.output
    assert listed.stdout.splitlines() == [
        "0000.png: 1 page",
        "0001.png: 1 page",
        "0003-bad.png: the file is empty",
        "0005-several.tif: 2 pages",
        "0008-several.pdf: 2 pages",
    ]
    assert "5 documents, 6 pages: 0 in the journal, 6 to read; 1 document" in listed.stderr
    assert not (tmp_path / "out").exists()


def test_a_dry_run_tells_what_the_journal_has(scans: Path, tmp_path: Path) -> None:
    only = scans / "0005-several.tif"
    digitize(only, "-o", tmp_path / "out", "--format", "csv")
    before = (tmp_path / "out" / "journal.jsonl").read_bytes()
    refused = digitize(scans, "-o", tmp_path / "out", "--dry-run")
    assert refused.exit_code == 2
    listed = digitize(scans, "-o", tmp_path / "out", "--dry-run", "--resume")
    assert "0005-several.tif: 2 pages, 2 in the journal" in listed.stdout
    assert "2 in the journal, 4 to read" in listed.stderr
    assert (tmp_path / "out" / "journal.jsonl").read_bytes() == before


def test_a_dry_run_loads_no_model_and_begins_no_process(scans: Path, tmp_path: Path) -> None:
    program = (
        "import json, sys\n"
        "from digitize.cli import main\n"
        "try:\n    main(sys.argv[1:])\n"
        "finally:\n    print(sorted(sys.modules), file=sys.stderr)"
    )
    asked = ["run", str(scans), "-o", str(tmp_path / "out"), "--dry-run"]
    ended = subprocess.run(
        [sys.executable, "-c", program, *asked], capture_output=True, text=True, check=True
    )
    assert "'onnxruntime'" not in ended.stderr
    assert "'multiprocessing.popen_spawn_posix'" not in ended.stderr


def test_events_are_told_as_lines_of_json_and_nothing_else_is_said(
    scans: Path, tmp_path: Path
) -> None:
    ended = digitize(scans, "-o", tmp_path / "out", "--log-json", "-j", "1", "--format", "csv")
    assert (ended.exit_code, ended.stdout) == (3, "")
    told = events(ended.stderr)
    assert [one["event"] for one in told].count("page") == 6
    documents = [one["document"] for one in told if one["event"] == "document"]
    assert documents == sorted(path.name for path in scans.iterdir())
    (failure,) = (one for one in told if one["event"] == "failure")
    assert (failure["document"], failure["kind"]) == ("0003-bad.png", "UnreadableInput")
    assert told[-1]["event"] == "end"
    assert (told[-1]["pages"], told[-1]["failed"]) == (6, 1)


def test_an_error_is_told_as_a_line_of_json_too(scans: Path, tmp_path: Path) -> None:
    (tmp_path / REPORT).touch()
    refused = digitize(scans, "-o", tmp_path, "--log-json")
    assert refused.exit_code == 2
    (error,) = events(refused.stderr)
    assert (error["event"], error["kind"]) == ("error", "UsageError")
    assert "--overwrite" in str(error["remedy"])


def test_a_verbose_run_ends_with_a_table_that_tells_what_came_from_the_journal(
    scans: Path, tmp_path: Path
) -> None:
    given = [scans / "0005-several.tif", "-o", tmp_path / "out", "--format", "csv", "-v"]
    digitize(*given)
    small_page(5).save(tmp_path / "new.png")
    said = digitize(tmp_path / "new.png", *given, "--resume").stderr.splitlines()
    table = {line.split()[0]: line.split()[1:] for line in said[-6:-2]}
    assert table["documents"] == ["2", "2", "done,", "0", "in", "part,", "0", "failed"]
    assert table["pages"] == ["3", "2", "from", "the", "journal;", "0", "failures"]
    assert table["numbers"][0].isdigit()
    assert said[-6].index("2 done") == said[-5].index("2 from")


def test_a_name_that_steers_a_terminal_is_escaped_wherever_it_is_told(tmp_path: Path) -> None:
    name = f"{STEERING}\n.png"
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / name).write_bytes(b"\x89PNG\r\n\x1a\n")
    for asked in ("--dry-run", "--log-json", "--verbose"):
        said = digitize(tmp_path / "in", "-o", tmp_path / "out", asked, "--overwrite").output
        assert "\x1b" not in said
        assert "owned" in said
    stopped = digitize(tmp_path / "in", "-o", tmp_path / "out", "--overwrite", "--on-error", "stop")
    assert "\x1b" not in stopped.output


def test_a_run_that_stops_at_an_error_says_how_to_go_on(scans: Path, tmp_path: Path) -> None:
    stopped = digitize(scans, "-o", tmp_path / "out", "--on-error", "stop", "-j", "1")
    assert stopped.exit_code == 3, stopped.output
    assert "0003-bad.png: " in stopped.output
    assert "--resume" in stopped.output
    assert not (tmp_path / "out" / REPORT).exists()
    before = pages_read(tmp_path / "out")
    assert before
    went_on = digitize(scans, "-o", tmp_path / "out", "--resume")
    assert went_on.exit_code == 3
    assert set(pages_read(tmp_path / "out").values()) == {1}


def test_a_resumed_run_with_other_options_is_refused_by_name(tmp_path: Path) -> None:
    small_page(1).save(tmp_path / "a.png")
    digitize(tmp_path / "a.png", "-o", tmp_path / "out", "--format", "csv")
    refused = digitize(tmp_path / "a.png", "-o", tmp_path / "out", "--resume", "--pages", "1")
    assert refused.exit_code == 2
    assert "--pages" in refused.output
    same = digitize(
        *(tmp_path / "a.png", "-o", tmp_path / "out", "--resume"),
        *("--jobs", "1", "--page-timeout", "9", "--worker-memory", "900"),
    )
    assert same.exit_code == 0, same.output


@pytest.mark.parametrize(
    ("options", "cause"),
    [
        (["-o", "out", "--watch", "--dry-run"], "--dry-run reads nothing"),
        (["-o", "-", "--resume"], "--resume has nothing to begin from"),
        (["-o", "-", "--overwrite"], "--overwrite has nothing to begin from"),
        (["-o", "https://u:word@example.org/out?sig=x"], "org/out?...: results cannot go to a web"),
    ],
)
def test_options_that_do_not_go_together_are_refused(
    options: list[str], cause: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "scans").mkdir()
    small_page(1).save(tmp_path / "scans" / "a.png")
    refused = digitize("scans", *options)
    assert refused.exit_code == 2, refused.output
    assert cause in refused.output
    assert [path.name for path in tmp_path.iterdir()] == ["scans"]


@pytest.mark.parametrize(
    "option", [("--page-timeout", "0"), ("--worker-memory", "10"), ("--on-error", "panic")]
)
def test_values_that_make_no_sense_are_refused(option: tuple[str, str], tmp_path: Path) -> None:
    small_page(1).save(tmp_path / "a.png")
    refused = digitize(tmp_path / "a.png", "-o", tmp_path / "out", *option)
    assert refused.exit_code == 2
    assert option[0] in refused.output
