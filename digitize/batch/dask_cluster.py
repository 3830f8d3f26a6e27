"""A Dask cluster, met through its scheduler: the one place that knows the library distributed."""

from __future__ import annotations

import asyncio
import logging
import pickle
import threading
import uuid
from collections.abc import Mapping
from concurrent import futures
from contextlib import suppress
from itertools import count
from queue import Empty, SimpleQueue
from typing import Any

import digitize
from digitize.batch.cluster import Call, Reply
from digitize.errors import UsageError, first_line

CONNECT_SECONDS = 5.0  # a scheduler that is there answers within one
ANSWER_SECONDS = 30.0  # for the scheduler to tell its workers; it may be busy, or its machine gone
CLOSE_SECONDS = 2.0  # to say goodbye in; nothing is lost without
LARGE = "1GB"  # distributed warns of what it sends beyond 10 MB; a model may be larger


class DaskCluster:
    """The workers of the scheduler at `address`; connected while it is entered.

    security: as `distributed` takes it; None: as the machine's configuration of Dask says.
    """

    def __init__(self, address: str, security: Any = None) -> None:
        self._address, self._security = address, security
        self._client: Any = None
        self._keys = uuid.uuid4().hex
        self._numbers = count(1)
        self._asked: dict[int, tuple[str, Any]] = {}
        self._heard: SimpleQueue[tuple[int, bytes | BaseException]] = SimpleQueue()

    def __enter__(self) -> DaskCluster:
        distributed = import_distributed()
        for name in ("distributed", "distributed.client"):  # what it says of losses, we say
            logging.getLogger(name).setLevel(logging.CRITICAL + 1)
        try:
            self._client = distributed.Client(
                self._address,
                timeout=CONNECT_SECONDS,
                security=self._security or configured_security(self._address),
                set_as_default=False,
                name="digitize",
            )
        except OSError as error:
            raise UsageError(
                f"no Dask scheduler answers at {self._address}",
                "Start one there with `dask scheduler`, and see that the port can be reached",
            ) from error
        return self

    def __exit__(self, *_: object) -> None:
        with suppress(Exception):  # a cluster that is gone has nothing left to be told
            self._client.close(timeout=CLOSE_SECONDS)

    def workers(self) -> Mapping[str, bool]:
        """Return the workers that there are, and whether each begins with what it is asked."""
        if self._client.status != "running":
            raise self._gone()
        loop = self._client.loop.asyncio_loop
        asking = asyncio.run_coroutine_threadsafe(_both(self._client.scheduler), loop)
        try:
            there, running = asking.result(ANSWER_SECONDS)
        except (OSError, futures.TimeoutError, asyncio.TimeoutError) as error:
            asking.cancel()
            raise self._gone() from error
        return {address: address in running for address in there}

    def ask(self, worker: str, call: Call) -> int:
        """Have a worker do something; return a number to know its reply by."""
        number = next(self._numbers)
        future = self._submit(number, worker, call)
        self._asked[number] = (worker, future)
        loop = self._client.loop.asyncio_loop
        asyncio.run_coroutine_threadsafe(self._fetch(number, future), loop)
        return number

    def tell(self, worker: str, call: Call) -> None:
        """Have a worker do something, some time, even if this is left before; there is no reply."""
        with suppress(Exception):  # of a cluster that is gone
            import_distributed().fire_and_forget(self._submit(next(self._numbers), worker, call))

    def _submit(self, number: int, worker: str, call: Call) -> Any:
        return self._client.submit(
            pickle.loads,
            pickle.dumps(call),
            key=f"digitize-{self._keys}-{number}",
            workers=[worker],
            allow_other_workers=False,
            retries=0,
            pure=False,
        )

    async def _fetch(self, number: int, future: Any) -> None:
        """Wait for a reply; that of a worker just lost never comes.

        In distributed's loop: a thread that waited for it would outlive the loop, and the run with
        it.
        """
        try:
            self._heard.put((number, await self._client.gather(future, asynchronous=True)))
        except BaseException as error:  # whatever it is, the run is to know
            self._heard.put((number, error))

    def replies(self, seconds: float) -> list[Reply]:
        """Return what was replied, once something is or the time is over."""
        heard = []
        with suppress(Empty):
            heard.append(self._heard.get(timeout=seconds))
            while True:
                heard.append(self._heard.get_nowait())
        return [self._reply(number, said) for number, said in heard if number in self._asked]

    def _reply(self, number: int, said: bytes | BaseException) -> Reply:
        worker, _ = self._asked.pop(number)
        if isinstance(said, bytes):
            return Reply(number, said)
        if type(said).__name__ == "KilledWorker":
            return Reply(number, None)
        if "Cancelled" in type(said).__name__ or isinstance(said, OSError):
            raise self._gone() from said
        raise UsageError(
            f"the Dask worker at {worker} cannot do its task "
            f"({type(said).__name__}: {first_line(said)})",
            f"Install digitize {digitize.__version__} there, with what it needs",
        ) from said

    def forget(self, asked: int) -> None:
        """Want no reply any more."""
        _, future = self._asked.pop(asked, (None, None))
        if future is not None:
            with suppress(Exception):  # of a cluster that is gone; `workers` finds out
                future.cancel()

    def restart(self, worker: str) -> None:
        """End the process of a worker that does not come to an end; another may take its place."""

        def end_it() -> None:
            with suppress(Exception):  # it is given up in any case
                self._client.restart_workers([worker], raise_for_error=False)

        # it takes as long as the new process does to start, which nobody need wait for
        threading.Thread(target=end_it, daemon=True).start()

    def _gone(self) -> UsageError:
        return UsageError(
            f"the connection to the Dask scheduler at {self._address} is lost",
            "See that it runs; what was read is kept, and the same command with --resume goes on",
        )


def configured_security(address: str) -> Any:
    """Return the certificates of Dask's configuration; UsageError where they do not do."""
    security = import_distributed().Security()
    try:
        known = security.get_connection_args("client").get("ssl_context") is not None
    except OSError as error:  # ssl.SSLError too
        raise UsageError(
            f"the certificates in Dask's configuration cannot be read ({first_line(error)})",
            "See that distributed.comm.tls names them by whole paths",
        ) from error
    if address.startswith("tls://") and not known:
        raise UsageError(
            f"{address} asks for certificates, and Dask's configuration names none",
            "Name them there, under distributed.comm.tls",
        )
    return security


async def _both(scheduler: Any) -> tuple[Mapping[str, int], Mapping[str, int]]:
    """Return the workers with their threads: all, and those that are not paused."""
    return await scheduler.ncores(), await scheduler.ncores_running()


def import_distributed() -> Any:
    """Return the library; UsageError where it is not installed."""
    try:
        import distributed
    except ImportError as error:
        raise UsageError(
            "--scheduler: distributed is not installed", "Install it: pip install 'digitize[dask]'"
        ) from error
    dask_config().set({"distributed.admin.large-graph-warning-threshold": LARGE})
    return distributed


def dask_config() -> Any:
    """Return where Dask's own options are set, for this process."""
    from dask import config

    return config
