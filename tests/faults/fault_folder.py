"""All faults in one folder, and the command line run over it as a user does."""

from __future__ import annotations

import ctypes
import hashlib
import os
import stat
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fault import Fault, picture
from fault_bombs import BOMBS
from fault_pdf_pages import scan
from fault_pdfs import PASSWORD, PDFS
from fault_pictures import PICTURES
from fault_places import NAMES, OUTSIDE, PLACES, UNNAMED, UNTOLD
from fault_tiffs import TIFFS

FAULTS: tuple[Fault, ...] = (*PICTURES, *TIFFS, *PDFS, *BOMBS, *NAMES, *PLACES, *UNNAMED)
DOCUMENTS = tuple(fault for fault in FAULTS if not fault.passed_over)
GOOD = ("good.png", "good.pdf")
PATIENCE = 120  # seconds for the whole folder
PR_CAPBSET_DROP, CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH = 24, 1, 2  # of Linux


@dataclass(frozen=True, slots=True)
class Run:
    """How a run ended, what it left, and what lay beside its output before and after."""

    code: int
    stdout: bytes
    stderr: bytes
    out: Path
    report: dict[str, Any]
    before: dict[str, str]
    after: dict[str, str]

    @property
    def documents(self) -> dict[str, dict[str, Any]]:
        """The report's entries by document."""
        return {entry["document"]: entry for entry in self.report["documents"]}


def draw_all(desk: Path) -> None:
    """Fill the folder `in` of a desk with all faults and two good pages, and `alone/in` with two.

    Beside them lie what links lead to, passwords, and a place for files that nobody asked for.
    """
    for name in ("in", "own", OUTSIDE, "alone/in"):
        (desk / name).mkdir(parents=True)
    picture().save(desk / OUTSIDE / "page.png")
    for fault in FAULTS:
        fault.draw(desk / "in" / fault.name)
    for name, draw in UNTOLD.items():
        draw(desk / "in" / name)
    for folder in (desk, desk / "alone"):
        (folder / "passwords.txt").write_text(f"wrong\n{PASSWORD}\n")
        picture().save(folder / "in" / "good.png", dpi=(150, 150))
        scan(deterministic_id=True)(folder / "in" / "good.pdf")  # else the second is in its /ID


def digitize(desk: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    """Run the command line in a process of its own, whose every default folder is in `desk`."""
    own = {name: str(desk / "own") for name in ("HOME", "TMPDIR", "XDG_CACHE_HOME")}
    return subprocess.run(
        [sys.executable, "-m", "digitize", *arguments],
        cwd=desk,
        env={**os.environ, **own, "PYTHONDONTWRITEBYTECODE": "1"},
        timeout=PATIENCE,
        preexec_fn=as_nobody,
        capture_output=True,
        check=False,
    )


def as_nobody() -> None:
    """Give up root's right to read everything."""
    if sys.platform == "linux":
        libc = ctypes.CDLL(None)
        for right in (CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH):
            libc.prctl(PR_CAPBSET_DROP, right, 0, 0, 0)


def everything_in(folder: Path, but: Path) -> dict[str, str]:
    """Return what lies in a folder, save in `but`: each path with its mode and its content."""
    found = {}
    for root, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if Path(root, name) != but]
        for name in (*folders, *files):
            path = Path(root, name)
            mode = path.lstat().st_mode
            readable = stat.S_ISREG(mode) and mode & stat.S_IRUSR
            content = hashlib.sha256(path.read_bytes()).hexdigest() if readable else ""
            found[str(path.relative_to(folder))] = f"{mode:o} {content}"
    return found
