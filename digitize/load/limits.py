"""The largest page that is loaded: checked from the header, before a pixel is decoded."""

from __future__ import annotations

import math

from digitize.errors import OversizedPicture

MEGA = 1_000_000
LEAST_DPI = 50
"""The least that `--dpi` takes."""


def check_pixels(width: int, height: int, max_megapixels: float, *, dpi: int | None = None) -> None:
    """Refuse a picture of more than `max_megapixels` million pixels: OversizedPicture.

    dpi: of a page that would be drawn so large; None where the picture has its pixels already.
    """
    megapixels = width * height / MEGA
    if megapixels > max_megapixels:
        raise OversizedPicture(
            f"the picture is {width} x {height} pixels, {megapixels:.0f} megapixels; "
            f"the limit is {max_megapixels:g}",
            f"Raise the limit with --max-megapixels {math.ceil(megapixels)}, or "
            f"{_made_smaller(dpi, max_megapixels / megapixels)}.",
        )


def _made_smaller(dpi: int | None, share: float) -> str:
    """Return how to come down to that `share` of the pixels."""
    # One less than fits, for sides are rounded up to whole pixels.
    enough = math.floor(dpi * math.sqrt(share)) - 1 if dpi else 0
    return f"draw it smaller with --dpi {enough}" if enough >= LEAST_DPI else "make it smaller"
