"""A folder of many small files: killed in its middle, resumed, and compared with what is on disk.

    python benchmarks/many_files.py [--files 10000] [--format csv,pdf] [--compare] [--write]

Each file is a small picture with one or two digits. `digitize run` is killed (SIGKILL) once half of
the pages are in its journal, and goes on with --resume. Then report, journal, tables and files must
agree (many_files_checks.py). Overhead is what passes until the first new page is read; with
--compare the folder is also read in one unbroken run, whose outputs must be the same bytes. Prints
a table, and with --write puts it into docs/performance.md. Ends with 1 where anything disagrees.
Needs Linux.
"""

from __future__ import annotations

import argparse
import json
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from many_files_checks import compare_outputs, count_pages, disagreements, read_journal
from performance_machine import this_machine
from performance_page import MANY_FILES, markdown, write_section
from process_memory import MemoryWatch, family, memory_of

DIGITIZE = (sys.executable, "-m", "digitize", "run")
JOBS = 2
MANY = 10_000  # files: the folder that issue 6 asks about
A_FOLDER = 100  # files of each folder
WIDTH, HEIGHT = 200, 120  # pixels
FONTS = (cv2.FONT_HERSHEY_SCRIPT_SIMPLEX, cv2.FONT_HERSHEY_SIMPLEX, cv2.FONT_HERSHEY_DUPLEX)
SEED = 20261121
LOOK_SECONDS = 0.1  # between two looks at the journal
MOST_OVERHEAD_SECONDS = 10.0  # what issue 6 allows
PATIENCE_SECONDS = 20.0  # for workers to end after their parent was killed


@dataclass(frozen=True, slots=True)
class Killed:
    """A run that was killed: seconds it ran, pages in its journal then, and workers left behind."""

    seconds: float
    pages: int
    left_behind: int


@dataclass(frozen=True, slots=True)
class Ended:
    """A run to its end: seconds in all, until the first page was read, and peak memory in MB."""

    seconds: float
    first_page: float
    parent_megabytes: float
    worker_megabytes: float


def main(arguments: Sequence[str] | None = None) -> int:
    """Make the folder, kill, resume and check; 1 where something disagrees."""
    given = parse(arguments)
    load = this_machine().load
    with tempfile.TemporaryDirectory(prefix="digitize-many-files-") as folder:
        scans, out = Path(folder, "scans"), Path(folder, "out")
        tell(f"making {given.files} files")
        names = make_files(scans, given.files)
        killed = run_and_kill(scans, out, given.format, given.files // 2)
        tell(f"killed after {killed.seconds:.1f} s with {killed.pages} pages in the journal")
        resumed = run_to_end([*command(scans, out, given.format), "--resume"])
        tell(f"resumed: first new page after {resumed.first_page:.1f} s")
        problems = disagreements(out, names, killed.pages)
        unbroken = None
        if given.compare:
            unbroken = run_to_end(command(scans, Path(folder, "unbroken"), given.format))
            problems += compare_outputs(out, Path(folder, "unbroken"))
        twice = read_journal(out).read_twice
    if killed.left_behind:
        problems.append(f"{killed.left_behind} workers outlived their parent")
    if resumed.first_page > given.most_overhead:
        problems.append(f"{resumed.first_page:.1f} s passed until a new page was read")
    body = told(given, load, killed, resumed, unbroken, twice, problems)
    print(body)
    if given.write:
        write_section(MANY_FILES, body)
    return 1 if problems else 0


def parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    """Return the command line's options."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--files", type=int, default=MANY)
    parser.add_argument("--format", default="csv,pdf", help="default: csv,pdf")
    parser.add_argument("--compare", action="store_true", help="also run once without a break")
    parser.add_argument("--most-overhead", type=float, default=MOST_OVERHEAD_SECONDS,
                        help="seconds, default: what issue 6 allows")  # fmt: skip
    parser.add_argument("--write", action="store_true", help="put it into docs/performance.md")
    return parser.parse_args(arguments)


def make_files(scans: Path, count: int) -> list[str]:
    """Write so many pictures, no two the same; return their names relative to `scans`."""
    rng, names = np.random.default_rng(SEED), []
    for number in range(count):
        name = f"{number // A_FOLDER:03d}/{number:05d}.png"
        path = scans / name
        path.parent.mkdir(parents=True, exist_ok=True)
        cv2.imwrite(str(path), draw_number(rng))
        names.append(name)
    return names


def draw_number(rng: np.random.Generator) -> np.ndarray:
    """Return a little noisy paper with a number of one or two digits, (height, width) uint8."""
    paper = rng.integers(225, 255, (HEIGHT, WIDTH), dtype=np.uint8)
    text = str(rng.integers(0, 100))
    corner = (int(rng.integers(20, 80)), int(rng.integers(70, 100)))
    font, size, pen = FONTS[rng.integers(len(FONTS))], rng.uniform(1.2, 2.0), rng.integers(2, 5)
    cv2.putText(paper, text, corner, font, float(size), 30, int(pen), cv2.LINE_AA)
    return paper


def command(scans: Path, out: Path, formats: str) -> list[str]:
    """Return the command that reads the folder."""
    return [*DIGITIZE, str(scans), "-o", str(out), "-j", str(JOBS), "--format", formats,
            "--log-json"]  # fmt: skip


def run_and_kill(scans: Path, out: Path, formats: str, pages: int) -> Killed:
    """Start a run and kill it once so many pages are in its journal."""
    started = time.monotonic()
    run = subprocess.Popen(command(scans, out, formats), stderr=subprocess.DEVNULL)
    while count_pages(out) < pages and run.poll() is None:
        time.sleep(LOOK_SECONDS)
    if run.poll() is not None:
        sys.exit(f"the run ended with {run.returncode} before it could be killed")
    workers = [process for process in family(run.pid) if process != run.pid]
    run.send_signal(signal.SIGKILL)
    run.wait()
    seconds = time.monotonic() - started
    until = time.monotonic() + PATIENCE_SECONDS
    while (left := [one for one in workers if memory_of(one)]) and time.monotonic() < until:
        time.sleep(LOOK_SECONDS)
    return Killed(seconds, read_journal(out).count, len(left))


def run_to_end(command: Sequence[str]) -> Ended:
    """Run to the end and return what it took; ends the benchmark where the run fails."""
    started, first_page, last = time.monotonic(), None, ""
    with (
        subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as run,
        MemoryWatch(run.pid) as watch,
    ):
        for last in run.stderr or ():
            if first_page is None and json.loads(last).get("event") == "page":
                first_page = time.monotonic() - started
    seconds = time.monotonic() - started
    if run.returncode:
        sys.exit(f"the run ended with {run.returncode}: {last}")
    found = first_page if first_page is not None else seconds
    return Ended(seconds, found, watch.peaks.parent, watch.peaks.worker)


def told(
    given: argparse.Namespace,
    load: float,
    killed: Killed,
    resumed: Ended,
    unbroken: Ended | None,
    twice: int,
    problems: Sequence[str],
) -> str:
    """Return all of it as Markdown."""
    rows = [
        ["seconds until it was killed", f"{killed.seconds:.1f}"],
        ["pages in the journal then", str(killed.pages)],
        ["seconds of the resumed run", f"{resumed.seconds:.1f}"],
        ["of these until its first new page", f"{resumed.first_page:.1f}"],
        ["pages read twice", str(twice)],
        ["peak memory, main process", f"{resumed.parent_megabytes:.0f} MB"],
        ["peak memory, a worker", f"{resumed.worker_megabytes:.0f} MB"],
    ]
    if unbroken:
        more = killed.seconds + resumed.seconds - unbroken.seconds
        rows += [
            ["seconds of an unbroken run", f"{unbroken.seconds:.1f}"],
            ["both parts beside the unbroken run", f"{more:+.1f} s"],
        ]
    found = "; ".join(problems) or "report, journal, tables and files agree"
    return TOLD.format(
        files=given.files, formats=given.format, load=load, table=markdown(["what", "found"], rows),
        same="The outputs were compared with an unbroken run's byte by byte. " if unbroken else "",
        short="" if given.files >= MANY else SHORT.format(many=MANY), found=found,
    )  # fmt: skip


TOLD = """\
`python benchmarks/many_files.py --files {files}`: small pictures of one or two digits, two workers,
`--format {formats}`; killed (SIGKILL) in the middle, then resumed. The load average was
{load:.1f} at start. {same}{short}

{table}

Checked: {found}."""

SHORT = "This is a short look: start-up weighs more in it than in {many:,} files."


def tell(what: str) -> None:
    """Say how far the benchmark is, after the time of day."""
    print(f"{time.strftime('%H:%M:%S')} {what}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
