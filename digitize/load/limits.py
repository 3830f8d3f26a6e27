"""The largest page that is loaded: checked from the header, before a pixel is decoded."""

from __future__ import annotations

import math

from digitize.errors import OversizedPicture

MEGA = 1_000_000


def check_pixels(width: int, height: int, max_megapixels: float) -> None:
    """Refuse a picture of more than `max_megapixels` million pixels: OversizedPicture."""
    megapixels = width * height / MEGA
    if megapixels > max_megapixels:
        raise OversizedPicture(
            f"the picture is {width} x {height} pixels, {megapixels:.0f} megapixels; "
            f"the limit is {max_megapixels:g}",
            f"Raise the limit with --max-megapixels {math.ceil(megapixels)}, or make it smaller.",
        )
