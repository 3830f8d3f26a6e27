"""hOCR files as other people's programs see them: hocr-spec's validator and hocr-tools."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from export_pages import document, number, page
from export_records import OPTIONS

from digitize.export import HocrWriter
from digitize.records import PageResult

PROGRAMS = Path(sys.executable).parent
VALIDATOR = (sys.executable, "-W", "ignore", "-m", "hocr_spec.cli")  # it warns about its own code


def written(out: Path, *pages: PageResult) -> Path:
    one = document('in/"odd"; <name>.png', out, *pages)
    with HocrWriter(out, [one.document], OPTIONS) as files:
        (name,) = files.add(one)
    return out / name


def told(*command: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(list(map(str, command)), capture_output=True, text=True, check=False)


@pytest.mark.parametrize("profile", ["standard", "relaxed"])
def test_the_validator_finds_no_fault(tmp_path: Path, profile: str) -> None:
    path = written(tmp_path, page(skew=1.25), page((), count=2), replace(page(count=3), turn=1))
    done = told(*VALIDATOR, "--profile", profile, path)
    assert done.returncode == 0, done.stdout
    assert "Document is valid" in done.stdout
    assert "[WARN]" not in done.stdout
    assert "[ERROR]" not in done.stdout


def test_the_validator_can_find_a_fault(tmp_path: Path) -> None:
    path = written(tmp_path)
    path.write_text(path.read_text("utf-8").replace("x_wconf 60", "x_wconf sixty", 1), "utf-8")
    assert told(*VALIDATOR, path).returncode != 0


def test_lines_lie_on_their_page_and_apart_from_each_other(tmp_path: Path) -> None:
    done = told(PROGRAMS / "hocr-check", written(tmp_path))
    checks = [line for line in done.stderr.splitlines() if "ok " in line]
    assert [line for line in checks if line.startswith("not ok")] == []
    assert any("mostly_nonoverlapping/line" in line for line in checks)
    assert sum("in an ocr_page" in line for line in checks) >= 3


def test_lines_are_read_as_they_were_written(tmp_path: Path) -> None:
    done = told(PROGRAMS / "hocr-lines", written(tmp_path, page(), page((number("5"),), count=2)))
    assert done.stdout.splitlines() == ["17 250.5", "4 90817263", "11", "5"]
