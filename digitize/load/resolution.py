"""How many pixels make an inch, as far as a picture's file says."""

from __future__ import annotations

import cv2
import numpy as np
from PIL import ExifTags, Image

from digitize.records import Pixels

PLAUSIBLE_DPI = (50.0, 2400.0)  # from a photo of a whole sheet to the finest scanners
UNKNOWN_DPI = 72.0  # what Exif 2.3 (4.6.4, XResolution) tells cameras to write, not knowing it
SQUARE = 1.05  # sides of a pixel may differ by this factor and still count as square
_LONGEST_PIXEL = 4.0  # more than any fax has; beyond, the numbers are wrong
_CM_PER_INCH = 2.54
_UNIT_CM = 3
_CAMERA_FORMATS = ("JPEG", "MPO", "HEIF", "WEBP")
_QUARTER_TURNS = (5, 6, 7, 8)  # Exif orientations that swap width and height


def picture_resolution(picture: Image.Image) -> tuple[float, float]:
    """Return dots per inch (across, down) of the picture once upright; (0, 0) where unknown.

    To be asked before the picture is loaded, for Pillow forgets a TIFF's orientation then.
    """
    exif = picture.getexif()
    across, down = picture.info.get("dpi") or _exif_resolution(exif)
    if exif.get(ExifTags.Base.Orientation) in _QUARTER_TURNS:
        across, down = down, across
    if picture.format in _CAMERA_FORMATS and across == UNKNOWN_DPI and exif:
        return 0.0, 0.0
    if picture.format == "JPEG" and "jfif" not in picture.info and not exif:
        return 0.0, 0.0  # Pillow says 72 where nothing is said
    low, high = PLAUSIBLE_DPI
    if not (low <= across <= high and low <= down <= high):
        return 0.0, 0.0
    return float(across), float(down)


def square_size(size: tuple[int, int], across: float, down: float) -> tuple[int, int]:
    """Return the (width, height) of a picture once its pixels are square.

    Fax machines scan at 204 x 98 dpi; digits must not come out squashed. The finer side is kept.
    """
    fine, coarse = max(across, down), min(across, down)
    if coarse == 0 or fine <= coarse * SQUARE or fine > coarse * _LONGEST_PIXEL:
        return size
    return round(size[0] * fine / across), round(size[1] * fine / down)


def square_pixels(pixels: Pixels, across: float, down: float) -> tuple[Pixels, float]:
    """Return the picture with square pixels, and its dpi."""
    height, width = pixels.shape[:2]
    size = square_size((width, height), across, down)
    if size == (width, height):
        return pixels, max(across, down)
    stretched = cv2.resize(pixels, size, interpolation=cv2.INTER_LINEAR)
    return np.asarray(stretched, dtype=np.uint8), max(across, down)


def _exif_resolution(exif: Image.Exif) -> tuple[float, float]:
    """Return what the Exif tags say, for formats whose resolution Pillow leaves there."""
    try:
        across = float(exif.get(ExifTags.Base.XResolution) or 0)
        down = float(exif.get(ExifTags.Base.YResolution) or across)
    except (TypeError, ValueError, ZeroDivisionError):
        return 0.0, 0.0
    in_cm = exif.get(ExifTags.Base.ResolutionUnit) == _UNIT_CM
    return (across * _CM_PER_INCH, down * _CM_PER_INCH) if in_cm else (across, down)
