"""Pages of a picture file in the form that a PDF can carry them, without loss of what is seen.

A JPEG keeps its very bytes, a PNG its very pixel stream. Other pictures are decoded and packed
again: black-and-white ones as CCITT Group 4, all others as Flate.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from digitize.export.pdf.packing import Packed, flate, group4
from digitize.export.pdf.png import ends_with_pixels, png_stream

if TYPE_CHECKING:
    from PIL import Image

_ORIENTATION = 0x0112
_CHANNELS = {b"GRAY": 1, b"RGB ": 3, b"CMYK": 4}
_KEPT_MODES = ("1", "L", "P", "RGB", "CMYK")
_DEEP_GREYS = ("I", "F", "I;16", "I;16B", "I;16L", "I;16N")
"""Shown as the stages saw them, in 256 steps: few viewers show more, and none all of a float."""


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture as it is stored, its width and height in pixels.

    icc: its colour profile, empty where it has none. orientation: EXIF's, 1 to 8.
    """

    packed: Packed
    width: int
    height: int
    icc: bytes = b""
    orientation: int = 1


def pictures(source: Path, numbers: Sequence[int]) -> Iterator[Picture]:
    """Yield the pages of the file at `source`, by their numbers from 1, one in memory at a time.

    UnreadableInput where one cannot be shown again.
    """
    from digitize.load.calm import calm_pillow
    from digitize.load.kinds import kind_of
    from digitize.load.pictures import open_picture

    with open_picture(source, kind_of(source)) as image:
        for number in numbers:
            with calm_pillow():
                image.seek(number - 1)
                picture = _original(source, image, number) or _packed(image)
            yield picture


def _original(source: Path, image: Image.Image, number: int) -> Picture | None:
    """Return the picture with its bytes as they are, where a PDF can carry them so."""
    if number != 1:
        return None
    if image.format in ("JPEG", "MPO"):
        return _jpeg(source.read_bytes(), image)
    if image.format == "PNG":
        return _png(source.read_bytes(), image)
    return None


def _jpeg(data: bytes, image: Image.Image) -> Picture:
    """Return a JPEG as it is; Adobe's CMYK ones count ink downwards and are drawn so."""
    channels = len(image.getbands())
    entries = "/Filter /DCTDecode /BitsPerComponent 8"
    if channels == 4 and "adobe" in image.info:
        entries += " /Decode [1 0 1 0 1 0 1 0]"
    return _described(image, Packed(data, channels, entries))


def _png(data: bytes, image: Image.Image) -> Picture | None:
    """Return a PNG's own pixel stream, None where it is interlaced or see-through."""
    stream = png_stream(data)
    if stream is None:
        return None
    if ends_with_pixels(data):  # else Pillow decodes them all, to look for Exif behind them
        image.info.setdefault("exif", b"")
    return _described(image, stream)


def _packed(image: Image.Image) -> Picture:
    """Return a decoded picture, packed again without loss."""
    image.load()
    plain = _plain(image)
    return _described(image, group4(plain) if plain.mode == "1" else flate(plain))


def _plain(image: Image.Image) -> Image.Image:
    """Return the picture in a mode that a PDF image has, laid on white where it is see-through."""
    from PIL import Image

    if image.mode in _DEEP_GREYS:
        from digitize.load.colours import to_rgb

        return Image.fromarray(to_rgb(image)[:, :, 0])
    if image.mode == "LAB":  # Pillow takes its channels for red, green and blue
        from digitize.load.colours import to_rgb

        return Image.fromarray(to_rgb(image))
    if image.has_transparency_data:
        cut = image.convert("RGBA")
        paper = Image.new("RGBA", cut.size, "white")
        laid = Image.alpha_composite(paper, cut)
        return laid.convert("L" if image.mode in ("1", "L", "LA", "La") else "RGB")
    return image if image.mode in _KEPT_MODES else image.convert("RGB")


def _described(image: Image.Image, packed: Packed) -> Picture:
    """Return the pixels with what else a viewer needs: size, colour profile, orientation."""
    icc = image.info.get("icc_profile") or b""
    fits = "/Indexed" not in packed.entries and _CHANNELS.get(icc[16:20]) == packed.channels
    orientation = image.getexif().get(_ORIENTATION, 1)
    return Picture(packed, *image.size, icc if fits else b"", orientation)
