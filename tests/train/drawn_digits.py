"""Digits drawn as lines and arcs: enough to train and to try models without data."""

from __future__ import annotations

import gzip
import struct
from pathlib import Path
from typing import TypeAlias

import cv2
import numpy as np
from numpy.random import Generator

from digitize.normalise import normalise_ink
from digitize.records import Pixels
from digitize.train.datasets import DigitSet

Stroke: TypeAlias = list[tuple[float, float]]

HEIGHT = 100  # pixels a drawn digit is high before it is normalised
FIELD = 160  # pixels, with room for slants and strokes


def arc(x: float, y: float, across: float, down: float, start: int, end: int) -> Stroke:
    """Return an arc about (x, y), in digit heights; angles in degrees, clockwise from the right."""
    angles = np.deg2rad(np.arange(start, end + 1, 10))
    return [(x + across * float(np.cos(a)), y + down * float(np.sin(a))) for a in angles]


STROKES: dict[int, list[Stroke]] = {
    0: [arc(0.5, 0.5, 0.32, 0.5, 0, 360)],
    1: [[(0.5, 0), (0.5, 1)]],
    2: [[*arc(0.5, 0.27, 0.32, 0.27, 190, 400), (0.15, 1), (0.88, 1)]],
    3: [arc(0.45, 0.26, 0.32, 0.26, 200, 450), arc(0.45, 0.75, 0.36, 0.25, 270, 520)],
    4: [[(0.3, 0), (0.15, 0.6), (0.9, 0.6)], [(0.7, 0.25), (0.65, 1)]],
    5: [[(0.85, 0), (0.27, 0), (0.22, 0.45), *arc(0.48, 0.68, 0.34, 0.32, 240, 500)]],
    6: [[(0.7, 0), (0.4, 0.2), (0.2, 0.5), *arc(0.5, 0.73, 0.3, 0.27, 180, 540)]],
    7: [[(0.12, 0), (0.85, 0), (0.4, 1)]],
    8: [arc(0.5, 0.25, 0.26, 0.25, 0, 360), arc(0.5, 0.75, 0.32, 0.25, 0, 360)],
    9: [[*arc(0.5, 0.28, 0.29, 0.28, 0, 360), (0.79, 0.28), (0.7, 1)]],
}


def drawn_digit(digit: int, thickness: int = 10, slant: float = 0.1) -> Pixels:
    """Return a drawn digit in MNIST's form, (28, 28) uint8, 0 paper to 255 ink.

    thickness: of the stroke, in hundredths of the digit's height. slant: to the right, of height.
    """
    field = np.zeros((FIELD, FIELD), dtype=np.uint8)
    for stroke in STROKES[digit]:
        points = [(HEIGHT * (x + slant * (0.5 - y)) + 30, HEIGHT * y + 30) for x, y in stroke]
        line = np.rint(np.array(points)).astype(np.int32)
        cv2.polylines(field, [line], False, 255, thickness, cv2.LINE_AA)
    return np.rint(normalise_ink(field) * 255).astype(np.uint8)


def drawn_digits(each: int, rng: Generator) -> DigitSet:
    """Return `each` drawings of every digit, in widths and slants drawn from `rng`."""
    labels = np.repeat(np.arange(10, dtype=np.uint8), each)
    images = [
        drawn_digit(int(label), int(rng.integers(6, 14)), float(rng.uniform(-0.2, 0.4)))
        for label in labels
    ]
    return DigitSet(np.stack(images), labels)


def idx_bytes(elements: Pixels) -> bytes:
    """Return `elements` as an IDX file's content."""
    header = struct.pack(f">HBB{elements.ndim}I", 0, 8, elements.ndim, *elements.shape)
    return header + elements.tobytes()


def write_idx_folder(folder: Path, digits: DigitSet, prefix: str = "train") -> Path:
    """Return `folder` with `digits` written into it: images gzipped, labels plain."""
    folder.mkdir(parents=True, exist_ok=True)
    images = folder / f"{prefix}-images-idx3-ubyte.gz"
    images.write_bytes(gzip.compress(idx_bytes(digits.images), mtime=0))
    (folder / f"{prefix}-labels-idx1-ubyte").write_bytes(idx_bytes(digits.labels))
    return folder
