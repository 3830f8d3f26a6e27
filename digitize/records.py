"""Everything that travels between stages: frozen, origin top-left, lengths in pixels.

Pixel records (Page, FlatPage, Layers, Glyph) hold arrays and live inside one page's run.
Result records (Digit, Number, PageResult, DocumentResult, Failure, Outcome, Provenance) are plain
data: they pickle to workers and round-trip through JSON.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Pixels: TypeAlias = NDArray[np.uint8]
Floats: TypeAlias = NDArray[np.float32]

BARE_STROKE = 1  # the digit as which a stroke is read: that of a 1, a slash, a bracket or a tail


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in pixels, never empty; x and y are its left and top edge."""

    x: float
    y: float
    width: float
    height: float

    def __post_init__(self) -> None:
        if not (self.width > 0 and self.height > 0):
            raise ValueError(f"a box needs a positive size, not {self.width} x {self.height}")

    @property
    def right(self) -> float:
        """The x of the right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """The y of the bottom edge."""
        return self.y + self.height

    @property
    def centre(self) -> tuple[float, float]:
        """The (x, y) of the middle."""
        return self.x + self.width / 2, self.y + self.height / 2


class Status(str, Enum):
    """Whether a reading can be used as it is."""

    OK = "ok"
    REVIEW = "review"


@dataclass(frozen=True, slots=True)
class Page:
    """One page as loaded: EXIF orientation and a PDF's /Rotate applied, before any deskew.

    pixels: (height, width, 3) uint8, RGB. dpi: pixels per inch, 0 where the file does not say.
    number counts from 1 within the document.
    """

    number: int
    pixels: Pixels
    dpi: float = 0.0


@dataclass(frozen=True, slots=True)
class FlatPage:
    """A page made even and upright: background 255, deskewed, its ink found.

    grey: (height, width) uint8, 255 paper to 0 darkest ink. ink: same shape, 255 ink, 0 paper.
    colour: (height, width, 3) uint8 RGB, paper 255 in each; None where the page has no colour.
    to_page: (3, 3) float64 projective map from this page's pixels to the loaded page's.
    skew_degrees: how far the writing climbs on the loaded page, anticlockwise positive.
    faint: what may be ink or paper, as ink; None where it was not looked for.
    """

    grey: Pixels
    ink: Pixels
    to_page: NDArray[np.float64]
    skew_degrees: float
    colour: Pixels | None = None
    faint: Pixels | None = None


@dataclass(frozen=True, slots=True)
class Comb:
    """A row of boxes for one digit each, from left to right, that low walls part.

    whole: whether its ends were found too; else there may be a box too many on either side.
    """

    boxes: tuple[Box, ...]
    whole: bool = True


@dataclass(frozen=True, slots=True)
class Layers:
    """The ink of a flat page, told apart; masks are (height, width) uint8, 255 ink, 0 paper.

    digits: what may be handwritten digits, with strokes repaired where a rule crossed them.
    writing: other writing and print. rules: ruled lines and box frames.
    digit_height: the page's usual digit height in pixels, the measure of every other length.
    cells: the closed cells that rules enclose, in flat-page pixels. combs: those that low walls
    part. parted: marks that touched a digit and were parted from it.
    doubtful: the part of the writing that could as well be digits. won_back: the part of the digits
    that was such writing. hardly: the part of the digits that could as well be other writing. All
    three are None where there is none. odds: (height, width) float16, of each pixel of ink the
    logarithm of the odds that it is a digit's, 0 off the ink; None where nothing tells.
    """

    digits: Pixels
    writing: Pixels
    rules: Pixels
    digit_height: float
    cells: tuple[Box, ...] = ()
    combs: tuple[Comb, ...] = ()
    parted: tuple[Box, ...] = ()
    doubtful: Pixels | None = None
    won_back: Pixels | None = None
    hardly: Pixels | None = None
    odds: NDArray[np.float16] | None = None


@dataclass(frozen=True, slots=True)
class Glyph:
    """The ink of what may be one digit.

    ink: (height, width) uint8, 0 paper to 255 full ink, cropped to the glyph.
    box: where the crop lies on the flat page. cut: whether it was cut from touching ink, or won
    back from other writing: that may have been wrong.
    """

    ink: Pixels
    box: Box
    cut: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """What the classifier makes of one glyph: digits by falling probability, summing to <= 1."""

    digit: int
    confidence: float
    alternatives: tuple[tuple[int, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Digit:
    """One read digit; box in pixels of the loaded page, confidence 0 to 1.

    cut: whether it was cut from touching ink. stroke: width of its stroke in its own heights.
    contrast: of its ink against the paper, 0 to 1.
    """

    digit: int
    confidence: float
    status: Status
    box: Box
    alternatives: tuple[tuple[int, float], ...] = ()
    cut: bool = False
    stroke: float = 0.0
    contrast: float = 0.0


@dataclass(frozen=True, slots=True)
class Number:
    """Digits that belong together, in reading order; line counts from 1 from the page's top.

    text: a sign for each and, where written, one decimal mark (.) and a leading minus (-). doubted:
    whether it is for review however certain it is, since a digit was cut from touching ink or a
    mark that is not read stands beside it.
    """

    text: str
    confidence: float
    status: Status
    line: int
    box: Box
    digits: tuple[Digit, ...]
    doubted: bool = False


@dataclass(frozen=True, slots=True)
class PageResult:
    """All that was read on one page of `width` x `height` pixels.

    dpi is 0 where the file does not say. The writing climbs by 90 * turn + skew_degrees,
    anticlockwise: turn is by how many right angles, 0 to 3, the page must be turned clockwise to be
    upright, and skew_degrees, -45 to 45, is how far it still climbs then.
    """

    number: int
    width: int
    height: int
    dpi: float
    skew_degrees: float
    numbers: tuple[Number, ...]
    turn: int = 0


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a document, or one page of it, could not be read, and what its owner can do."""

    kind: str
    cause: str
    remedy: str
    page: int | None = None


NOT_AT_HAND = Path(os.devnull, "not at hand")
"""Where a document lies on this machine that was not fetched to it: there is never anything."""


@dataclass(frozen=True, slots=True)
class DocumentResult:
    """All pages read of one document; `document` is its path relative to what was given.

    source: where it lies on this machine. origin: its address, where it came from a store; the
    source is then a copy that goes again, or NOT_AT_HAND.
    """

    document: str
    source: Path
    pages: tuple[PageResult, ...]
    origin: str | None = None

    @property
    def shown_source(self) -> str:
        """Where it comes from, for people and programs that look for it later."""
        return self.origin or str(self.source)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one document: its result, its failures, or some of both.

    notes: what its owner should know beside, such as that its PDF is unsigned while it is signed.
    """

    document: str
    result: DocumentResult | None
    failures: tuple[Failure, ...] = ()
    seconds: float = 0.0
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Provenance:
    """What made a result: enough to make it again.

    page_readers: the SHA-256 of each model that read whole pages, by its name.
    """

    program: str
    version: str
    model: str
    model_sha256: str
    page_readers: dict[str, str] = field(default_factory=dict)
    options: dict[str, object] = field(default_factory=dict)
