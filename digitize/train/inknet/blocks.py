"""Pages as the ink network takes them: blocks of pixels as channels."""

from __future__ import annotations

import numpy as np

from digitize.records import Floats, Pixels
from digitize.train.inknet.layout import BLOCK

SIDE = 256  # pixels of a crop: some ten digits each way, and enough around them to tell


def as_blocks(pixels: Pixels) -> Floats:
    """Return (count, height / 2, width / 2, 12) shares of ink of (count, height, width, 3) RGB."""
    return np.asarray(1 - in_blocks(pixels) / np.float32(255), dtype=np.float32)


def in_blocks(values: Pixels) -> Pixels:
    """Return (count, height / 2, width / 2, 4 · channels), channels ordered (row, column, channel).

    values: (count, height, width, channels), or without channels.
    """
    count, height, width = values.shape[:3]
    rows, columns = height // BLOCK, width // BLOCK
    parted = values.reshape(count, rows, BLOCK, columns, BLOCK, -1)
    return parted.transpose(0, 1, 3, 2, 4, 5).reshape(count, rows, columns, -1)
