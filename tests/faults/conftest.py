"""The folder of all faults, and one run over it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from fault_folder import Run, digitize, draw_all, everything_in

# Drawn pages are coarse, for some odd boxes make them large.
HOW = ("run", "in", "--password-file", "passwords.txt", "--dpi", "100")
FORMATS = "csv,pdf,json,hocr,alto,xlsx,sqlite"


@pytest.fixture(scope="session")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with all faults in `in`, and the good pages once more in `alone/in`."""
    desk = tmp_path_factory.mktemp("desk")
    draw_all(desk)
    return desk


@pytest.fixture(scope="session")
def run(desk: Path) -> Run:
    """One run over all faults."""
    out = desk / "out"
    before = everything_in(desk, but=out)
    ended = digitize(desk, *HOW, "-o", "out", "--jobs", "2", "--format", FORMATS)
    assert (out / "report.json").exists(), ended.stderr.decode()
    report = json.loads((out / "report.json").read_bytes())
    after = everything_in(desk, but=out)
    return Run(ended.returncode, ended.stdout, ended.stderr, out, report, before, after)


@pytest.fixture(scope="session")
def alone(desk: Path) -> Path:
    """What a run over the good pages leaves."""
    ended = digitize(desk / "alone", *HOW, "-o", "out", "--format", FORMATS)
    assert ended.returncode == 0, ended.stderr.decode()
    return desk / "alone" / "out"
