"""Where the pages of a run are read, if not by processes of its own: what --scheduler names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TypeAlias

from digitize.errors import UsageError

_HERE = re.compile(r"local:([1-9][0-9]{0,2})")
# tcp and tls: the two that distributed has without another library; IPv6 stands in brackets
_THERE = re.compile(r"(tcp|tls)://(\[[0-9a-fA-F:.]+\]|[^\s/:@\[\]]+):[0-9]{1,5}")


@dataclass(frozen=True, slots=True)
class ClusterHere:
    """A Dask cluster of so many worker processes, started on this machine for one run."""

    workers: int


@dataclass(frozen=True, slots=True)
class ClusterThere:
    """A Dask cluster that is there already; address: of its scheduler, such as tcp://host:8786."""

    address: str


Scheduler: TypeAlias = "ClusterHere | ClusterThere"


def parse_scheduler(given: str) -> Scheduler:
    """Return what `given` names: "local:4", or the address of a Dask scheduler."""
    if found := _HERE.fullmatch(given):
        return ClusterHere(int(found[1]))
    if _THERE.fullmatch(given):
        return ClusterThere(given)
    raise UsageError(
        f"--scheduler {given!r} is neither local:N nor the address of a Dask scheduler",
        "Give such as local:4, tcp://host:8786 or tls://host:8786",
    )
