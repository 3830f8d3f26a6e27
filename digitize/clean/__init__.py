"""Page to flat page: the sheet alone, evenly lit, dark ink on light paper, upright; and its ink."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from digitize.clean.ink import binarise, look_around
from digitize.clean.light import (
    darkest_channel,
    divide_background,
    find_background,
    is_coloured,
    is_light_on_dark,
)
from digitize.clean.pale import share_weak
from digitize.clean.reduced import MAX_WORKING_PIXELS, grey_of, shrink, thumbnail
from digitize.clean.sheet import find_sheet, lay_flat
from digitize.clean.skew import find_skew, rotate
from digitize.records import FlatPage, Page

__all__ = [
    "MAX_WORKING_PIXELS",
    "CleanOptions",
    "binarise",
    "clean",
    "divide_background",
    "find_background",
    "find_sheet",
    "find_skew",
    "is_coloured",
    "is_light_on_dark",
    "lay_flat",
    "look_around",
    "rotate",
    "shrink",
]


@dataclass(frozen=True, slots=True)
class CleanOptions:
    """How a page is cleaned.

    sauvola_k: how far below the local mean ink must be, in shares of the missing contrast; pale_k:
    the same for pale strokes, of which `sauvola_k` finds crumbs.
    max_skew_degrees: how far a page may lean; 0 leaves it as it is.
    sheet: whether a sheet is looked for on a photo.
    """

    sauvola_k: float = 0.22
    pale_k: float = 0.09
    max_skew_degrees: float = 15.0
    sheet: bool = True


def clean(page: Page, options: CleanOptions = CleanOptions()) -> FlatPage:
    """Return the page flat and upright, with its ink."""
    sheet, on_desk, small = page.pixels, np.eye(3), thumbnail(page.pixels)
    corners = find_sheet(grey_of(small)) if options.sheet else None
    if corners is not None:
        sheet, on_desk = lay_flat(page.pixels, corners)
        small = thumbnail(sheet)
    pixels, scale = shrink(sheet)
    if is_light_on_dark(grey_of(small)):
        pixels, small = 255 - pixels, 255 - small
    if is_coloured(small):
        colour = divide_background(pixels, small)
        grey = darkest_channel(colour)
    else:
        colour = None
        grey = divide_background(grey_of(pixels), grey_of(small))
    angle = find_skew(grey, options.max_skew_degrees)
    grey, to_flat = rotate(grey, angle)
    to_flat = np.vstack([to_flat, [0.0, 0.0, 1.0]]) @ np.diag([scale, scale, 1.0])
    around = look_around(grey)
    usual, weak = (binarise(grey, around, k) for k in (options.sauvola_k, options.pale_k))
    ink, faint = share_weak(usual, weak)
    return FlatPage(
        grey=grey,
        ink=ink,
        to_page=on_desk @ np.linalg.inv(to_flat),
        skew_degrees=angle,
        colour=None if colour is None else rotate(colour, angle)[0],
        faint=faint,
    )
