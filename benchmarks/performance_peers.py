"""The same pages through Tesseract and RapidOCR, installed by the first run that needs them.

Each is measured twice: as it comes, with as many threads as it likes, and as a process per core, of
one thread each: the most that can be had of this machine with it.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import venv
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from performance_machine import answer_of, usable_cores
from performance_runs import Cost, measured_together

RAPIDOCR = "rapidocr-onnxruntime==1.4.4"  # the last whose wheel holds its models (PP-OCRv4)
# what it needs, but for OpenCV with windows, which bare servers cannot load
RAPIDOCR_NEEDS = (
    "numpy",
    "onnxruntime",
    "opencv-python-headless",
    "pillow",
    "pyclipper",
    "pyyaml",
    "shapely",
    "six",
    "tqdm",
)
READ_BY_RAPIDOCR = Path(__file__).with_name("rapidocr_pages.py")
SPARSE_TEXT = "11"  # Tesseract's --psm: as much text as there is, anywhere
DIGITS = "tessedit_char_whitelist=0123456789"
ONE_THREAD = "1"


@dataclass(frozen=True, slots=True)
class Peer:
    """Another program: its name and version, and how it is told to read pages.

    command: of a file that lists them, one a line, and of how many threads it may use; None leaves
    that to the program.
    """

    name: str
    command: Callable[[Path, str | None], list[str]]


@dataclass(frozen=True, slots=True)
class PeerRun:
    """What a peer took; together: whether a process per core read, of one thread each."""

    name: str
    together: bool
    cost: Cost


def find_peers(cache: Path) -> list[Peer]:
    """Return the peers that are there or can be installed; say on stderr which cannot be."""
    found = []
    for name, find in (("Tesseract", find_tesseract), ("RapidOCR", find_rapidocr)):
        peer = find(cache)
        if peer is None:
            print(f"{name} is not there and cannot be installed; left out", file=sys.stderr)
        else:
            found.append(peer)
    return found


def find_tesseract(_cache: Path) -> Peer | None:
    """Return Tesseract, installed with apt-get where it is not there and that can be done."""
    if not shutil.which("tesseract") and shutil.which("apt-get"):
        command = ["apt-get", "install", "-y", "-qq", "tesseract-ocr"]
        subprocess.run(command, check=False, stdout=subprocess.DEVNULL)
    told = answer_of(["tesseract", "--version"])
    return Peer(told.replace("tesseract", "Tesseract"), ask_tesseract) if told else None


def ask_tesseract(pages: Path, _threads: str | None) -> list[str]:
    """Return the command that reads all pages of a list with one start of Tesseract."""
    return ["tesseract", str(pages), "stdout", "--psm", SPARSE_TEXT, "-c", DIGITS, "quiet"]


def find_rapidocr(cache: Path) -> Peer | None:
    """Return RapidOCR in an environment of its own below `cache`, made where it is not there."""
    home = cache / "rapidocr"
    python = home / "bin" / "python"
    ready = home / "ready"
    if not ready.is_file():
        venv.create(home, clear=True, with_pip=True)
        install = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        for more in (["--no-deps", RAPIDOCR], list(RAPIDOCR_NEEDS)):
            ended = subprocess.run([*install, *more], check=False, capture_output=True, text=True)
            if ended.returncode:
                print(ended.stderr, file=sys.stderr)
                return None
        ready.touch()

    def ask_rapidocr(pages: Path, threads: str | None) -> list[str]:
        return [str(python), str(READ_BY_RAPIDOCR), str(pages), *([threads] if threads else [])]

    return Peer(f"RapidOCR {RAPIDOCR.partition('==')[2]}", ask_rapidocr)


def run_peer(peer: Peer, pages: Sequence[Path], folder: Path) -> Iterator[PeerRun]:
    """Yield what a peer took for the pages, as it comes and as a process per core."""
    for parts, threads in ((1, None), (usable_cores(), ONE_THREAD)):
        lists = write_lists(pages, parts, folder)
        commands = [peer.command(listed, threads) for listed in lists]
        limit = {"OMP_THREAD_LIMIT": threads} if threads else {}  # which Tesseract goes by
        cost, _ = measured_together(commands, len(pages), limit)
        yield PeerRun(peer.name, threads is not None, cost)


def write_lists(pages: Sequence[Path], parts: int, folder: Path) -> list[Path]:
    """Write files that list the pages, dealt out among at most so many `parts`."""
    lists = []
    for part in range(min(parts, len(pages))):
        listed = folder / f"pages-{part + 1}-of-{parts}.txt"
        names = (page.resolve() for page in pages[part::parts])
        listed.write_text("".join(f"{name}\n" for name in names), encoding="utf-8")
        lists.append(listed)
    return lists
