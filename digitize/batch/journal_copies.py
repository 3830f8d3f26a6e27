"""The journal of a run, copied into the store where its results go: often, and not too often."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Protocol

from digitize.batch.store import Store
from digitize.errors import OutputNotWritable

LEAST_SECONDS = 0.5  # between two copies: requests cost money
MOST_SECONDS = 30.0  # of work that a killed run may cost, while copies are quick
SHARE_LOST = 0.1  # of the time so far, at first: a short run may be killed, too
SHARE_COPYING = 0.05  # of the time, at most, so that the traffic grows as the journal does


class Copies(Protocol):
    """Keeps copies of a journal somewhere else."""

    def copy_if_due(self) -> None:
        """Copy it, unless that was done a moment ago."""
        ...

    def copy(self) -> None:
        """Copy it now."""
        ...

    def remove(self) -> None:
        """Remove the copy, as the journal told nothing."""
        ...


class NoCopies:
    """Copies of a journal that lies where it belongs."""

    def copy_if_due(self) -> None:
        """Do nothing."""

    def copy(self) -> None:
        """Do nothing."""

    def remove(self) -> None:
        """Do nothing."""


class CopiesInStore:
    """Copies of the journal at `path` in a store, under the name that it has here."""

    def __init__(self, path: Path, store: Store) -> None:
        self._path, self._store = path, store
        self._began, self._next = time.monotonic(), 0.0
        self._last: str | None = None

    def copy_if_due(self) -> None:
        """Copy it, unless that was done a moment ago."""
        if time.monotonic() >= self._next:
            self.copy()

    def copy(self) -> None:
        """Copy it now; OutputNotWritable where another run has written its own meanwhile."""
        started = time.monotonic()
        name = self._path.name
        if self._last is not None and self._store.version(name) != self._last:
            raise OutputNotWritable(
                f"{self._store}/{name}: the journal was replaced while the run went on",
                "Let one run at a time use an output folder, then run again with --resume",
            )
        self._last = None  # until it is known again: an interruption may come between
        self._store.put(self._path, name)
        self._last = self._store.version(name)
        now = time.monotonic()
        self._next = now + pause(now - self._began, now - started)

    def remove(self) -> None:
        """Remove the copy, as the journal told nothing."""
        self._store.remove(self._path.name)


def pause(elapsed: float, took: float) -> float:
    """Return after how many seconds to copy again, `elapsed` into a run, where it `took` so long.

    A tenth of the time so far, or half a minute, may be lost; but a twentieth of the time at most
    goes into copies. As they take the longer the more there is, all copies together are no more
    than so many times the last one, however long the run.
    """
    lost = min(MOST_SECONDS, SHARE_LOST * elapsed)
    return max(LEAST_SECONDS, lost, took * (1 - SHARE_COPYING) / SHARE_COPYING)
