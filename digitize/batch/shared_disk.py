"""Documents that a worker on another machine is to read: where it finds them, or why it cannot."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

from digitize.batch.tasks import ReadTask
from digitize.errors import UsageError


def as_seen_from_anywhere(task: ReadTask) -> ReadTask:
    """Return the task with its file named from the root; a worker's folder is another."""
    path = task.document.path
    if not isinstance(path, Path):
        return task
    return replace(task, document=replace(task.document, path=path.absolute()))


def not_shared(task: ReadTask, worker: str) -> UsageError | None:
    """Return what to say of a file that `worker` does not see; None if it is gone here as well."""
    path = task.document.path
    if not isinstance(path, Path) or not os.path.exists(path):  # noqa: PTH110 -- never raises
        return None
    return UsageError(
        f"{path}: the Dask worker at {worker} does not see this file",
        "Put the documents on a disk that all workers share under the same path, or give them by "
        "URL",
    )
