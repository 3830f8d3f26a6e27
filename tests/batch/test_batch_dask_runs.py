"""Runs on real Dask clusters of two processes: the same bytes as here, whatever is lost."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from dask_clusters import PATIENCE, WORKERS, RealCluster, real_cluster
from journal_counts import pages_read
from s3_server import s3_server
from small_pages import RUN_OWN, mixed_folder, results, small_page
from unlucky_paths import EndlessPath, OnceDeadlyPath

from digitize.batch import run
from digitize.load import InputDocument
from digitize.options import EngineOptions, RunOptions

pytest.importorskip("distributed")
pytestmark = pytest.mark.skipif(
    not Path("/proc/self/task").is_dir(), reason="workers are found by what Linux tells of them"
)

FORMATS = "csv,json,pdf"
EPOCH = {"SOURCE_DATE_EPOCH": "1000000000"}
PAGES = 18  # of mixed_folder: eight pictures, and five pages in each of two documents


@pytest.fixture(scope="module")
def scans(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return mixed_folder(tmp_path_factory.mktemp("dask") / "scans")


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealCluster]:
    with real_cluster(tmp_path_factory.mktemp("cluster")) as started:
        yield started


@pytest.fixture(scope="module")
def undisturbed(scans: Path) -> dict[str, bytes]:
    """The files of a run on this machine alone."""
    with running(scans, scans.parent / "undisturbed", "-j", "2") as alone:
        assert alone.wait(PATIENCE) == 3  # of the damaged file
    return results(scans.parent / "undisturbed")


@contextmanager
def running(scans: Path, out: Path, *more: str) -> Iterator[subprocess.Popen[str]]:
    """Start a run; kill it at the end, should it still be there."""
    command = [sys.executable, "-m", "digitize", "run", scans, "-o", out, "--format", FORMATS]
    environment = {**os.environ, **EPOCH}
    with subprocess.Popen(
        [*map(str, command), *more], stderr=subprocess.PIPE, text=True, env=environment
    ) as run:
        try:
            yield run
        finally:
            run.kill()


def wait_for(run: subprocess.Popen[str], out: Path, pages: int) -> None:
    """Wait until so many pages are in the journal."""
    until = time.monotonic() + PATIENCE
    while sum(pages_read(out).values()) < pages:
        assert run.poll() is None, run.stderr and run.stderr.read()
        assert time.monotonic() < until
        time.sleep(0.005)


def below(process: int) -> set[int]:
    """Return all processes that a process started, and those that they did."""
    found = set()
    for task in Path(f"/proc/{process}/task").glob("*/children"):
        for child in map(int, task.read_text().split()):
            found |= {child, *below(child)}
    return found


def assert_gone(processes: set[int]) -> None:
    until = time.monotonic() + PATIENCE
    while any(Path(f"/proc/{one}/fd").exists() for one in processes):
        assert time.monotonic() < until
        time.sleep(0.02)


def assert_goes_on_here(scans: Path, out: Path, undisturbed: dict[str, bytes]) -> None:
    """Resume a run without a cluster; assert that it ends as if undisturbed, none read twice."""
    with running(scans, out, "-j", "2", "--resume") as here:
        assert here.wait(PATIENCE) == 3
    assert results(out) == undisturbed
    assert set(pages_read(out).values()) == {1}


def test_a_cluster_started_here_writes_the_same_bytes(
    scans: Path, undisturbed: dict[str, bytes], tmp_path: Path
) -> None:
    with running(scans, tmp_path / "out", "--scheduler", "local:2") as here:
        _, said = here.communicate(timeout=PATIENCE)
    assert here.returncode == 3, said
    assert results(tmp_path / "out") == undisturbed
    assert set(pages_read(tmp_path / "out").values()) == {1}
    assert "Warning" not in said
    assert "Traceback" not in said


def test_workers_killed_midway_cost_a_second_try_and_no_page(
    scans: Path, undisturbed: dict[str, bytes], cluster: RealCluster, tmp_path: Path
) -> None:
    with running(scans, tmp_path / "out", "--scheduler", cluster.address) as there:
        wait_for(there, tmp_path / "out", pages=2)
        for worker in cluster.workers():  # both at once: one later might have a second try in hand
            os.kill(worker, signal.SIGKILL)
        _, said = there.communicate(timeout=PATIENCE)
    assert there.returncode == 3, said
    assert "was killed" not in said
    assert results(tmp_path / "out") == undisturbed
    assert set(pages_read(tmp_path / "out").values()) == {1}


def three_documents(folder: Path, first: type[Path]) -> list[InputDocument]:
    """Pages, of which the first lies at a path of that kind."""
    for number in range(3):
        small_page(number).save(folder / f"{number}.png")
    return [
        InputDocument("0.png", first(folder / "0.png")),
        *(InputDocument(f"{number}.png", folder / f"{number}.png") for number in (1, 2)),
    ]


def test_a_page_that_kills_its_worker_once_is_read_by_another(
    cluster: RealCluster, tmp_path: Path
) -> None:
    documents = three_documents(tmp_path, OnceDeadlyPath)
    engine = EngineOptions(scheduler=cluster.address)
    summary = run(documents, tmp_path / "out", RunOptions(formats=("csv",), engine=engine))
    assert (tmp_path / "0.png.killed").exists()
    assert [entry["status"] for entry in summary.entries] == ["done"] * 3


def test_a_page_that_never_ends_is_given_up_and_its_worker_replaced(
    cluster: RealCluster, tmp_path: Path
) -> None:
    documents = three_documents(tmp_path, EndlessPath)
    engine = EngineOptions(scheduler=cluster.address, page_timeout=6.0)
    summary = run(documents, tmp_path / "out", RunOptions(formats=("csv",), engine=engine))
    assert [entry["status"] for entry in summary.entries] == ["failed", "done", "done"]
    (failure,) = summary.entries[0]["failures"]  # type: ignore[misc]
    assert failure["kind"] == "PageTimeout"
    until = time.monotonic() + PATIENCE
    while len(cluster.workers()) < WORKERS:
        assert time.monotonic() < until
        time.sleep(0.1)


def test_an_interrupted_run_leaves_no_process_and_goes_on_without_a_cluster(
    scans: Path, undisturbed: dict[str, bytes], tmp_path: Path
) -> None:
    out = tmp_path / "out"
    with running(scans, out, "--scheduler", "local:2") as here:
        wait_for(here, out, 4)
        started = below(here.pid)
        assert len(started) >= 1 + WORKERS
        here.send_signal(signal.SIGINT)
        _, said = here.communicate(timeout=PATIENCE)
    assert here.returncode == 130, said
    assert "--resume" in said
    assert "Traceback" not in said
    assert "Warning" not in said
    assert_gone(started)
    assert sum(pages_read(out).values()) < PAGES
    assert_goes_on_here(scans, out, undisturbed)


def test_a_cluster_started_here_ends_with_a_run_that_is_killed(scans: Path, tmp_path: Path) -> None:
    with running(scans, tmp_path / "out", "--scheduler", "local:1") as here:
        wait_for(here, tmp_path / "out", 1)
        started = below(here.pid)
        here.kill()
    assert_gone(started)


def test_a_scheduler_that_is_not_there_is_told_soon(scans: Path, tmp_path: Path) -> None:
    started = time.monotonic()
    with running(scans, tmp_path / "out", "--scheduler", "tcp://127.0.0.1:9") as nowhere:
        _, said = nowhere.communicate(timeout=PATIENCE)
    assert time.monotonic() - started < 30
    assert nowhere.returncode == 2
    assert "no Dask scheduler answers at tcp://127.0.0.1:9" in said
    assert "Traceback" not in said
    assert not list((tmp_path / "out").iterdir())


def test_lines_of_json_come_in_order_from_a_cluster_too(
    scans: Path, cluster: RealCluster, tmp_path: Path
) -> None:
    lines = []
    for more in (["-j", "2"], ["--scheduler", cluster.address]):
        command = [sys.executable, "-m", "digitize", "run", str(scans), "-o", "-", *more]
        done = subprocess.run(command, capture_output=True, timeout=PATIENCE, check=False)
        assert done.returncode == 3, done.stderr
        lines.append(done.stdout)
    assert lines[0] == lines[1]
    assert len(lines[0].splitlines()) == PAGES + 1


def test_workers_fetch_from_a_store_and_files_go_into_it(
    scans: Path, undisturbed: dict[str, bytes]
) -> None:
    pytest.importorskip("moto.server")
    with s3_server("scans", "results") as s3:
        s3.put_folder(scans, "scans", "night")
        command = [sys.executable, "-m", "digitize", "run", "s3://scans/night"]
        asked = ["-o", "s3://results/night", "--format", "csv,pdf", "--scheduler", "local:2"]
        done = subprocess.run(
            [*command, *asked],
            env={**s3.environment, **EPOCH},
            capture_output=True,
            timeout=PATIENCE,
            check=False,
        )
        assert done.returncode == 3, done.stderr
        found = s3.folder("results", "night")
    there = {name: content for name, content in found.items() if name not in RUN_OWN}
    assert there == {
        name: content for name, content in undisturbed.items() if not name.endswith(".json")
    }


def test_a_scheduler_that_goes_away_ends_the_run_and_it_goes_on_here(
    scans: Path, undisturbed: dict[str, bytes], cluster: RealCluster, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    with running(scans, out, "--scheduler", cluster.address) as there:
        wait_for(there, out, 4)
        cluster.scheduler.kill()  # for good: this must be the last test of the file
        _, said = there.communicate(timeout=PATIENCE)
    assert there.returncode == 2, said
    assert f"the connection to the Dask scheduler at {cluster.address} is lost" in said
    assert "--resume" in said
    assert "Traceback" not in said
    assert_goes_on_here(scans, out, undisturbed)
