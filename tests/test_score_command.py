"""`digitize score`, as people and scripts meet it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image
from score_folders import SIZE, document, number, run_left, true, write_truth


def digitize(*arguments: object) -> subprocess.CompletedProcess[str]:
    """Run the program in a process of its own."""
    command = [sys.executable, "-m", "digitize", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)


def folders(folder: Path) -> tuple[Path, Path]:
    """A run that reads a 7 as 1, and its truth with its page beside it."""
    out = run_left(folder / "out", document("a.png", (number("1"),)))
    write_truth(folder / "truth", "a.png", true("7"), kind="plain")
    Image.new("RGB", SIZE, "white").save(folder / "truth" / "a.png")
    return out, folder / "truth"


def test_figures_go_to_stdout_and_the_sheet_to_its_file(tmp_path: Path) -> None:
    sheet = tmp_path / "worst.png"
    ended = digitize("score", *folders(tmp_path), "--by", "kind", "--worst", sheet)
    assert ended.returncode == 0, ended.stderr
    assert ended.stdout.count("\nplain ") == 2
    assert ended.stderr == f"Wrong numbers on {sheet}: 1\n"
    assert sheet.read_bytes().startswith(b"\x89PNG")


def test_json_is_one_object(tmp_path: Path) -> None:
    ended = digitize("score", *folders(tmp_path), "--json")
    assert ended.stderr == ""
    assert json.loads(ended.stdout)["all"]["number_exact"] == 0


def test_what_is_not_there_is_told_in_a_line_with_exit_code_2(tmp_path: Path) -> None:
    out, truth = folders(tmp_path)
    for arguments in ((tmp_path / "no", truth), (out, tmp_path), (out, truth, "--by", "pen")):
        ended = digitize("score", *arguments)
        assert (ended.returncode, ended.stdout) == (2, "")
        assert len(ended.stderr.splitlines()) == 1
        assert "Traceback" not in ended.stderr


def test_a_damaged_truth_ends_with_exit_code_3(tmp_path: Path) -> None:
    out, truth = folders(tmp_path)
    (truth / "b.json").write_text("{")
    assert digitize("score", out, truth).returncode == 3


@pytest.mark.parametrize(
    "address", ["s3://b/worst.png", "s3:/b/worst.png", "https://u:pw@x.org/a.png"]
)
def test_a_sheet_is_not_written_into_a_store(tmp_path: Path, address: str) -> None:
    ended = digitize("score", *folders(tmp_path), "--worst", address)
    assert (ended.returncode, ended.stdout) == (2, "")
    assert "this is not written into a store. Give a file of this machine." in ended.stderr
    assert "pw" not in ended.stderr


def test_a_sheet_that_is_no_png_is_refused_before_anything(tmp_path: Path) -> None:
    ended = digitize("score", *folders(tmp_path), "--worst", "a.jpg")
    assert (ended.returncode, ended.stdout) == (2, "")
    assert "give a name that ends in .png" in ended.stderr
