"""Pages of a picture file in the form that a PDF can carry them, without loss of what is seen.

A JPEG keeps its very bytes, a PNG its very pixel stream. Other pictures are decoded and packed
again: black-and-white ones as CCITT Group 4, all others as PNG-predicted Flate.
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from digitize.export.pdf.png import png_streams

if TYPE_CHECKING:
    from PIL import Image

_ORIENTATION = 0x0112
_TIFF_PHOTOMETRIC, _TIFF_STRIP_OFFSETS, _TIFF_STRIP_BYTES, _TIFF_ROWS_PER_STRIP = 262, 273, 279, 278
_CHANNELS = {b"GRAY": 1, b"RGB ": 3, b"CMYK": 4}
_KEPT_MODES = ("1", "L", "P", "RGB", "CMYK")
_DEEP_GREYS = ("I", "F", "I;16", "I;16B", "I;16L", "I;16N")
"""Shown as the stages saw them, in 256 steps: few viewers show more, and none all of a float."""
_COLOURS = {1: "/DeviceGray", 3: "/DeviceRGB", 4: "/DeviceCMYK"}


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture as a PDF image: `data` filtered as `entries`, PDF syntax, say.

    icc: its colour profile, empty where it has none. orientation: EXIF's, 1 to 8.
    """

    data: bytes
    width: int
    height: int
    channels: int
    entries: str
    icc: bytes = b""
    orientation: int = 1

    @property
    def colours(self) -> str:
        """The PDF name of the device colours with as many channels."""
        return _COLOURS[self.channels]


def pictures(source: Path, numbers: Sequence[int]) -> Iterator[Picture]:
    """Yield the pages of the file at `source`, by their numbers from 1, one in memory at a time.

    UnreadableInput where one cannot be shown again.
    """
    from PIL import Image

    from digitize.load.calm import calm_pillow

    with ExitStack() as stack:
        with calm_pillow():
            _teach_heif(source)
            image = stack.enter_context(Image.open(source))
        for number in numbers:
            with calm_pillow():
                _turn_to(image, number)
                picture = _original(source, image, number) or _packed(image)
            yield picture


def _teach_heif(source: Path) -> None:
    """Register HEIC with Pillow where the file is one; the library takes long to load."""
    with source.open("rb") as file:
        if file.read(12)[4:8] == b"ftyp":
            import pillow_heif

            pillow_heif.register_heif_opener()


def _turn_to(image: Image.Image, number: int) -> None:
    """Seek page `number`, past broken ones: Pillow stops at each and goes on when asked again."""
    for _ in range(number):
        with suppress(Exception):  # a damaged list of pages makes Pillow raise nearly anything
            image.seek(number - 1)
            return
    image.seek(number - 1)


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
    return _described(image, data, channels, entries)


def _png(data: bytes, image: Image.Image) -> Picture | None:
    """Return a PNG's own pixel stream, None where it is interlaced or see-through."""
    streams = png_streams(data)
    if streams is None:
        return None
    return _described(image, streams.data, streams.channels, streams.entries)


def _packed(image: Image.Image) -> Picture:
    """Return a decoded picture, packed again without loss."""
    image.load()
    plain = _plain(image)
    if plain.mode == "1":
        return _described(image, *_group4(plain))
    if plain.mode == "CMYK":
        return _described(image, *_flate(plain))
    file = io.BytesIO()
    plain.save(file, "PNG", compress_level=1)
    streams = png_streams(file.getvalue())
    if streams is None:
        raise ValueError(f"no way to store a picture of mode {plain.mode}")
    return _described(image, streams.data, streams.channels, streams.entries)


def _plain(image: Image.Image) -> Image.Image:
    """Return the picture in a mode that a PDF image has, laid on white where it is see-through."""
    from PIL import Image

    if image.mode in _DEEP_GREYS:
        from digitize.load.colours import to_rgb

        return Image.fromarray(to_rgb(image)[:, :, 0])
    if image.has_transparency_data:
        cut = image.convert("RGBA")
        paper = Image.new("RGBA", cut.size, "white")
        laid = Image.alpha_composite(paper, cut)
        return laid.convert("L" if image.mode in ("1", "L", "LA", "La") else "RGB")
    return image if image.mode in _KEPT_MODES else image.convert("RGB")


def _group4(image: Image.Image) -> tuple[bytes, int, str]:
    """Return black and white as one CCITT Group 4 strip (ITU-T T.6), the way fax has it."""
    from PIL import Image

    file = io.BytesIO()
    one_strip = {_TIFF_ROWS_PER_STRIP: image.height}
    image.save(file, "TIFF", compression="group4", tiffinfo=one_strip, strip_size=2**31 - 1)
    with Image.open(file) as packed:
        tags = packed.tag_v2  # type: ignore[attr-defined]
        (start,), (size,) = tags[_TIFF_STRIP_OFFSETS], tags[_TIFF_STRIP_BYTES]
        white_is_0 = tags[_TIFF_PHOTOMETRIC] == 0
    parms = f"/K -1 /Columns {image.width} /Rows {image.height}"
    entries = f"/Filter /CCITTFaxDecode /DecodeParms << {parms} >> /BitsPerComponent 1"
    if not white_is_0:
        entries += " /Decode [1 0]"
    return file.getvalue()[start : start + size], 1, entries


def _flate(image: Image.Image) -> tuple[bytes, int, str]:
    entries = "/Filter /FlateDecode /BitsPerComponent 8"
    return zlib.compress(image.tobytes(), 1), len(image.getbands()), entries


def _described(image: Image.Image, data: bytes, channels: int, entries: str) -> Picture:
    """Return `data` with what else a viewer needs: size, colour profile, orientation."""
    icc = image.info.get("icc_profile") or b""
    fits = "/Indexed" not in entries and _CHANNELS.get(icc[16:20]) == channels
    orientation = image.getexif().get(_ORIENTATION, 1)
    return Picture(data, *image.size, channels, entries, icc if fits else b"", orientation)
