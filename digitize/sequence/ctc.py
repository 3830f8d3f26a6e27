"""Connectionist temporal classification: what a row of frames says, and where.

Each frame holds log-probabilities of the ten digits and of a blank; a text is read by leaving out
repetitions and then blanks (A. Graves et al. 2006, doi:10.1145/1143844.1143891).
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from digitize.records import Floats

BLANK = 10
NEVER = -1e9  # a logarithm of no probability that arithmetic survives


@dataclass(frozen=True, slots=True)
class Emission:
    """One digit read: its frames, end exclusive, and the mean probability over them."""

    digit: int
    start: int
    end: int
    probability: float


def best_path(likely: Floats) -> list[Emission]:
    """Return the digits of the likeliest path through (frames, 11) log-probabilities."""
    best = likely.argmax(axis=1)
    edges = np.flatnonzero(np.diff(best, prepend=-1, append=-1))
    return [
        Emission(int(best[start]), int(start), int(end), _mean(likely[start:end, best[start]]))
        for start, end in pairwise(edges)
        if best[start] != BLANK
    ]


def log_likelihood(likely: Floats, digits: str) -> float:
    """Return the logarithm of the probability that all paths of a text have together."""
    states = _states(digits)
    if len(digits) > len(likely):
        return NEVER
    skips = _may_skip(states)
    forward = np.full(len(states), NEVER)
    forward[: min(2, len(states))] = likely[0, states[: min(2, len(states))]]
    for frame in likely[1:]:
        one = np.concatenate([[NEVER], forward[:-1]])
        two = np.where(skips, np.concatenate([[NEVER, NEVER], forward])[: len(states)], NEVER)
        forward = np.logaddexp(np.logaddexp(forward, one), two) + frame[states]
    return float(np.logaddexp.reduce(forward[-2:]))


def align(likely: Floats, digits: str) -> list[Emission]:
    """Return where each digit of a text stands on its likeliest path (Viterbi's).

    ValueError where there are too few frames for so many digits.
    """
    states = _states(digits)
    skips = _may_skip(states)
    score = np.full(len(states), NEVER)
    score[: min(2, len(states))] = likely[0, states[: min(2, len(states))]]
    came = np.zeros((len(likely), len(states)), dtype=np.int64)
    for at, frame in enumerate(likely[1:], 1):
        one = np.concatenate([[NEVER], score[:-1]])
        two = np.where(skips, np.concatenate([[NEVER, NEVER], score])[: len(states)], NEVER)
        steps = np.stack([score, one, two])
        came[at] = steps.argmax(axis=0)
        score = steps.max(axis=0) + frame[states]
    last = len(states) - 1
    state = last if last == 0 or score[last] >= score[last - 1] else last - 1
    if score[state] <= NEVER / 2:
        raise ValueError(f"{len(likely)} frames are too few for {digits!r}")
    path = np.zeros(len(likely), dtype=np.int64)
    for at in range(len(likely) - 1, -1, -1):
        path[at] = state
        state -= came[at, state]
    return [_emission(likely, path, index, digit) for index, digit in enumerate(digits)]


def _emission(likely: Floats, path: NDArray[np.int64], index: int, digit: str) -> Emission:
    frames = np.flatnonzero(path == 2 * index + 1)
    start, end = int(frames[0]), int(frames[-1]) + 1
    return Emission(int(digit), start, end, _mean(likely[start:end, int(digit)]))


def _states(digits: str) -> NDArray[np.int64]:
    """Return the text with a blank before, between and after its digits."""
    states = np.full(2 * len(digits) + 1, BLANK, dtype=np.int64)
    states[1::2] = [int(digit) for digit in digits]
    return states


def _may_skip(states: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Tell which states may follow the last but one: digits that differ from the one before."""
    skips = np.zeros(len(states), dtype=np.bool_)
    skips[3::2] = states[3::2] != states[1:-2:2]
    return skips


def _mean(logarithms: Floats) -> float:
    return float(np.exp(logarithms).mean())
