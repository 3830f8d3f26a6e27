"""Measure how fast `digitize run` is, and write docs/performance.md with its plot.

    make performance                             all pages, other programs too: about ten minutes
    python benchmarks/performance.py --pages 6 --skip-peers

The pages are composed ones at 200 dpi: those of DIGITIZE_DATA (or ../shared/data) where they are,
else some that are drawn. Timed are every room of the program, and runs with 1, 2, 4 ... workers,
with CSV only and with PDF. The same pages go through Tesseract (installed with apt-get where that
can be done) and RapidOCR (in an environment of its own, below --cache). Let nothing else run
meanwhile; the page says how busy the machine was. Needs matplotlib (the train extra), and Linux for
the memory.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from performance_figures import Measurement
from performance_machine import this_machine, usable_cores
from performance_page import PAGE, PLOT, page, speed
from performance_peers import PeerRun, find_peers, run_peer
from performance_plot import draw
from performance_runs import FORMATS, Run, run_digitize, worker_counts
from performance_workload import ROOT, Workload, make_workload

ROUNDS = 4  # so that start-up is as small a part of a run as it is for people with many pages
ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
TIME_ROOMS = Path(__file__).with_name("performance_rooms.py")


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure everything and write the page and its plot."""
    given = parse(arguments)
    machine = this_machine()
    with tempfile.TemporaryDirectory(prefix="digitize-performance-") as folder:
        work = Path(folder)
        workload = make_workload(given.data, given.pages, given.rounds, work)
        tell(f"{workload.count} pages, load average {machine.load:.1f}")
        measured = Measurement(
            machine,
            len(workload.pages),
            workload.rounds,
            workload.origin,
            rooms=time_rooms(workload),
            runs=run_all(workload, given.jobs, work),
            peers=() if given.skip_peers else run_peers(workload, given.cache, work),
        )
    before = given.output.read_text(encoding="utf-8") if given.output.is_file() else ""
    given.output.parent.mkdir(parents=True, exist_ok=True)
    given.output.write_text(page(measured, before), encoding="utf-8")
    draw(measured, given.output.parent / "images" / PLOT.name)
    tell(f"written: {given.output}")
    return 0


def parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    """Return the command line's options."""
    data = os.environ.get("DIGITIZE_DATA") or ROOT.parent / "shared" / "data"
    caches = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--pages", type=int, help="different pages (default: all there are)")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help=f"default: {ROUNDS}")
    parser.add_argument("--jobs", type=int, default=usable_cores(), help="most workers to try")
    parser.add_argument("--skip-peers", action="store_true", help="measure digitize alone")
    parser.add_argument("--data", type=Path, default=Path(data), help="default: DIGITIZE_DATA")
    parser.add_argument("--cache", type=Path, default=Path(caches, "digitize-benchmarks"))
    parser.add_argument("--output", type=Path, default=PAGE, help="default: docs/performance.md")
    return parser.parse_args(arguments)


def time_rooms(workload: Workload) -> dict[str, float]:
    """Return the processor seconds a page in each room, of a process of one thread."""
    tell("rooms ...")
    command = [sys.executable, str(TIME_ROOMS), *map(str, workload.pages)]
    environment = {**os.environ, **ONE_THREAD}
    ended = subprocess.run(command, check=True, stdout=subprocess.PIPE, env=environment)
    rooms: dict[str, float] = json.loads(ended.stdout)
    return rooms


def run_all(workload: Workload, most: int, folder: Path) -> list[Run]:
    """Return a run for each number of workers and each choice of formats."""
    runs = []
    for formats in FORMATS:
        for jobs in worker_counts(most):
            out = folder / f"out-{jobs}-{formats.replace(',', '-')}"
            runs.append(run_digitize(workload, jobs, formats, out))
            tell(f"{jobs} workers, {formats}: {speed(runs[-1].cost.pages_a_minute)} pages a minute")
    return runs


def run_peers(workload: Workload, cache: Path, folder: Path) -> list[PeerRun]:
    """Return what other programs take for the same pages."""
    runs = []
    for peer in find_peers(cache):
        for run in run_peer(peer, workload.pages, folder):
            runs.append(run)
            tell(f"{run.name}: {speed(run.cost.pages_a_minute)} pages a minute")
    return runs


def tell(what: str) -> None:
    """Say how far the benchmark is, after the time of day."""
    print(f"{time.strftime('%H:%M:%S')} {what}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
