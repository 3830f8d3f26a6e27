"""Connectionist temporal classification: what a row of frames says, how surely, and where.

Each frame holds log-probabilities of the ten digits and of a blank; a text is read by leaving out
repetitions and then blanks (A. Graves et al. 2006, doi:10.1145/1143844.1143891).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from digitize.records import Floats
from digitize.sequence.strips import STRIDE

BLANK = 10
NEVER = -1e9  # a logarithm of no probability that arithmetic survives

Scores = NDArray[np.float64]
States = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Emission:
    """One digit read: the columns of the strip that said so, end exclusive, and how surely.

    probability: the digit's mean over its frames, 0 to 1.
    """

    digit: int
    start: int
    end: int
    probability: float

    @property
    def middle(self) -> float:
        """The column in the middle, where the digit's own is."""
        return (self.start + self.end) / 2


def best_path(likely: Floats) -> list[Emission]:
    """Return the digits of the likeliest path through (frames, 11) log-probabilities."""
    best = likely.argmax(axis=1)
    edges = np.flatnonzero(np.diff(best, prepend=-1, append=-1))
    return [
        _emission(likely, int(best[start]), int(start), int(end))
        for start, end in pairwise(edges)
        if best[start] != BLANK
    ]


def text_of(emissions: list[Emission]) -> str:
    """Return what digits one after the other say."""
    return "".join(str(emission.digit) for emission in emissions)


def confidence(likely: Floats, text: str) -> float:
    """Return the probability that the strip says just this text, 0 to 1.

    It is calibrated where the log-probabilities are: those of a reader's posteriors.
    """
    return float(np.exp(min(0.0, log_likelihood(likely, text))))


def log_likelihood(likely: Floats, text: str) -> float:
    """Return the logarithm of the probability that all paths of a text have together."""
    states = _states(text)
    for scores in _steps(likely, states, np.logaddexp):
        last = scores
    end = float(np.logaddexp.reduce(last[-2:])) if len(likely) else NEVER
    return end if len(likely) and end > NEVER / 2 else NEVER


def align(likely: Floats, text: str) -> list[Emission]:
    """Return where each digit of a text stands on its likeliest path (Viterbi's).

    ValueError where there are too few frames for the text.
    """
    states = _states(text)
    skips = _may_skip(states)
    scores = list(_steps(likely, states, np.maximum))
    state = len(states) - 1
    if state and scores and scores[-1][state - 1] > scores[-1][state]:
        state -= 1
    if not scores or scores[-1][state] <= NEVER / 2:
        raise ValueError(f"{len(likely)} frames are too few for {text!r}")
    path = [state]
    for before in scores[-2::-1]:
        ways = [state, state - 1, state - 2] if skips[state] else [state, state - 1]
        state = max((way for way in ways if way >= 0), key=lambda way: before[way])
        path.append(state)
    visits = np.array(path[::-1])
    starts = [int(np.searchsorted(visits, 2 * at + 1)) for at in range(len(text))]
    ends = [int(np.searchsorted(visits, 2 * at + 2)) for at in range(len(text))]
    return [
        _emission(likely, int(digit), start, end)
        for digit, start, end in zip(text, starts, ends, strict=True)
    ]


def _steps(likely: Floats, states: States, join: np.ufunc) -> Iterator[Scores]:
    """Yield after each frame the score of all ways to each state, joined by `join`."""
    rows = likely[:, states].astype(np.float64)
    no_skip = np.where(_may_skip(states), 0.0, NEVER)
    padded = np.full(len(states) + 2, NEVER)  # two states before the first, never reached
    if len(rows):
        padded[2:4] = rows[0, :2]
        yield padded[2:].copy()
    for row in rows[1:]:
        skipped = padded[:-2] + no_skip
        padded[2:] = join(join(padded[2:], padded[1:-1]), skipped) + row
        yield padded[2:].copy()


def _emission(likely: Floats, digit: int, start: int, end: int) -> Emission:
    sure = float(np.exp(likely[start:end, digit]).mean())
    return Emission(digit, start * STRIDE, end * STRIDE, sure)


def _states(text: str) -> States:
    """Return the text with a blank before, between and after its digits."""
    states = np.full(2 * len(text) + 1, BLANK, dtype=np.int64)
    states[1::2] = [int(digit) for digit in text]
    return states


def _may_skip(states: States) -> NDArray[np.bool_]:
    """Tell which states may follow the last but one: digits that differ from the one before."""
    skips = np.zeros(len(states), dtype=np.bool_)
    skips[3::2] = states[3::2] != states[1:-2:2]
    return skips
