"""PDF pages drawn at a resolution, by pdfium or poppler."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import numpy as np
import pypdfium2 as pdfium

from digitize.errors import UnreadableInput, UsageError
from digitize.load.calm import calm_pillow
from digitize.records import Pixels

POINTS_PER_INCH = 72


@dataclass(frozen=True, slots=True)
class Drawable:
    """An open page of a PDF; number counts from 1, scale is pixels per point."""

    page: pdfium.PdfPage
    path: Path
    password: str | None
    number: int
    scale: float

    @property
    def size(self) -> tuple[int, int]:
        """The drawn (width, height) in pixels."""
        width, height = self.page.get_size()
        return max(1, math.ceil(width * self.scale)), max(1, math.ceil(height * self.scale))


def draw_with_pdfium(drawable: Drawable) -> Pixels:
    """Draw a page, its annotations and filled fields, as (height, width, 3) RGB."""
    bitmap = drawable.page.render(
        scale=drawable.scale, may_draw_forms=True, draw_annots=True, rev_byteorder=True
    )
    try:
        return np.ascontiguousarray(bitmap.to_numpy())
    finally:
        bitmap.close()


def draw_with_poppler(drawable: Drawable) -> Pixels:
    """Draw a page with poppler's pdftoppm; UsageError where it is not installed."""
    try:
        from pdf2image import convert_from_path
        from pdf2image.exceptions import PDFInfoNotInstalledError
    except ImportError as error:
        raise UsageError(
            "--pdf-renderer poppler: pdf2image is not installed",
            "In digitize's checkout: pip install '.[poppler]'. Or use --pdf-renderer pdfium.",
        ) from error
    with calm_pillow():
        try:
            drawn = convert_from_path(
                drawable.path,
                # not by size: pdftoppm takes that for the size before the page is turned
                dpi=drawable.scale * POINTS_PER_INCH,
                first_page=drawable.number,
                last_page=drawable.number,
                userpw=drawable.password,
                use_cropbox=True,
            )
        except PDFInfoNotInstalledError as error:
            raise UsageError(
                "--pdf-renderer poppler: poppler's programs are not on the PATH",
                "Install poppler-utils (macOS: poppler), or use --pdf-renderer pdfium.",
            ) from error
        if not drawn:
            raise UnreadableInput("poppler cannot draw this page", "Try --pdf-renderer pdfium.")
        return np.asarray(drawn[0].convert("RGB"))


Renderer: TypeAlias = Callable[[Drawable], Pixels]
RENDERERS: dict[str, Renderer] = {"pdfium": draw_with_pdfium, "poppler": draw_with_poppler}


def renderer(name: str) -> Renderer:
    """Return the renderer called `name`; UsageError if there is none."""
    if name not in RENDERERS:
        raise UsageError(
            f"--pdf-renderer '{name}' is unknown", f"Choose one of {', '.join(RENDERERS)}."
        )
    return RENDERERS[name]
