"""A Dask cluster as the crew of a run: there already, or started here for it."""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from digitize.batch.dask_cluster import DaskCluster
from digitize.batch.dask_crew import DaskCrew
from digitize.batch.dask_here import DaskHere
from digitize.batch.dask_worker import Contract
from digitize.batch.memory import usual_limit
from digitize.batch.plan import Plan
from digitize.batch.scheduler import ClusterHere, ClusterThere, Scheduler
from digitize.errors import UsageError


@contextmanager
def hired(plan: Plan, scheduler: Scheduler) -> Iterator[DaskCrew]:
    """Give the workers of a cluster as readers of a run; at the end nothing of it is left there."""
    if isinstance(scheduler, ClusterHere):
        with _here(plan, scheduler) as crew:
            yield crew
    else:
        with _there(plan, scheduler) as crew:
            yield crew


@contextmanager
def _here(plan: Plan, scheduler: ClusterHere) -> Iterator[DaskCrew]:
    engine = plan.options.engine
    limit = engine.worker_megabytes or usual_limit(scheduler.workers)
    contract = make_contract(plan, limit, looks=False)
    with (
        DaskHere(scheduler.workers) as here,
        DaskCluster(here.address, here.security) as cluster,
    ):
        yield DaskCrew(cluster, contract, engine.page_timeout)


@contextmanager
def _there(plan: Plan, scheduler: ClusterThere) -> Iterator[DaskCrew]:
    engine = plan.options.engine
    if engine.worker_megabytes is not None:
        raise UsageError(
            "--worker-memory is for workers on this machine",
            "Leave it out, and start those of the cluster with `dask worker --memory-limit`",
        )
    contract = make_contract(plan, None, looks=True)
    with DaskCluster(scheduler.address) as cluster:
        crew = DaskCrew(cluster, contract, engine.page_timeout)
        try:
            yield crew
        finally:
            crew.dismiss()


def make_contract(plan: Plan, megabytes: int | None, *, looks: bool) -> bytes:
    """Return what a Dask worker is told when it is hired: all to read with, nothing to write."""
    files, options = plan.setup.files, plan.options
    models = {
        file.sha256: file.path.read_bytes() for file in (files.classifier, *files.page_readers)
    }
    setup = replace(
        plan.setup,
        options=replace(options, debug=options.debug and options.debug.absolute()),
        documents=(),
        formats=(),
        out=Path(),
        journal=Path(),
        megabytes=megabytes,
        fetched=None if looks else plan.setup.fetched,
        store=None,
    )
    return pickle.dumps(Contract(setup, models, looks))
