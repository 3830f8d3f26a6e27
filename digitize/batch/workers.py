"""Documents shared among processes; their outcomes come back in the order given."""

from __future__ import annotations

import multiprocessing
import signal
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing.context import SpawnProcess

from digitize.batch.document import PageRead, read_document
from digitize.load import InputDocument
from digitize.options import RunOptions
from digitize.readers import ReaderFiles, Readers, open_readers
from digitize.records import Failure, Outcome

AHEAD = 4  # documents per worker in hand: keeps all busy, and memory from growing with the run

_readers: Readers  # one per worker process, made when it starts
_options: RunOptions


def read_documents(
    documents: Sequence[InputDocument], files: ReaderFiles, options: RunOptions, page_read: PageRead
) -> Iterator[Outcome]:
    """Yield an outcome for each document, in order, read by `options.jobs` processes.

    ModelUnusable is raised before the first, OutputNotWritable never.
    """
    readers = open_readers(files)
    jobs = min(options.jobs, len(documents))
    if jobs <= 1:
        for document in documents:
            yield read_document(document, readers, options, page_read)
        return
    yield from _share_out(documents, files, options, jobs)


def _share_out(
    documents: Sequence[InputDocument], files: ReaderFiles, options: RunOptions, jobs: int
) -> Iterator[Outcome]:
    """Yield outcomes in order; where a worker dies, all in hand are read again, each alone."""
    waiting = deque(documents)
    while waiting:
        in_hand: deque[tuple[InputDocument, Future[Outcome]]] = deque()
        # in this order, so that the workers are ended before the pool waits for them
        with _pool(jobs, files, options) as pool, ended_at_once():
            try:
                while waiting or in_hand:
                    while waiting and len(in_hand) < jobs * AHEAD:
                        in_hand.append((waiting[0], pool.submit(_work, waiting[0])))
                        waiting.popleft()
                    outcome = in_hand[0][1].result()
                    in_hand.popleft()
                    yield outcome
            except BrokenProcessPool:
                pass
        for document, _ in in_hand:
            yield _read_alone(document, files, options)


def _read_alone(document: InputDocument, files: ReaderFiles, options: RunOptions) -> Outcome:
    with _pool(1, files, options) as pool, ended_at_once():
        try:
            return pool.submit(_work, document).result()
        except BrokenProcessPool:
            failure = Failure(
                "WorkerDied",
                "the process that read it was killed, twice",
                "It may need more memory than there is: shrink it, or run it on a larger machine",
            )
            return Outcome(document.name, None, (failure,))


@contextmanager
def ended_at_once() -> Iterator[None]:
    """End the workers where the run is given up, rather than wait for what they have in hand."""
    try:
        yield
    except (KeyboardInterrupt, GeneratorExit):
        for worker in multiprocessing.active_children():
            if isinstance(worker, SpawnProcess):
                worker.terminate()
        raise


def _pool(jobs: int, files: ReaderFiles, options: RunOptions) -> ProcessPoolExecutor:
    # spawned, not forked: the parent holds native libraries' threads, which a fork breaks
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(jobs, context, _start_worker, (files, options))


def _start_worker(files: ReaderFiles, options: RunOptions) -> None:
    global _readers, _options
    import cv2

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches all: the parent ends the workers
    cv2.setNumThreads(1)  # workers share the cores by documents
    _readers, _options = open_readers(files), options


def _work(document: InputDocument) -> Outcome:
    return read_document(document, _readers, _options, lambda _document, _page: None)
