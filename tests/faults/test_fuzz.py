"""The fuzzer finds what it looks for, and a few seconds of it find nothing."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"
PATIENCE = 60  # seconds

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs os.fork")

# In a process of its own, for the fuzzer forks, and this one may have threads.
ASKED = """
import os, sys, time
from pathlib import Path
from digitize.errors import UnreadableInput
from fuzz import ask

def refuse(_): raise UnreadableInput("it is so", "Do so")
def fail(_): raise KeyError("no such key")
def crash(_): os.abort()
def hang(_): time.sleep(30)
def swell(_): return "read" if b"x" * 300_000_000 else "refused"

answer = ask(Path("none"), {how}, {seconds}, most_bytes=250_000_000)
print(answer.outcome, answer.says)
"""


@pytest.mark.parametrize(
    ("how", "seconds", "answer"),
    [
        ("lambda _: 'read'", 20, "read"),
        ("refuse", 20, "refused"),
        ("fail", 20, "finding KeyError: 'no such key'"),
        ("crash", 20, "finding ended by SIGABRT"),
        ("hang", 1, "finding more than 1 s"),
        ("swell", 20, "finding 3"),
    ],
)
def test_it_finds_what_it_looks_for(how: str, seconds: int, answer: str) -> None:
    asked = ASKED.format(how=how, seconds=seconds)
    ended = run(BENCHMARKS, "-c", asked)
    assert ended.stdout.strip().startswith(answer), ended.stderr


def test_a_few_seconds_of_it_find_nothing(tmp_path: Path) -> None:
    fuzz = str(BENCHMARKS / "fuzz.py")
    ended = run(tmp_path, fuzz, "--seconds", "4", "--keep", "found")
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert "| pdf | " in ended.stdout
    assert not (tmp_path / "found").exists()


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
