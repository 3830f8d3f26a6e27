"""Interruptions held back for as long as it takes to start a process."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import resource_tracker

HELD_BACK = (signal.SIGINT, signal.SIGTERM)


@contextmanager
def interruptions_later() -> Iterator[None]:
    """Let SIGINT and SIGTERM take effect at the end; a process started meanwhile is deaf to SIGINT.

    Otherwise a Ctrl-C, which reaches all processes of a terminal, may meet one that is half begun.
    """
    if threading.current_thread() is not threading.main_thread():  # others meet no interruption
        yield
        return
    met: list[int] = []
    handlers = {one: signal.signal(one, lambda number, _: met.append(number)) for one in HELD_BACK}
    try:
        with _deaf():
            yield
    finally:
        for one, handler in handlers.items():
            signal.signal(one, handler)
        for number in met[:1]:
            signal.raise_signal(number)


@contextmanager
def _deaf() -> Iterator[None]:
    """Block SIGINT in this thread, and in processes that are started by it."""
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    resource_tracker.ensure_running()  # which would unblock it, were it started with the process
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
