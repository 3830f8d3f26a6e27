"""Starting is quick, and what only training or people need is never loaded."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

HELP_SECONDS = 0.4
ATTEMPTS = 5  # the best counts: others may be using the machine
NEVER = ("tensorflow", "keras", "sklearn", "matplotlib", "flask", "fsspec", "distributed")
NOT_FOR_HELP = ("numpy", "cv2", "onnxruntime", "PIL", "pikepdf", "pypdfium2", "rich")
LEAVES_A_MARK = """
import pathlib
pathlib.Path(__file__).with_name("loaded").touch()
"""
PROGRAM = """
import json, sys
from digitize.cli import main
try:
    main(sys.argv[1:])
finally:
    print(json.dumps(sorted({name.partition(".")[0] for name in sys.modules})))
"""


@pytest.fixture
def with_all_installed(tmp_path: Path) -> dict[str, str]:
    """Return an environment in which every library that must not be loaded can be found."""
    for name in NEVER:
        (tmp_path / "installed" / name).mkdir(parents=True)
        (tmp_path / "installed" / name / "__init__.py").write_text(LEAVES_A_MARK)
    found = [str(tmp_path / "installed"), os.environ.get("PYTHONPATH", "")]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, found))}


def loaded(environment: dict[str, str], *arguments: str | Path) -> set[str]:
    """Return the packages in memory when the command line has ended."""
    command = [sys.executable, "-c", PROGRAM, *map(str, arguments)]
    run = subprocess.run(
        command, env=environment, capture_output=True, text=True, check=True, timeout=60
    )
    return set(json.loads(run.stdout.splitlines()[-1]))


@pytest.mark.clocked
def test_help_is_there_within_the_blink_of_an_eye() -> None:
    took = []
    for _ in range(ATTEMPTS):
        started = time.perf_counter()
        subprocess.run(
            [sys.executable, "-m", "digitize", "--help"], check=True, stdout=subprocess.DEVNULL
        )
        took.append(time.perf_counter() - started)
        if took[-1] <= HELP_SECONDS:
            return
    pytest.fail(f"the best of {[f'{seconds:.2f} s' for seconds in took]} is over {HELP_SECONDS} s")


@pytest.mark.parametrize("arguments", [("--help",), ("run", "--help"), ("--version",)])
def test_help_loads_nothing_heavy(
    arguments: tuple[str, ...], with_all_installed: dict[str, str]
) -> None:
    packages = loaded(with_all_installed, *arguments)
    assert "click" in packages
    assert packages.isdisjoint({*NEVER, *NOT_FOR_HELP})


def test_a_run_loads_no_training_library(
    tmp_path: Path, with_all_installed: dict[str, str]
) -> None:
    page = Image.new("L", (400, 200), 255)
    for x in (60, 100):
        ImageDraw.Draw(page).rectangle((x, 60, x + 7, 120), fill=0)
    page.save(tmp_path / "page.png")
    packages = loaded(with_all_installed, "run", tmp_path / "page.png", "-o", tmp_path / "out")
    assert (tmp_path / "out" / "page.pdf").is_file()
    assert "pikepdf" in packages
    assert not list(tmp_path.rglob("loaded")), "by the run or one of its workers"


def test_the_libraries_that_must_not_be_loaded_could_be(
    tmp_path: Path, with_all_installed: dict[str, str]
) -> None:
    program = f"import {', '.join(NEVER)}"
    subprocess.run([sys.executable, "-c", program], env=with_all_installed, check=True)
    assert len(list(tmp_path.rglob("loaded"))) == len(NEVER)
