"""A page, small, with a box about every number; boxes tell what was read when pointed at."""

from __future__ import annotations

import base64
from collections.abc import Iterator, Sequence
from math import ceil

import cv2
import numpy as np

from digitize.export.html.words import counted, shown
from digitize.export.originals import load_originals, original
from digitize.export.tables import shown_confidence
from digitize.records import DocumentResult, Number, Page, PageResult, Pixels, Status

SMALL = 480
"""Pixels of the longer side: three pages beside each other, and writing that is still seen."""

PAGE_QUALITY, CROP_QUALITY = 50, 80
"""Of JPEG, 1 to 100: some 15 KB a page, so that 500 pages are 10 MB; crops are read closely."""


def load_each(
    document: DocumentResult, passwords: Sequence[str]
) -> Iterator[tuple[PageResult, Page | None]]:
    """Yield each page's result with its pixels, in order, one in memory at a time.

    None for the pixels where the document is gone or has another shape.
    """
    loaded = load_originals([original(document.source, one) for one in document.pages], passwords)
    at_hand = next(loaded, None)
    for result in document.pages:
        if at_hand and at_hand[0].number == result.number:
            yield result, at_hand[1]
            at_hand = next(loaded, None)
        else:
            yield result, None


def page_figure(result: PageResult, page: Page | None, document: int) -> str:
    """Return a page as a figure; document: its place in the run, from 1, by which it is found."""
    turned = result.turn % 2 == 1
    wide, high = (result.height, result.width) if turned else (result.width, result.height)
    doubtful = sum(number.status is Status.REVIEW for number in result.numbers)
    size = f'width="{result.width}" height="{result.height}"'
    picture = (
        f'<image href="{small(page)}" {size} preserveAspectRatio="none"/>'
        if page
        else f'<rect class="gone" {size}/>'
    )
    boxes = "".join(map(_box, result.numbers))
    return (
        f'<figure id="d{document}p{result.number}">'
        f'<svg viewBox="0 0 {wide} {high}" style="aspect-ratio:{wide}/{high}">'
        f'<g transform="{_upright(result)}">{picture}\n{boxes}</g></svg>'
        f"<figcaption>page {result.number}: {counted(len(result.numbers), 'number')}, "
        f"{doubtful:,} to review"
        f"{'' if page else '; its document is gone'}</figcaption></figure>\n"
    )


def _box(number: Number) -> str:
    box = number.box
    place = f'x="{box.x:.0f}" y="{box.y:.0f}" width="{box.width:.0f}" height="{box.height:.0f}"'
    told = f"{shown(number.text)}, {shown_confidence(number.confidence)}"
    return f'<rect class="{number.status.value}" {place}><title>{told}</title></rect>\n'


def _upright(page: PageResult) -> str:
    """Return the map of the plane that turns a page clockwise, its corner back at the origin."""
    return (
        "",
        f"matrix(0 1 -1 0 {page.height} 0)",
        f"matrix(-1 0 0 -1 {page.width} {page.height})",
        f"matrix(0 -1 1 0 0 {page.width})",
    )[page.turn]


def small(page: Page) -> str:
    """Return a page as the address of a picture that is inside the file.

    Whole blocks of pixels become one, which takes a third of the time that any other scale does.
    """
    height, width = page.pixels.shape[:2]
    side = max(1, min(ceil(max(height, width) / SMALL), height, width))
    size = width // side, height // side
    blocks = page.pixels[: size[1] * side, : size[0] * side]
    resized = cv2.resize(blocks, size, interpolation=cv2.INTER_AREA)
    return inline(np.asarray(resized, dtype=np.uint8), PAGE_QUALITY)


def inline(picture: Pixels, quality: int) -> str:
    """Return a data: address of (height, width, 3) RGB pixels as JPEG."""
    _, jpeg = cv2.imencode(".jpg", picture[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, quality])
    return f"data:image/jpeg;base64,{base64.b64encode(jpeg.tobytes()).decode('ascii')}"
