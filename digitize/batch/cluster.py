"""Workers on other machines, as a run sees them: a protocol of few words.

A worker is asked one thing at a time, and replies to it once; what is asked is a function of
digitize with its arguments, and travels as a pickle.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol


class Call:
    """A function with its arguments, called where this is unpickled; the result takes its place.

    So only the machine that calls it needs the module that it is from: what carries it there need
    not have digitize installed.
    """

    def __init__(self, function: Callable[..., bytes], *arguments: object) -> None:
        self.function, self.arguments = function, arguments

    def __reduce__(self) -> tuple[Callable[..., bytes], tuple[Any, ...]]:
        return self.function, self.arguments


@dataclass(frozen=True, slots=True)
class Reply:
    """What came of the thing asked as number `asked`; said: None where the worker is gone."""

    asked: int
    said: bytes | None


class Cluster(Protocol):
    """Workers by their addresses; they come and go. UsageError where the cluster itself is gone."""

    def workers(self) -> Mapping[str, bool]:
        """Return the workers that there are, and whether each begins with what it is asked."""
        ...

    def ask(self, worker: str, call: Call) -> int:
        """Have a worker do something; return a number to know its reply by."""
        ...

    def tell(self, worker: str, call: Call) -> None:
        """Have a worker do something, some time, even if this is left before; there is no reply."""
        ...

    def replies(self, seconds: float) -> Sequence[Reply]:
        """Return what was replied, once something is or the time is over."""
        ...

    def forget(self, asked: int) -> None:
        """Want no reply any more."""
        ...

    def restart(self, worker: str) -> None:
        """End the process of a worker that does not come to an end; another may take its place."""
        ...
