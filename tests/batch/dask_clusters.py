"""Dask clusters of real processes on loopback, as an administrator starts them."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

PATIENCE = 120  # seconds; far more than any of these takes
WORKERS = 2


@dataclass(frozen=True)
class RealCluster:
    """A scheduler, and a process that watches over two workers."""

    address: str
    scheduler: subprocess.Popen[bytes]
    nannies: subprocess.Popen[bytes]

    def workers(self) -> list[int]:
        """Return the processes of the workers, without those that watch over them."""
        tasks = Path(f"/proc/{self.nannies.pid}/task").glob("*/children")
        found = [int(child) for task in tasks for child in task.read_text().split()]
        return sorted(one for one in found if b"spawn_main" in _command(one))


def _command(process: int) -> bytes:
    with suppress(OSError):
        return Path(f"/proc/{process}/cmdline").read_bytes()
    return b""


@contextmanager
def real_cluster(folder: Path) -> Iterator[RealCluster]:
    """Start a scheduler and two workers on loopback; end them and all they started."""
    file = folder / "scheduler.json"
    modules = os.pathsep.join([str(Path(__file__).parent), str(Path(__file__).parent.parent)])
    environment = {**os.environ, "PYTHONPATH": modules}
    started = []

    def start(part: str, *more: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", f"distributed.cli.dask_{part}", "--no-dashboard", *more]
        log = (folder / f"{part}.log").open("wb")
        with log:
            started.append(
                subprocess.Popen(
                    command, stdout=log, stderr=log, env=environment, start_new_session=True
                )
            )
        return started[-1]

    try:
        scheduler = start(
            "scheduler", "--host", "127.0.0.1", "--port", "0", "--scheduler-file", str(file)
        )
        address = _address_in(file)
        nannies = start(
            "worker", address, "--host", "127.0.0.1", "--nworkers", str(WORKERS),
            "--nthreads", "1", "--local-directory", str(folder / "scratch"),
        )  # fmt: skip
        yield RealCluster(address, scheduler, nannies)
    finally:
        for process in started:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _address_in(file: Path) -> str:
    until = time.monotonic() + PATIENCE
    while True:
        with suppress(OSError, ValueError):
            return str(json.loads(file.read_text())["address"])
        assert time.monotonic() < until
        time.sleep(0.05)
