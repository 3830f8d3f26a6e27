"""The learned eye of `separate`: for every pixel of a page, what kind of ink it is.

The network was trained by `digitize train ink` on composed pages; it runs on onnxruntime.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import IntEnum
from typing import Protocol, TypeAlias

import cv2
import numpy as np
from numpy.typing import NDArray

from digitize.errors import ModelUnusable
from digitize.onnx_models import CARD_KEY, ModelFile, open_session
from digitize.records import Floats, Pixels

Logits: TypeAlias = NDArray[np.float16]
"""Half as large as the network's own, which fill 80 MB for a page of small print."""

DIGIT_PIXELS = 24.0  # height of handwritten digits that the network reads best
MULTIPLE = 16  # pixels: the network halves the page four times
LARGEST_TILE = 1_000_000  # pixels, for each of which the network works on 130 bytes
MARGIN = 128  # pixels, eight of the coarsest places: tiles see as far past their edges


class Ink(IntEnum):
    """What a pixel of a page is; PRINTED are printed digits and letters alike."""

    PAPER = 0
    DIGITS = 1
    WRITING = 2
    RULES = 3
    PRINTED = 4


INK_CLASSES = len(Ink)


class InkNetwork(Protocol):
    """Tells kinds of ink apart."""

    def logits(self, pixels: Pixels) -> Logits:
        """Return (5, height, width) float16 for a (height, width, 3) uint8 page, by Ink.

        They are logarithms of probabilities but for a term of each pixel's own. The page is flat,
        RGB, paper near 255, its handwritten digits about 24 pixels high.
        """
        ...


@dataclass(frozen=True, slots=True)
class InkCard:
    """What an ink network is and how it was made; stands in the ONNX metadata as JSON.

    overlap: by class in the order of Ink, pixels rightly read as it over those that are it or are
    read as it, on composed crops held back, 0 to 1.
    """

    name: str
    family: str
    data: str
    crops: str
    fonts: str
    seed: int
    seconds: float
    overlap: tuple[float, ...]
    weights_sha256: str
    made_with: str


class OnnxInkNetwork:
    """An ink network that runs one of our ONNX files."""

    def __init__(self, model: ModelFile, threads: int = 1) -> None:
        self._session = open_session(model, threads)
        metadata = self._session.get_modelmeta().custom_metadata_map
        try:
            self.card = InkCard(**json.loads(metadata[CARD_KEY]))
            if self.card.family != "ink":
                raise ValueError(f"its family is {self.card.family}")
        except (KeyError, TypeError, ValueError) as error:
            raise ModelUnusable(
                f"{model.path}: this ONNX file is not one of digitize's ink networks ({error})",
                "Make one with `digitize train ink`",
            ) from error

    def logits(self, pixels: Pixels) -> Logits:
        """Return (5, height, width) float16 for a (height, width, 3) uint8 page, by Ink."""
        height, width = pixels.shape[:2]
        tall, wide = tile_size(height, width)
        found = np.empty((INK_CLASSES, height, width), dtype=np.float16)
        for top in range(0, height, tall):
            for left in range(0, width, wide):
                inside = found[:, top : top + tall, left : left + wide]
                tile = self._read_tile(pixels, top, left, inside.shape)
                for place, seen in zip(inside, tile, strict=True):  # NumPy rounds far more slowly
                    place[:] = cv2.addWeighted(seen, 1, seen, 0, 0, dtype=cv2.CV_16F)
        return found

    def _read_tile(self, pixels: Pixels, top: int, left: int, shape: tuple[int, ...]) -> Floats:
        """Return the logits of one tile of this shape, read with the paper around it."""
        height, width = pixels.shape[:2]
        bottom, right = top + shape[1], left + shape[2]
        up, before = max(0, top - MARGIN), max(0, left - MARGIN)
        down, behind = min(height, bottom + MARGIN), min(width, right + MARGIN)
        padding = ((0, up - down & MULTIPLE - 1), (0, before - behind & MULTIPLE - 1), (0, 0))
        tile = np.pad(pixels[up:down, before:behind], padding, mode="edge")
        (logits,) = self._session.run(None, {"pixels": tile[None]})
        return np.asarray(logits[0, :, top - up : bottom - up, left - before : right - before])


def tile_size(height: int, width: int) -> tuple[int, int]:
    """Return the height and width of the tiles in which a page is read, as few as it may be.

    A tile has at most a million pixels with its margins; its sides are whole places of the network.
    """
    rows, columns = 1, 1
    while True:
        tall = -(-height // (rows * MULTIPLE)) * MULTIPLE
        wide = -(-width // (columns * MULTIPLE)) * MULTIPLE
        margins = MARGIN * min(rows - 1, 2), MARGIN * min(columns - 1, 2)
        if (tall + margins[0]) * (wide + margins[1]) <= LARGEST_TILE:
            return tall, wide
        if tall >= wide:
            rows += 1
        else:
            columns += 1
