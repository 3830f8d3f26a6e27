"""Interruptions that come while a process is started: late, but not lost."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator

import pytest

from digitize.batch.deferral import interruptions_later

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals")


@pytest.fixture(autouse=True)
def interruptible() -> Iterator[None]:
    """Take Ctrl-C as Python does; who runs pytest in the background of a shell ignores it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.parametrize("times", [1, 2])
def test_an_interruption_takes_effect_once_the_block_is_left(times: int) -> None:
    done: list[int] = []
    before = signal.getsignal(signal.SIGINT)
    with pytest.raises(KeyboardInterrupt):
        interrupted_inside(times, done)
    assert len(done) == times
    assert signal.getsignal(signal.SIGINT) is before


def interrupted_inside(times: int, done: list[int]) -> None:
    with interruptions_later():
        for time in range(times):
            signal.raise_signal(signal.SIGINT)
            done.append(time)


def test_nothing_happens_where_nothing_came() -> None:
    before = signal.getsignal(signal.SIGTERM)
    with interruptions_later():
        pass
    assert signal.getsignal(signal.SIGTERM) is before
    assert signal.SIGINT not in signal.pthread_sigmask(signal.SIG_BLOCK, ())


def test_a_process_started_in_it_is_deaf_to_an_interruption() -> None:
    program = "import signal; signal.raise_signal(signal.SIGINT); print('went on')"
    with interruptions_later():
        child = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True)
    assert child.communicate(timeout=30) == ("went on\n", None)
