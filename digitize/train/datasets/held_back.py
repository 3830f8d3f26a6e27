"""The part of the training digits that is held back, each digit by its share."""

from __future__ import annotations

import numpy as np

from digitize.classify import CLASSES
from digitize.errors import UsageError
from digitize.records import Pixels
from digitize.train.datasets.digit_set import Indices


def split_held_back(labels: Pixels, count: int, seed: int) -> tuple[Indices, Indices]:
    """Return the indices (kept, held back): `count` of them held back, each digit by its share.

    The shares are rounded by largest remainder, so that they add up to `count`. Both sorted.
    UsageError where `count` is not below the number of labels.
    """
    if not 0 <= count < len(labels):
        cause = f"{count} digits cannot be held back from {len(labels)}"
        raise UsageError(cause, "Give more training digits")
    shares = np.bincount(labels, minlength=CLASSES) * count / len(labels)
    quotas = np.floor(shares).astype(int)
    for digit in np.argsort(quotas - shares, kind="stable")[: count - quotas.sum()]:
        quotas[digit] += 1
    rng = np.random.default_rng(seed)
    chosen = [
        rng.permutation(np.flatnonzero(labels == digit))[:quota]
        for digit, quota in enumerate(quotas)
    ]
    held = np.sort(np.concatenate(chosen))
    return np.setdiff1d(np.arange(len(labels)), held), held
