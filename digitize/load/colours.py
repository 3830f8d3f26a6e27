"""Pillow's many modes to RGB: 1 to 32 bits, palettes, transparency, CMYK, CIELAB."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from digitize.records import Pixels

WHITE_IS_ZERO = 0  # a value of TIFF's PhotometricInterpretation
STRIP_PIXELS = 4_000_000  # converted at once, so that a conversion takes little besides its result
_PHOTOMETRIC = 262  # the tag of it
_FULL_RANGES = (255, 65535)

Convert = Callable[[Image.Image], Pixels]


def to_rgb(picture: Image.Image) -> Pixels:
    """Return a loaded picture as (height, width, 3) uint8; what is transparent becomes white."""
    convert = _conversion(picture)
    pixels = np.empty((picture.height, picture.width, 3), dtype=np.uint8)
    top = 0
    for strip in _strips(picture):
        rows = pixels[top : top + strip.height]
        converted = convert(strip)
        if converted.ndim == 2:
            cv2.cvtColor(converted, cv2.COLOR_GRAY2RGB, dst=rows)  # NumPy takes 40 times as long
        else:
            rows[:] = converted
        top += strip.height
    return pixels


def _strips(picture: Image.Image) -> Iterator[Image.Image]:
    """Yield a picture from top to bottom in pieces of STRIP_PIXELS, or of one row."""
    width, height = picture.size
    rows = max(1, STRIP_PIXELS // width)
    if rows >= height:
        yield picture
        return
    for top in range(0, height, rows):
        yield picture.crop((0, top, width, min(top + rows, height)))


def _conversion(picture: Image.Image) -> Convert:
    """Return what turns a piece of the picture into (rows, width, 3) uint8, or (rows, width)."""
    if picture.mode in ("I", "F") or picture.mode.startswith("I;16"):
        # Pillow turns black and white round for up to 8 bits only.
        tags = getattr(picture, "tag_v2", None) or {}
        inverted = tags.get(_PHOTOMETRIC) == WHITE_IS_ZERO
        return partial(_narrow, full=_full_range(picture), inverted=inverted)
    if picture.has_transparency_data:
        return _flatten
    if picture.mode == "LAB":  # Pillow takes its channels for red, green and blue
        return _lab_to_rgb
    if picture.mode in ("1", "L"):
        return lambda strip: np.asarray(strip.convert("L"))
    return lambda strip: np.asarray(strip if strip.mode == "RGB" else strip.convert("RGB"))


def _full_range(picture: Image.Image) -> tuple[float, float]:
    """Return which values of a grey picture of more than 8 bits are black and white.

    16 bits run from 0 to 65535; wider integers and floats are taken to run from 0 to 1, 255 or
    65535, the least that holds them all, or else from least to most.
    """
    if picture.mode.startswith("I;16"):
        return 0.0, 65535.0
    ends = [(float(one.min()), float(one.max())) for one in map(_finite, _strips(picture))]
    low, high = min(low for low, _ in ends), max(high for _, high in ends)
    tops = (1, *_FULL_RANGES) if picture.mode == "F" else _FULL_RANGES
    if low >= 0 and high <= tops[-1]:
        return 0.0, float(next(top for top in tops if high <= top))
    return low, high


def _narrow(strip: Image.Image, full: tuple[float, float], *, inverted: bool) -> Pixels:
    """Return grey values of more than 8 bits as (rows, width) uint8, spread over their range."""
    low, high = full
    if strip.mode.startswith("I;16"):
        # table: an 8th of the time and memory of arithmetic on 26-megapixel pages
        table = np.round(np.arange(65536) / 257).astype(np.uint8)
        # I;16B comes in big-endian order
        grey = table[np.asarray(strip).astype(np.uint16, copy=False)]
    else:
        scale = 255 / ((high - low) or 1.0)
        grey = np.round((_finite(strip) - low) * scale).astype(np.uint8)
    return np.asarray(255 - grey if inverted else grey)


def _finite(strip: Image.Image) -> NDArray[np.float32]:
    values = np.asarray(strip).astype(np.float32)
    return np.nan_to_num(values, copy=False, nan=0.0, posinf=0.0, neginf=0.0)


def _flatten(strip: Image.Image) -> Pixels:
    seen = strip.convert("RGBA")
    paper = Image.new("RGB", seen.size, "white")
    paper.paste(seen, mask=seen.getchannel("A"))
    return np.asarray(paper)


def _lab_to_rgb(strip: Image.Image) -> Pixels:
    """Return lightness and two colours that are signed bytes, as TIFF has them, as RGB."""
    signs = np.array([0, 128, 128], dtype=np.uint8)
    unsigned = np.bitwise_xor(np.asarray(strip, dtype=np.uint8), signs)
    return np.asarray(cv2.cvtColor(unsigned, cv2.COLOR_LAB2RGB), dtype=np.uint8)
