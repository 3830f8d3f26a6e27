"""Many composed crops on disk, made once by several processes, for a training to draw from."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from numpy.typing import NDArray

from digitize.records import Pixels
from digitize.train.clutter import FontFace
from digitize.train.datasets import DigitSet
from digitize.train.inkpages import InkPages
from digitize.train.inkpages.hands import tell_apart
from digitize.train.progress import TrainingProgress

SIDE = 256  # pixels of a crop: some ten digits each way, and enough around them to tell
AT_ONCE = 50  # crops a process makes before it says so

_maker: InkPages  # one for each process, made when it starts


@dataclass(frozen=True, slots=True)
class Plan:
    """What to compose: digits and fonts, how many crops, and the seed they follow from."""

    digits: DigitSet
    faces: tuple[FontFace, ...]
    count: int
    seed: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Pool:
    """pixels: (count, side, side, 3) uint8 RGB. classes: (count, side, side) uint8."""

    pixels: Pixels
    classes: Pixels


@contextmanager
def composed(plan: Plan, jobs: int, title: str) -> Iterator[Pool]:
    """Give a pool of crops, in a folder of its own that is gone when it is left.

    Each crop follows from the plan's seed and its number alone, however many processes share them.
    """
    with TemporaryDirectory(prefix="digitize-crops-") as folder:
        pool = _open(Path(folder), plan.count, "w+")
        starts = range(0, plan.count, AT_ONCE)
        context = multiprocessing.get_context("spawn")
        with (
            TrainingProgress(title, len(starts)) as progress,
            ProcessPoolExecutor(jobs, context, _start, (plan,)) as workers,
        ):
            for _ in workers.map(_fill, starts, [Path(folder)] * len(starts), [plan] * len(starts)):
                progress.advance("")
        yield pool


def _open(folder: Path, count: int, mode: str) -> Pool:
    shapes: Sequence[tuple[str, tuple[int, ...]]] = (
        ("pixels", (count, SIDE, SIDE, 3)), ("classes", (count, SIDE, SIDE)),
    )  # fmt: skip
    arrays: list[NDArray[np.uint8]] = [
        np.lib.format.open_memmap(folder / f"{name}.npy", mode, np.uint8, shape)
        if mode == "w+"
        else np.lib.format.open_memmap(folder / f"{name}.npy", mode)
        for name, shape in shapes
    ]
    return Pool(*arrays)


def _start(plan: Plan) -> None:
    global _maker
    printing, writing = tell_apart(plan.faces)
    _maker = InkPages(plan.digits, printing, writing)


def _fill(start: int, folder: Path, plan: Plan) -> None:
    pool = _open(folder, plan.count, "r+")
    for number in range(start, min(start + AT_ONCE, plan.count)):
        rng = np.random.default_rng([*plan.seed, number])
        pool.pixels[number], pool.classes[number] = _maker.crop(rng, SIDE)
