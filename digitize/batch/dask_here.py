"""A Dask cluster on this machine, for one run: it lives in processes apart, and ends with the run.

Its scheduler has a process of its own, not that of the run: so it can be ended at once with all its
workers, and a Ctrl-C in the terminal does not reach them. Its parts speak to each other under a
certificate made for this run: on a machine of many users, no other can hand it work.
"""

from __future__ import annotations

import multiprocessing
from multiprocessing.connection import Connection
from tempfile import TemporaryDirectory
from typing import Any

from digitize.batch.dask_cluster import dask_config, import_distributed
from digitize.batch.deferral import interruptions_later
from digitize.batch.processes import START_SECONDS, kill_with_its_own
from digitize.batch.worker import stand_apart
from digitize.errors import UsageError

CLOSE_SECONDS = 5.0  # for a cluster to give back what it holds of the system; then it is killed
WITHOUT_PAGES = ("scheduler", "worker", "nanny")  # of their own; nobody would look at them
LOOPBACK = "127.0.0.1"  # who is not on this machine cannot reach it


class DaskHere:
    """A scheduler, at `address`, and so many workers, there while this is entered.

    security: the certificate by which its client is known.
    """

    def __init__(self, workers: int) -> None:
        self.security = make_certificate()
        self._workers = workers
        self.address = ""

    def __enter__(self) -> DaskHere:
        self._scratch = TemporaryDirectory(prefix="digitize-dask-", ignore_cleanup_errors=True)
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(
            target=keep_cluster,
            args=(theirs, self._workers, self._scratch.name, self.security),
        )
        with interruptions_later():
            self._process.start()
        theirs.close()
        try:
            self.address = self._heard()
        except BaseException:
            self.__exit__()
            raise
        return self

    def _heard(self) -> str:
        """Return the scheduler's address, which the process tells; UsageError where it does not."""
        try:
            if self._pipe.poll(START_SECONDS):
                return str(self._pipe.recv())
        except EOFError:
            pass
        raise UsageError(
            "the Dask cluster on this machine does not start",
            "Run without --scheduler: on one machine that is as fast",
        )

    def __exit__(self, *_: object) -> None:
        self._pipe.close()
        self._process.join(CLOSE_SECONDS)
        kill_with_its_own(self._process)
        self._scratch.cleanup()


def make_certificate() -> Any:
    """Return a certificate for one run; UsageError where what makes it is not installed."""
    distributed = import_distributed()
    try:
        return distributed.Security.temporary()
    except ImportError as error:
        raise UsageError(
            "--scheduler local: cryptography is not installed",
            "Install it: pip install 'digitize[dask]'",
        ) from error


def keep_cluster(parent: Connection, workers: int, scratch: str, security: Any) -> None:
    """Start a cluster, tell `parent` its address, and keep it until the parent is gone."""
    stand_apart()
    distributed = import_distributed()
    dask_config().set({f"distributed.{part}.http.routes": [] for part in WITHOUT_PAGES})
    dask_config().set({"distributed.worker.profile.enabled": False})  # a look every 10 ms, for none
    cluster = distributed.LocalCluster(
        n_workers=0,
        threads_per_worker=1,
        host=LOOPBACK,
        security=security,
        protocol="tls://",
        dashboard_address=None,
        memory_limit=0,  # each worker limits itself, so that a page fails and not the worker
        local_directory=scratch,
    )
    parent.send(cluster.scheduler_address)
    cluster.scale(workers)
    parent.poll(None)
    cluster.close(timeout=CLOSE_SECONDS)
