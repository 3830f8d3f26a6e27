"""Smoothing of 28 x 28 fields as products of matrices: a whole batch at once."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from digitize.normalise import FIELD
from digitize.records import Floats


def gaussian_matrix(sigma: float) -> Floats:
    """Return the (28, 28) matrix that smooths a column of pixels by a Gaussian of `sigma` pixels.

    Rows add up to 1, so that an even field stays even up to its edge.
    """
    at: NDArray[np.float64] = np.arange(FIELD, dtype=np.float64)
    weights = np.exp(-((at[:, None] - at) ** 2) / (2 * sigma**2))
    return np.asarray(weights / weights.sum(axis=1, keepdims=True), dtype=np.float32)
