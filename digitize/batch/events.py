"""What happens in a run, told to machines: one line of JSON for each event."""

from __future__ import annotations

import json
import time
from typing import Protocol, TextIO


class Tell(Protocol):
    """Is told what happens, by the name of the event and its facts."""

    def __call__(self, event: str, /, **facts: object) -> None:
        """Take note of an event; facts are what JSON can hold."""
        ...


def untold(_event: str, /, **_facts: object) -> None:
    """Take no notice of an event."""


class JsonLog:
    """Writes each event as a line of JSON; seconds: since the log was begun."""

    def __init__(self, to: TextIO) -> None:
        self._to, self._started = to, time.monotonic()

    def __call__(self, event: str, /, **facts: object) -> None:
        """Write a line; JSON escapes whatever could steer a terminal."""
        seconds = round(time.monotonic() - self._started, 3)
        line = json.dumps({"event": event, "at_seconds": seconds, **facts}, default=str)
        self._to.write(line + "\n")
        self._to.flush()
