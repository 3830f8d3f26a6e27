"""One worker of a cluster, as the run that has hired it keeps note of it."""

from __future__ import annotations

from dataclasses import dataclass

from digitize.batch.dask_worker import FIRST_STEP
from digitize.batch.tasks import ReadTask


@dataclass(slots=True)
class Hand:
    """One worker, what it was asked last, and the task it has; deadline: of time.monotonic."""

    address: str
    asked: int
    deadline: float
    ready: bool = False
    task: ReadTask | None = None
    number: int = 0
    step: int = FIRST_STEP
