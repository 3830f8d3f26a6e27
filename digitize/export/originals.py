"""What stood on the page where something was read, from the document that it was read from."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from digitize.errors import DigitizeError
from digitize.export.recent_pages import RecentPages, stamp
from digitize.geometry import clip
from digitize.records import Box, DocumentResult, Page, PageResult, Pixels

if TYPE_CHECKING:
    from digitize.load import LoadOptions

DRAWN_DPI = 300
"""For pages whose resolution is not known; pictures are taken as they are, whatever it is."""

OTHER_SHAPE = 0.01
"""Of the height, by which a page must differ to count as another: drawn pages are rounded."""

LEAST_MEGAPIXELS = 150.0  # as when pages are read; a larger page that was read is loaded again

_RECENT = RecentPages()


@dataclass(frozen=True, slots=True)
class Original:
    """A page as it was when it was read; source: its document, number counts from 1 in it.

    width, height: in pixels as loaded. dpi: 0 where not known. turn: how often it must be turned
    clockwise by 90 degrees to be upright, 0 to 3.
    """

    source: Path
    number: int
    width: int
    height: int
    dpi: float
    turn: int


@dataclass(frozen=True, slots=True)
class Crop:
    """pixels: (height, width, 3) uint8 RGB, upright. box: of the number, in pixels of the crop."""

    pixels: Pixels
    box: Box


def original(source: Path, page: PageResult) -> Original:
    """Return where the page of a result is to be found."""
    return Original(source, page.number, page.width, page.height, page.dpi, page.turn)


def no_pictures(document: DocumentResult, file: str) -> str:
    """Return the caution that `file` lacks pictures of a document, in words for its owner."""
    return (
        f"its original, {document.shown_source}, could not be opened again as it was, so "
        f"{file} lacks pictures of it"
    )


def load_originals(
    wanted: Iterable[Original], passwords: Sequence[str] = ()
) -> Iterator[tuple[Original, Page]]:
    """Load pages again, in the order given; what is gone or has another shape is left out.

    Neighbours in one document are loaded together, so that it is opened once for them. Where
    another format asked for them just before, they are still there; nobody may change them.
    """
    for (source, dpi), group in groupby(wanted, _loaded_from):
        places = {one.number: one for one in group}
        with suppress(DigitizeError, OSError, UnicodeEncodeError):  # a name that no disk can hold
            for page in _loaded(source, dpi, places, tuple(passwords)):
                if _same_shape(page, places[page.number]):
                    yield places[page.number], page


def _loaded(
    source: Path, dpi: int, places: dict[int, Original], passwords: tuple[str, ...]
) -> Iterator[Page]:
    """Yield the pages of one document, in its order, those kept from before if all of them are."""
    key = (stamp(source), dpi, passwords)
    kept = [_RECENT.get((*key, number)) for number in sorted(places)]
    if all(kept):
        yield from filter(None, kept)
        return
    from digitize.load import load_pages

    for page in load_pages(source, _options(dpi, places, passwords)):
        if isinstance(page, Page):
            _RECENT.keep((*key, page.number), page)
            yield page


def _options(dpi: int, places: dict[int, Original], passwords: tuple[str, ...]) -> LoadOptions:
    largest = max(one.width * one.height for one in places.values()) / 1e6
    from digitize.load import LoadOptions, PageRanges

    return LoadOptions(
        dpi=dpi,
        passwords=passwords,
        pages=PageRanges(tuple((number, number) for number in sorted(places))),
        max_megapixels=max(LEAST_MEGAPIXELS, math.ceil(largest)),
    )


def cut_out(page: Page, place: Original, box: Box, margin: tuple[float, float]) -> Crop | None:
    """Return the page around `box`, upright; None where the box does not lie on it.

    box: in pixels of the page as it was read. margin: beside the number and above it, in its own
    heights.
    """
    height, width = page.pixels.shape[:2]
    scale = width / place.width
    inner = Box(box.x * scale, box.y * scale, box.width * scale, box.height * scale)
    lying = place.turn % 2 == 1
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
    box = Box(inner.x - left, inner.y - top, inner.width, inner.height)
    return _upright(Crop(part, box), place.turn)


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
