"""What stood on the page where something was read, from the document that it was read from."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import numpy as np

from digitize.errors import DigitizeError
from digitize.geometry import clip
from digitize.records import Box, Page, PageResult, Pixels

DRAWN_DPI = 300
"""For pages whose resolution is not known; pictures are taken as they are, whatever it is."""

OTHER_SHAPE = 0.01
"""Of the height, by which a page must differ to count as another: drawn pages are rounded."""

LEAST_MEGAPIXELS = 150.0  # as when pages are read; a larger page that was read is loaded again


@dataclass(frozen=True, slots=True)
class Original:
    """A page as it was when it was read; source: its document, number counts from 1 in it.

    width, height: in pixels as loaded. dpi: 0 where not known. skew_degrees: how far the writing
    climbs, anticlockwise.
    """

    source: Path
    number: int
    width: int
    height: int
    dpi: float
    skew_degrees: float

    @property
    def quarter_turns(self) -> int:
        """How often the page must be turned clockwise by 90 degrees to be upright, 0 to 3."""
        return round(self.skew_degrees / 90) % 4


@dataclass(frozen=True, slots=True)
class Crop:
    """pixels: (height, width, 3) uint8 RGB, upright. box: of the number, in pixels of the crop."""

    pixels: Pixels
    box: Box


def original(source: Path, page: PageResult) -> Original:
    """Return where the page of a result is to be found."""
    return Original(
        source, page.number, page.width, page.height, page.dpi, float(page.skew_degrees)
    )


def load_originals(
    wanted: Iterable[Original], passwords: Sequence[str] = ()
) -> Iterator[tuple[Original, Page]]:
    """Load pages again, in the order given; what is gone or has another shape is left out.

    Neighbours in one document are loaded together, so that it is opened once for them.
    """
    from digitize.load import LoadOptions, PageRanges, load_pages

    for (source, dpi), group in groupby(wanted, _loaded_from):
        pages = {one.number: one for one in group}
        largest = max(one.width * one.height for one in pages.values()) / 1e6
        options = LoadOptions(
            dpi=dpi,
            passwords=tuple(passwords),
            pages=PageRanges(tuple((number, number) for number in sorted(pages))),
            max_megapixels=max(LEAST_MEGAPIXELS, math.ceil(largest)),
        )
        with suppress(DigitizeError, OSError):
            for page in load_pages(source, options):
                if isinstance(page, Page) and _same_shape(page, pages[page.number]):
                    yield pages[page.number], page


def cut_out(page: Page, place: Original, box: Box, margin: tuple[float, float]) -> Crop | None:
    """Return the page around `box`, upright; None where the box does not lie on it.

    box: in pixels of the page as it was read. margin: beside the number and above it, in its own
    heights.
    """
    height, width = page.pixels.shape[:2]
    scale = width / place.width
    inner = Box(box.x * scale, box.y * scale, box.width * scale, box.height * scale)
    lying = place.quarter_turns % 2 == 1
    beside, above = (share * (inner.width if lying else inner.height) for share in margin)
    across, down = (above, beside) if lying else (beside, above)
    around = Box(
        inner.x - across, inner.y - down, inner.width + 2 * across, inner.height + 2 * down
    )
    try:
        seen = clip(around, width, height)
    except ValueError:
        return None
    left, top = math.floor(seen.x), math.floor(seen.y)
    part = page.pixels[top : math.ceil(seen.bottom), left : math.ceil(seen.right)]
    return _upright(
        Crop(part, Box(inner.x - left, inner.y - top, inner.width, inner.height)),
        place.quarter_turns,
    )


def _upright(crop: Crop, quarter_turns: int) -> Crop:
    """Return the crop turned clockwise by quarters."""
    box, height = crop.box, crop.pixels.shape[0]
    for _ in range(quarter_turns):
        box = Box(height - box.bottom, box.x, box.height, box.width)
        height = crop.pixels.shape[1] if height == crop.pixels.shape[0] else crop.pixels.shape[0]
    return Crop(np.ascontiguousarray(np.rot90(crop.pixels, -quarter_turns)), box)


def _loaded_from(place: Original) -> tuple[Path, int]:
    """Return the document of a page, and the resolution at which it would be drawn."""
    return place.source, max(1, round(place.dpi)) if place.dpi else DRAWN_DPI


def _same_shape(page: Page, place: Original) -> bool:
    """Tell whether a page has the proportions that it had, give or take a rounded pixel."""
    height, width = page.pixels.shape[:2]
    expected = place.height * width / place.width
    return bool(abs(height - expected) <= max(2.0, OTHER_SHAPE * height))
