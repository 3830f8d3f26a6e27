"""Runs that are killed, interrupted or cut off, and go on: the same bytes as an unbroken run."""

from __future__ import annotations

import json
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from journal_counts import journal_lines, pages_read
from small_pages import mixed_folder, results

from digitize.batch import REPORT

pytestmark = pytest.mark.skipif(
    not Path("/proc/self/task").is_dir(), reason="workers are found by what Linux tells of them"
)

DIGITIZE = [sys.executable, "-m", "digitize", "run"]
FORMATS = "csv,pdf,json,sqlite"
PAGES = 18  # of mixed_folder: eight pictures, and five pages in each of two documents
PATIENCE = 60  # seconds; far more than any of these runs takes
KILLS = int(os.environ.get("DIGITIZE_KILLS", "2"))
"""Moments at which a run is killed; benchmarks/kills.py has more."""


@pytest.fixture(scope="module")
def scans(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return mixed_folder(tmp_path_factory.mktemp("kills") / "scans")


@pytest.fixture(scope="module")
def unbroken(scans: Path) -> dict[str, bytes]:
    """The files of a run that nobody disturbs."""
    out = scans.parent / "unbroken"
    done = digitize(scans, out)
    assert done.returncode == 3, done.stderr  # of the damaged file
    assert sum(pages_read(out).values()) == PAGES
    return results(out)


def command(scans: Path, out: Path, *more: str) -> list[str]:
    return [*DIGITIZE, str(scans), "-o", str(out), "--format", FORMATS, "-j", "2", "-q", *more]


def digitize(scans: Path, out: Path, *more: str) -> subprocess.CompletedProcess[str]:
    asked = command(scans, out, *more)
    return subprocess.run(asked, capture_output=True, text=True, timeout=PATIENCE, check=False)


@contextmanager
def running(scans: Path, out: Path, *more: str) -> Iterator[subprocess.Popen[str]]:
    """Start a run; kill it at the end, should it still be there."""
    with subprocess.Popen(command(scans, out, *more), stderr=subprocess.PIPE, text=True) as run:
        try:
            yield run
        finally:
            run.kill()


def wait_for(run: subprocess.Popen[str], out: Path, pages: int) -> None:
    """Wait until so many pages are in the journal, or the run is over."""
    until = time.monotonic() + PATIENCE
    while run.poll() is None and sum(pages_read(out).values()) < pages:
        assert time.monotonic() < until
        time.sleep(0.005)


def workers_of(run: subprocess.Popen[str]) -> list[int]:
    """Return the processes that read pages for a run."""
    children = Path(f"/proc/{run.pid}/task/{run.pid}/children").read_text().split()
    return [
        int(child)
        for child in children
        if b"spawn_main" in Path(f"/proc/{child}/cmdline").read_bytes()
    ]


def assert_goes_on(scans: Path, out: Path, unbroken: dict[str, bytes]) -> None:
    """Resume a run; assert that it ends as an unbroken one, and read no page twice."""
    before = sum(pages_read(out).values())
    done = digitize(scans, out, "--resume")
    assert done.returncode == 3, done.stderr
    assert results(out) == unbroken
    assert set(pages_read(out).values()) == {1}
    report = json.loads((out / REPORT).read_text())
    assert sum(entry["pages_from_journal"] for entry in report["documents"]) == before
    assert sum(len(entry["pages"]) for entry in report["documents"]) == PAGES


@pytest.mark.parametrize("kill", range(KILLS))
def test_a_run_killed_at_any_moment_goes_on_as_if_it_had_not_been(
    kill: int, scans: Path, unbroken: dict[str, bytes], tmp_path: Path
) -> None:
    moment = random.Random(kill)
    with running(scans, tmp_path / "out") as run:
        wait_for(run, tmp_path / "out", moment.randrange(PAGES))
        time.sleep(moment.random() * 0.1)
        run.send_signal(signal.SIGKILL)
    assert not list((tmp_path / "out").glob(REPORT)) or run.returncode == 3
    assert_goes_on(scans, tmp_path / "out", unbroken)


def test_the_workers_of_a_killed_run_end_too(scans: Path, tmp_path: Path) -> None:
    with running(scans, tmp_path / "out") as run:
        wait_for(run, tmp_path / "out", 2)
        workers = workers_of(run)
        assert len(workers) == 2
        run.send_signal(signal.SIGKILL)
        run.wait()
        until = time.monotonic() + PATIENCE
        while any(Path(f"/proc/{worker}/fd").exists() for worker in workers):
            assert time.monotonic() < until
            time.sleep(0.01)


def test_a_killed_worker_is_replaced_and_costs_nothing(
    scans: Path, unbroken: dict[str, bytes], tmp_path: Path
) -> None:
    with running(scans, tmp_path / "out") as run:
        for pages in (2, 7, 12):
            wait_for(run, tmp_path / "out", pages)
            for worker in workers_of(run)[:1]:
                os.kill(worker, signal.SIGKILL)
        _, said = run.communicate(timeout=PATIENCE)
    assert run.returncode == 3, said
    assert "killed" not in said
    assert results(tmp_path / "out") == unbroken
    assert set(pages_read(tmp_path / "out").values()) == {1}


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_run_says_how_to_go_on_and_does(
    how: signal.Signals, scans: Path, unbroken: dict[str, bytes], tmp_path: Path
) -> None:
    with running(scans, tmp_path / "out") as run:
        wait_for(run, tmp_path / "out", 5)
        run.send_signal(how)
        _, said = run.communicate(timeout=PATIENCE)
    assert run.returncode == 130, said
    assert "--resume" in said
    assert "Traceback" not in said
    assert not list((tmp_path / "out").rglob("*.part"))
    assert_goes_on(scans, tmp_path / "out", unbroken)


def test_two_signals_leave_at_once_and_the_run_can_still_go_on(
    scans: Path, unbroken: dict[str, bytes], tmp_path: Path
) -> None:
    with running(scans, tmp_path / "out") as run:
        wait_for(run, tmp_path / "out", 5)
        run.send_signal(signal.SIGINT)
        with suppress(ProcessLookupError):
            run.send_signal(signal.SIGTERM)
        run.communicate(timeout=PATIENCE)
    assert run.returncode == 130
    assert_goes_on(scans, tmp_path / "out", unbroken)


def test_a_finished_run_reads_nothing_when_it_goes_on(
    scans: Path, unbroken: dict[str, bytes], tmp_path: Path
) -> None:
    assert digitize(scans, tmp_path / "out").returncode == 3
    times = {path: path.stat().st_mtime_ns for path in (tmp_path / "out").glob("*.pdf")}
    assert_goes_on(scans, tmp_path / "out", unbroken)
    assert {path: path.stat().st_mtime_ns for path in times} == times  # not written again, either


# --- a disk that takes no more ---


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 200 kB, where one can be made."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=200k", "tmpfs", str(place)]
    if not shutil.which("mount") or subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("no disk can be mounted here")
    try:
        yield place
    finally:
        subprocess.run(["umount", "-l", str(place)], check=True)


def test_a_full_disk_ends_the_run_and_it_goes_on_with_more_room(
    small_disk: Path, scans: Path, unbroken: dict[str, bytes]
) -> None:
    done = digitize(scans, small_disk / "out")
    assert done.returncode == 5, done.stderr
    assert "cannot be written (No space left on device)" in done.stderr
    assert "--resume" in done.stderr
    assert "Traceback" not in done.stderr
    for name, content in results(small_disk / "out").items():
        assert unbroken[name] == content, "what is there under its own name is whole"
    subprocess.run(["mount", "-o", "remount,size=20m", str(small_disk)], check=True)
    assert_goes_on(scans, small_disk / "out", unbroken)


def test_a_file_that_may_not_grow_ends_the_run_in_order_too(
    scans: Path, unbroken: dict[str, bytes], tmp_path: Path
) -> None:
    def limit() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (30_000, 30_000))

    asked = command(scans, tmp_path / "out")
    done = subprocess.run(
        asked, capture_output=True, text=True, timeout=PATIENCE, check=False, preexec_fn=limit
    )
    assert done.returncode == 5, done.stderr
    assert "cannot be written" in done.stderr
    assert_goes_on(scans, tmp_path / "out", unbroken)


def test_an_output_folder_that_goes_away_ends_the_run(scans: Path, tmp_path: Path) -> None:
    with running(scans, tmp_path / "out") as run:
        wait_for(run, tmp_path / "out", 3)
        (tmp_path / "out").rename(tmp_path / "elsewhere")
        _, said = run.communicate(timeout=PATIENCE)
    assert run.returncode == 5, said
    assert journal_lines(tmp_path / "elsewhere")
