"""How fast this machine is now, for tests that keep a time: it may be slow, or have neighbours."""

from __future__ import annotations

import time

import cv2
import numpy as np

A4_AT_300_DPI = (3508, 2480)
ROUNDS = 4  # over the page in OpenCV: about two thirds of the time
ADDITIONS = 2_000_000  # in Python: the rest of it
ATTEMPTS = 2  # the best counts


def arithmetic() -> float:
    """Return the seconds that a piece of work takes, of the kind that reading a page needs."""
    page = np.random.default_rng(1).integers(0, 256, A4_AT_300_DPI, dtype=np.uint8)
    threads = cv2.getNumThreads()
    cv2.setNumThreads(1)
    try:
        return min(_seconds(page) for _ in range(ATTEMPTS))
    finally:
        cv2.setNumThreads(threads)


def _seconds(page: np.ndarray) -> float:
    started, total = time.perf_counter(), 0
    for _ in range(ROUNDS):
        soft = cv2.GaussianBlur(page, (0, 0), 2.0)
        cv2.connectedComponents(np.asarray(cv2.compare(soft, 128, cv2.CMP_GT), dtype=np.uint8))
    for number in range(ADDITIONS):
        total += number % 7
    return time.perf_counter() - started
