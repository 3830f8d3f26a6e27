"""A worker: a process that does tasks one by one, until its parent is gone or has no more."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

from digitize.batch.memory import limit_memory
from digitize.batch.store import Store
from digitize.batch.tasks import Done, Ended, Ready
from digitize.batch.work import Workplace, work
from digitize.errors import DigitizeError, ModelUnusable, first_line
from digitize.export import WRITERS, TracedOptions, Writer
from digitize.load import AtHand
from digitize.options import RunOptions
from digitize.readers import ReaderFiles, open_readers

ORPHANED = 1  # the exit code of a worker whose parent is gone; nobody is left to read it


@dataclass(frozen=True, slots=True)
class Setup:
    """All that a worker needs to begin; it travels to it once.

    documents: the names of all, since on them it depends how files are named. formats: those with
    a file per document. megabytes: what it may take; None for no limit. fetched: a folder for
    documents of stores. store: where files of documents go, None where they stay in `out`.
    """

    files: ReaderFiles
    options: RunOptions
    export: TracedOptions
    documents: Sequence[str]
    formats: Sequence[str]
    out: Path
    journal: Path
    megabytes: int | None
    fetched: Path | None = None
    store: Store | None = None


def serve(parent: Connection, setup: Setup) -> None:
    """Do the tasks that come from `parent` and answer, until it is gone or ends this process."""
    stand_apart()
    try:
        place = open_workplace(setup)
        parent.send(Ready())
        while True:
            for answer in work(parent.recv(), place):
                parent.send(answer)
            parent.send(Done())
    except DigitizeError as error:
        parent.send(Ended(error))
    except (EOFError, OSError):  # the parent is gone, and with it who would want the answer
        sys.exit(ORPHANED)


def stand_apart() -> None:
    """Leave Ctrl-C to the parent, and the terminal to people; end when the parent does."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    if hasattr(os, "setpgrp"):  # so that it can be ended together with what it has started
        os.setpgrp()
    # What native libraries print there is not for people, and may hold control characters.
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    os.close(nowhere)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        if hasattr(os, "killpg"):
            os.killpg(0, signal.SIGKILL)
        os._exit(ORPHANED)


def open_workplace(setup: Setup) -> Workplace:
    """Return what a worker has at hand, its models open; ModelUnusable where one cannot be."""
    import cv2

    cv2.setNumThreads(1)  # workers share the cores by pages
    if setup.megabytes is not None:
        limit_memory(setup.megabytes)
    try:
        readers = open_readers(setup.files)
    except DigitizeError:
        raise
    except Exception as error:
        raise ModelUnusable(
            f"the models cannot be opened ({type(error).__name__}: {first_line(error)})",
            "Raise --worker-memory, or lower --jobs",
        ) from error
    writers, at_hand = make_writers(setup), AtHand(setup.fetched)
    return Workplace(
        readers, setup.options, writers, setup.out, setup.journal, at_hand, setup.store
    )


def make_writers(setup: Setup) -> dict[str, Writer]:
    """Return the writers of the formats with a file per document, by the formats' names."""
    return {name: WRITERS[name](setup.out, setup.documents, setup.export) for name in setup.formats}
