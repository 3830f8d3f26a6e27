"""One bad or odd input, and what must become of it."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from PIL import Image
from written_digits import write_digits

from digitize.records import Pixels

NUMBERS = ("3852", "47")
"""What is written on every page that can be read, a line each."""
WIDTH, HEIGHT = 500, 220  # pixels
INK = (20, 20, 20)
SOFT = 0.7  # pixels: as soft as a scanner's edges

Draw = Callable[[Path], object]


@dataclass(frozen=True, slots=True)
class Fault:
    """An input called `name`, made by `draw`, and what must become of it.

    pages: numbers of its pages that must be read. blank: whether they look otherwise than the page
    that all are drawn from. refused: words of the cause of each failure, in order. passed_over:
    words of why it is left alone.
    """

    name: str
    draw: Draw
    pages: tuple[int, ...] = ()
    blank: bool = False
    refused: tuple[str, ...] = ()
    passed_over: str = ""

    @property
    def document(self) -> str:
        """What a run calls it."""
        return os.fsencode(self.name).decode("utf-8", "backslashreplace")


def read(name: str, draw: Draw, *pages: int) -> Fault:
    """Return an input that is odd, but must be read: its first page, or those given."""
    return Fault(name, draw, pages or (1,))


def refused(name: str, draw: Draw, *causes: str) -> Fault:
    """Return an input that must be refused for these causes."""
    return Fault(name, draw, refused=causes)


def passed_over(name: str, draw: Draw, cause: str) -> Fault:
    """Return an input in a folder that must be left alone, for this reason."""
    return Fault(name, draw, passed_over=cause)


def written() -> Pixels:
    """Return NUMBERS on white paper, (HEIGHT, WIDTH, 3) uint8 RGB."""
    pixels: Pixels = np.full((HEIGHT, WIDTH, 3), 255, dtype=np.uint8)
    for line, number in enumerate(NUMBERS):
        write_digits(pixels, number, 60, 56 + 110 * line, height=44, pen=5, colour=INK)
    return np.asarray(cv2.GaussianBlur(pixels, (0, 0), SOFT), dtype=np.uint8)


def picture() -> Image.Image:
    """Return NUMBERS on white paper, RGB."""
    return Image.fromarray(written())


def cut(draw: Draw, share: float = 0.6) -> Draw:
    """Return what draws the same file, but only the first `share` of its bytes."""

    def draw_cut(path: Path) -> None:
        draw(path)
        data = path.read_bytes()
        path.write_bytes(data[: int(len(data) * share)])

    return draw_cut


def content(data: bytes) -> Draw:
    """Return what writes these bytes."""
    return lambda path: path.write_bytes(data)


def save(kind: str, mode: str = "RGB", **how: object) -> Draw:
    """Return what saves the written page as a Pillow format, in a mode."""
    return lambda path: picture().convert(mode).save(path, kind, **how)  # type: ignore[arg-type]
