"""Paper, pens and printing inks of a page, and the sheet's ink laid on its paper."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import cv2
import numpy as np
from numpy.random import Generator

from digitize.records import Floats
from digitize.train.compose.ink import Pen
from digitize.train.compose.sheet import Sheet

Colour: TypeAlias = tuple[float, float, float]  # RGB, 0 to 255

PENS: dict[str, Pen] = {
    "blue": Pen((30, 45, 140), darkness=0.88),
    "black": Pen((28, 28, 32), darkness=0.93),
    "pencil": Pen((75, 75, 80), darkness=0.8, grain=0.35),
}
COLOURED_PENS: dict[str, Pen] = {
    "violet": Pen((85, 30, 120), darkness=0.88),
    "green": Pen((15, 95, 55), darkness=0.88),
    "red": Pen((165, 25, 35), darkness=0.9),
    "blue": PENS["blue"],
}
WHITE: tuple[Colour, ...] = ((253, 253, 252), (247, 246, 242), (240, 237, 229), (236, 236, 238))
PASTEL: tuple[Colour, ...] = (
    (250, 240, 190), (205, 235, 208), (205, 225, 245), (248, 212, 215), (228, 205, 170),
)  # fmt: skip
PALE_RULES: tuple[Colour, ...] = ((150, 175, 210), (165, 165, 170), (130, 185, 180))
PALEST_RULES: tuple[Colour, ...] = ((188, 202, 224), (202, 202, 206), (185, 212, 206))  # squares
DARK_RULES: tuple[Colour, ...] = ((40, 40, 45), (95, 95, 100), (60, 80, 120))
PRINT: Colour = (35, 35, 38)
STROKE_WIDTHS = (0.085, 0.15)  # digit heights: a fine ballpoint to a felt pen
PAPER_CLOUDS = 1.2  # grey levels, deviation: slow unevenness; the fine one comes with wear


@dataclass(frozen=True, slots=True)
class Stationery:
    """What a page is made with; colours are RGB, 0 to 255."""

    paper: Colour
    pen: Pen
    rules: Colour
    printing: Colour = PRINT


def pick_stationery(style: str, wear: str, rng: Generator) -> Stationery:
    """Return paper, pen and inks fit for a page of this style and wear."""
    papers, pens = (PASTEL, COLOURED_PENS) if wear == "coloured" else (WHITE, PENS)
    dark = style in ("boxed", "table") or (style, wear) == ("ruled", "fax")
    pale = PALEST_RULES if style == "squared" else PALE_RULES
    pen = pens[str(rng.choice(sorted(pens)))]
    if wear == "fax":
        pen = PENS["black"]  # others leave too little of a stroke in black and white
    written = Pen(
        pen.colour,
        width=float(rng.uniform(*STROKE_WIDTHS)),
        darkness=pen.darkness * float(rng.uniform(0.85, 1.0)),
        grain=pen.grain,
        uneven=pen.uneven,
    )
    rules = _pick(DARK_RULES if dark else pale, rng)
    return Stationery(_pick(papers, rng), written, rules)


def lay_ink(sheet: Sheet, stationery: Stationery, rng: Generator) -> Floats:
    """Return the sheet as a picture, (height, width, 3) float32, 0 to 255 RGB."""
    height, width = sheet.written.shape
    clouds = rng.standard_normal((height // 60 + 2, width // 60 + 2), dtype=np.float32)
    tone = PAPER_CLOUDS * cv2.resize(clouds, (width, height), interpolation=cv2.INTER_CUBIC)
    layers = [
        (sheet.ruled, stationery.rules, 1.0),
        (sheet.printed, stationery.printing, 0.95),
        (sheet.written, stationery.pen.colour, stationery.pen.darkness),
    ]
    channels = [tone + np.float32(level) for level in stationery.paper]
    for ink, colour, darkness in layers:
        if not ink.any():
            continue
        cover = ink * np.float32(darkness / 255)
        if ink is sheet.written and stationery.pen.grain:
            cover *= 1 - np.float32(stationery.pen.grain) * paper_texture(height, width, rng)
        paper = 1 - cover
        for channel, level in zip(channels, colour, strict=True):
            cv2.multiply(channel, paper, dst=channel)
            cv2.scaleAdd(cover, level, channel, dst=channel)
    return np.asarray(cv2.merge(channels), dtype=np.float32)


def paper_texture(height: int, width: int, rng: Generator) -> Floats:
    """Return the hollows of rough paper, which a pencil leaves white: 0 to 1, mostly low."""
    noise = rng.random((height // 2 + 1, width // 2 + 1), dtype=np.float32)
    large = cv2.resize(noise, (width, height), interpolation=cv2.INTER_LINEAR)
    return np.asarray(large, dtype=np.float32)


def _pick(colours: tuple[Colour, ...], rng: Generator) -> Colour:
    return colours[int(rng.integers(len(colours)))]
