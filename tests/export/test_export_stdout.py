"""`digitize run -o -`: lines on standard output, all else on standard error, no folder."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from export_runs import DIGITIZE, PATIENCE, digitize, draw, draw_scans

from digitize.errors import ExitCode


@pytest.fixture(scope="module")
def scans(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return draw_scans(tmp_path_factory.mktemp("scans"))


def pages(stdout: str) -> list[tuple[str, object]]:
    """Document and page of each line; whatever is no JSON fails the test."""
    return [(one["document"], one["page"]) for one in map(json.loads, stdout.splitlines())]


def test_each_page_is_a_line_in_the_order_of_documents_whatever_the_jobs(scans: Path) -> None:
    alone, shared = (digitize("run", scans, "-o", "-", "-j", jobs) for jobs in ("1", "2"))
    assert pages(alone.stdout) == [("a.png", 1), ("c.tif", 1), ("c.tif", 2), ("in/b.png", 1)]
    assert alone.stdout == shared.stdout
    assert (alone.returncode, shared.returncode) == (0, 0)


def test_lines_hold_what_the_json_files_of_a_run_hold(scans: Path, tmp_path: Path) -> None:
    lines = map(json.loads, digitize("run", scans, "-o", "-", "--quiet").stdout.splitlines())
    digitize("run", scans, "-o", tmp_path / "out", "--format", "json", "--quiet")
    for line in lines:
        path = (tmp_path / "out" / line["document"]).with_suffix(".json")
        written = json.loads(path.read_text())
        page = written["pages"][line["page"] - 1]
        assert page.items() <= line.items()
        assert all(written[key] == line[key] for key in ("source", "model", "page_readers"))


def test_messages_go_to_stderr_and_nothing_is_written(scans: Path, tmp_path: Path) -> None:
    done = subprocess.run(
        [*DIGITIZE, "run", str(scans), "-o", "-"],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        timeout=PATIENCE,
        check=True,
    )
    assert "3 documents, 4 pages" in done.stderr
    assert "Results" not in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_what_failed_has_a_line_a_message_and_the_exit_code(tmp_path: Path) -> None:
    draw(tmp_path / "a.png", ("12",))
    (tmp_path / "b.png").touch()
    done = digitize("run", tmp_path, "-o", "-", "--quiet")
    good, bad = map(json.loads, done.stdout.splitlines())
    assert [one["text"] for one in good["numbers"]] == ["12"]
    assert (bad["document"], bad["page"], bad["numbers"]) == ("b.png", None, [])
    assert bad["failure"]["cause"] == "the file is empty"
    assert "b.png: the file is empty" in done.stderr
    assert done.returncode == ExitCode.SOME_FAILED


def test_a_page_comes_out_before_the_next_is_read(tmp_path: Path) -> None:
    many = draw(tmp_path / "many.tif", *[("3812", "509", "66")] * 12)
    command = [*DIGITIZE, "run", str(many), "-o", "-", "--quiet", "-j", "1"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout
        assert json.loads(running.stdout.readline())["page"] == 1
        assert running.poll() is None
        running.communicate(timeout=PATIENCE)


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_who_reads_no_further_ends_the_run_quietly(jobs: str, tmp_path: Path) -> None:
    for count in range(8):
        draw(tmp_path / f"{count}.tif", *[("3812", "509")] * 4)
    command = [*DIGITIZE, "run", str(tmp_path), "-o", "-", "-j", jobs]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as running:
        assert running.stdout
        assert running.stderr
        running.stdout.readline()
        running.stdout.close()
        told = running.stderr.read()
        assert running.wait(PATIENCE) == ExitCode.OUTPUT
    assert told == ""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no disk that is always full")
def test_a_full_disk_behind_a_redirection_is_said(tmp_path: Path) -> None:
    page = draw(tmp_path / "a.png", ("12",))
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [*DIGITIZE, "run", str(page), "-o", "-"],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
    assert "standard output: cannot be written (no space left on device)" in done.stderr
    assert "Traceback" not in done.stderr
    assert done.returncode == ExitCode.OUTPUT


@pytest.mark.skipif(sys.platform == "win32", reason="its shell cannot close it")
def test_a_standard_output_that_is_closed_is_said(tmp_path: Path) -> None:
    page = draw(tmp_path / "a.png", ("12",))
    command = shlex.join([*DIGITIZE, "run", str(page), "-o", "-"])
    done = subprocess.run(
        ["sh", "-c", f"{command} >&-"],
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert "standard output: cannot be written (it is closed)" in done.stderr
    assert "Traceback" not in done.stderr
    assert done.returncode == ExitCode.OUTPUT


def test_a_format_beside_it_is_refused(scans: Path) -> None:
    done = digitize("run", scans, "-o", "-", "--format", "csv")
    assert done.returncode == ExitCode.USAGE
    assert "Leave out --format, or name a folder with -o" in done.stderr
    assert done.stdout == ""


@pytest.mark.skipif(sys.platform != "linux", reason="other systems allow no such name")
def test_a_name_that_is_no_unicode_is_a_line_of_utf_8(tmp_path: Path) -> None:
    page = draw(tmp_path / "a.png", ("12",))
    page.rename(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.png"))
    done = subprocess.run(
        [*DIGITIZE, "run", str(tmp_path), "-o", "-", "-q"],
        capture_output=True,
        timeout=PATIENCE,
        check=True,
    )
    line = json.loads(done.stdout.decode("utf-8"))
    assert line["document"] == r"caf\xe9.png"
    assert os.fsencode(line["source"]).endswith(b"caf\xe9.png")
