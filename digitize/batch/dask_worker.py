"""What runs on a Dask worker: it is hired once for a run, then reads task by task, step by step.

One step reads one page, so that the run knows which page a worker has in hand, for how long, and
which are done should it be lost. A process does one step at a time, whatever threads it has:
pdfium is not safe to be called from two.
"""

from __future__ import annotations

import hashlib
import os
import pickle
import threading
from collections import OrderedDict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeAlias

import digitize
from digitize.batch.tasks import Answer, Done, Ended, Opened, ReadTask, Ready
from digitize.batch.work import Workplace, work
from digitize.batch.worker import Setup, open_workplace
from digitize.errors import DigitizeError, ModelUnusable
from digitize.onnx_models import ModelFile

KEPT_RUNS = 4  # whose models stay open: several may share a cluster, and one may end without a word
FIRST_STEP = 0


@dataclass(frozen=True, slots=True)
class Contract:
    """What a worker needs to read for a run; models: the files' bytes by their SHA-256.

    looks: whether to tell of files that it cannot see, as it may lie on another machine.
    """

    setup: Setup
    models: Mapping[str, bytes]
    looks: bool


@dataclass(frozen=True, slots=True)
class OtherVersion:
    """The worker has another version of digitize, whose answers may differ."""

    version: str


@dataclass(frozen=True, slots=True)
class Astray:
    """The worker was not hired, or did not do the step before: its process is another by now."""


@dataclass(frozen=True, slots=True)
class Unseen:
    """There is no such file where the worker is."""


Said: TypeAlias = "Ready | Ended | OtherVersion | Astray | Unseen | Answer"


class Employed:
    """A worker at one run: its models, and the task it has begun."""

    def __init__(self, place: Workplace, *, looks: bool) -> None:
        self._place, self._looks = place, looks
        self._answers: Iterator[Answer] = iter(())
        self._pages_left = 0
        self._last: tuple[int, int] = (-1, FIRST_STEP)
        self._said: tuple[Said, ...] = ()

    def do(self, task: int, step: int, given: ReadTask | None) -> tuple[Said, ...]:
        """Return what comes of a step; of one that is done already, what came of it then.

        For a cluster may lose a result on its way, and have the step done again.
        """
        if (task, step) != self._last:
            if given is not None:
                self._begin(given)
            elif (task, step - 1) != self._last:
                return (Astray(),)
            self._last = (task, step)
            unseen = given is not None and self._looks and not _is_seen(given)
            self._said = (*([Unseen()] if unseen else []), *self._next())
        return self._said

    def leave(self) -> None:
        """Drop the task in hand, and its document if that was fetched."""
        self._drop_task()
        self._place.at_hand.drop()

    def _drop_task(self) -> None:
        close = getattr(self._answers, "close", None)
        if close:
            close()  # so that its document is closed at once

    def _begin(self, given: ReadTask) -> None:
        self._drop_task()
        self._answers = work(given, self._place)
        self._pages_left = len(given.pages or ())

    def _next(self) -> Iterator[Said]:
        """Yield the next answer, and with the last one that the task is done.

        A document of one page is opened and read in one step: a folder of pictures is all such, and
        a step takes its time in the cluster.
        """
        try:
            for answer in self._answers:
                yield answer
                if self._is_enough(answer):
                    return
            yield Done()
        except DigitizeError as error:  # it concerns the whole run
            yield Ended(error)

    def _is_enough(self, answer: Answer) -> bool:
        """Count what is left to read; tell whether the rest is for another step."""
        if isinstance(answer, Opened):
            self._pages_left = len(answer.reading)
            return self._pages_left > 0 and len(answer.numbers) > 1
        self._pages_left -= 1
        return self._pages_left > 0


_runs: OrderedDict[str, Employed] = OrderedDict()
_one_at_a_time = threading.Lock()


def hire(version: str, run: str, contract: bytes) -> bytes:
    """Open the models for a run, known by the text `run`; only where the versions are the same.

    Of plain types, for it is what two versions understand of each other.
    """
    if version != digitize.__version__:
        return pickle.dumps((OtherVersion(digitize.__version__),))
    with _one_at_a_time:
        try:
            _runs.setdefault(run, employ(pickle.loads(contract)))  # noqa: S301 -- of the run
        except DigitizeError as error:
            return pickle.dumps((Ended(error),))
        while len(_runs) > KEPT_RUNS:
            _runs.popitem(last=False)[1].leave()
    return pickle.dumps((Ready(),))


def step(run: str, task: int, number: int, given: ReadTask | None) -> bytes:
    """Do a step of a task, whose first one brings the task itself; return what comes of it."""
    with _one_at_a_time:
        if (employed := _runs.get(run)) is None:
            return pickle.dumps((Astray(),))
        _runs.move_to_end(run)
        return pickle.dumps(employed.do(task, number, given))


def leave(run: str) -> bytes:
    """Close the models of a run that is over, and remove what was fetched for it."""
    with _one_at_a_time:
        if (employed := _runs.pop(run, None)) is not None:
            employed.leave()
    return b""


def employ(contract: Contract) -> Employed:
    """Return a worker with its models open; ModelUnusable where one did not arrive whole."""
    files = contract.setup.files
    with TemporaryDirectory(prefix="digitize-models-") as folder:
        here = replace(
            files,
            classifier=_laid(files.classifier, contract.models, Path(folder)),
            ink=files.ink and _laid(files.ink, contract.models, Path(folder)),
            sequence=files.sequence and _laid(files.sequence, contract.models, Path(folder)),
        )
        return Employed(open_workplace(replace(contract.setup, files=here)), looks=contract.looks)


def _laid(file: ModelFile, models: Mapping[str, bytes], folder: Path) -> ModelFile:
    """Return a model whose bytes were laid into `folder`: the one that the run has, by its sum."""
    content = models.get(file.sha256, b"")
    if hashlib.sha256(content).hexdigest() != file.sha256:
        raise ModelUnusable(
            f"{file.name}: the model that reached a worker is not the one that was sent",
            "Its file changed while the run began: run again with --resume",
        )
    path = folder / f"{file.sha256}.onnx"
    path.write_bytes(content)
    return replace(file, path=path)


def _is_seen(task: ReadTask) -> bool:
    path = task.document.path
    return not isinstance(path, Path) or os.path.exists(path)  # noqa: PTH110 -- never raises
