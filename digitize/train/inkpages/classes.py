"""What a pixel of a page is, and which of two things at one place it counts as."""

from __future__ import annotations

import numpy as np

PAPER, DIGITS, WRITING, RULES, PRINTED = 0, 1, 2, 3, 4
"""Classes of pixels: background, handwritten digits, other writing, ruled lines, print."""

BY_RANK = np.array([PAPER, RULES, PRINTED, WRITING, DIGITS], dtype=np.uint8)
"""Classes from what gives way to what stays where two lie over one another."""
RANK = {int(kind): rank for rank, kind in enumerate(BY_RANK)}
