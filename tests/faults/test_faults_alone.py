"""Faults that need a run of their own: a name before a terminal, and a page without end."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from fault import picture
from fault_bombs import laughs
from fault_folder import PATIENCE, digitize
from fault_places import RIGHT_TO_LEFT, STEERING

pytestmark = pytest.mark.skipif(os.name == "nt", reason="needs bytes in names")


def on_a_terminal(desk: Path, *arguments: str) -> tuple[int, bytes]:
    """Run the command line with a terminal to draw on; return its exit code and all it showed."""
    reader, screen = os.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "digitize", *arguments],
        cwd=desk,
        stdout=screen,
        stderr=screen,
        stdin=subprocess.DEVNULL,
    ) as ended:
        os.close(screen)
        shown = bytearray()
        try:
            while piece := os.read(reader, 4096):
                shown += piece
        except OSError:  # how Linux says that the other end is closed
            pass
        ended.wait(PATIENCE)
    os.close(reader)
    return ended.returncode, bytes(shown)


def test_no_name_steers_a_terminal(tmp_path: Path) -> None:
    evil = tmp_path / "in"
    evil.mkdir()
    for name in (f"{STEERING}.png", f"{RIGHT_TO_LEFT}.png", "new\nline.png"):
        picture().save(evil / name, "PNG")
    (evil / f"{STEERING}{RIGHT_TO_LEFT}empty.png").touch()
    (evil / f"{STEERING}notes.txt").write_text("none")
    code, shown = on_a_terminal(tmp_path, "run", "in", "-o", "out", "-v", "--jobs", "1")
    assert code == 3
    assert b"owned" in shown
    assert b"\x1b]" not in shown
    assert b"\x07" not in shown
    assert RIGHT_TO_LEFT.encode() not in shown


def test_a_page_without_end_costs_its_time_and_nothing_else(tmp_path: Path) -> None:
    for name in ("in", "own"):
        (tmp_path / name).mkdir()
    laughs(tmp_path / "in" / "endless.pdf")
    picture().save(tmp_path / "in" / "good.png")
    how = ("--page-timeout", "3", "--format", "csv", "--jobs", "2")
    ended = digitize(tmp_path, "run", "in", "-o", "out", *how)
    assert ended.returncode == 3, ended.stderr.decode()
    entries = json.loads((tmp_path / "out" / "report.json").read_bytes())["documents"]
    endless, good = entries
    assert [failure["kind"] for failure in endless["failures"]] == ["PageTimeout"]
    assert good["status"] == "done"
