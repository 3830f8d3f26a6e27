"""Who does the tasks of a run: processes here, or a cluster that reads and processes that write."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from digitize.batch.divided import Divided
from digitize.batch.plan import Plan
from digitize.batch.processes import Processes
from digitize.batch.scheduler import parse_scheduler


@contextmanager
def crew_of(plan: Plan) -> Iterator[Processes | Divided]:
    """Give the crew that the options ask for; at the end no process of it is left here."""
    engine = plan.options.engine
    with Processes(plan.setup, plan.jobs, engine.page_timeout) as here:
        if engine.scheduler is None:
            yield here
            return
        # a run without a cluster loads nothing of what it takes to meet one
        from digitize.batch.dask_hire import hired

        with hired(plan, parse_scheduler(engine.scheduler)) as readers:
            yield Divided(readers, here)
