"""Pixels packed without loss, the two ways a PDF unpacks them: CCITT Group 4, and Flate."""

from __future__ import annotations

import io
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from PIL import Image

_COLOURS = {1: "/DeviceGray", 3: "/DeviceRGB", 4: "/DeviceCMYK"}
_FAST = 1
"""Of zlib's levels; scanner noise, which is most of a page, gets no smaller with more effort."""

_UP = 2
"""The PNG filter that keeps each row's difference to the one above it."""

_PHOTOMETRIC, _STRIP_OFFSETS, _ROWS_PER_STRIP, _STRIP_BYTES = 262, 273, 278, 279
"""Tags of TIFF 6.0."""


@dataclass(frozen=True, slots=True)
class Packed:
    """Packed pixels, and the PDF image entries, in PDF syntax, that say how to unpack them."""

    data: bytes
    channels: int
    entries: str

    @property
    def colours(self) -> str:
        """The PDF name of the device colours with as many channels."""
        return _COLOURS[self.channels]


def flate(image: Image.Image) -> Packed:
    """Return a grey, RGB, CMYK or palette picture of 8 bits a channel, packed with zlib."""
    pixels = np.asarray(image)
    rows = pixels.reshape(image.height, -1)
    channels = rows.shape[1] // image.width
    if image.mode == "P":
        palette = bytes(image.getpalette("RGB") or ())
        colours = f"[/Indexed /DeviceRGB {len(palette) // 3 - 1} <{palette.hex()}>]"
        entries = f"/Filter /FlateDecode /BitsPerComponent 8 /ColorSpace {colours}"
        return Packed(zlib.compress(rows.tobytes(), _FAST), channels, entries)
    filtered = np.empty((rows.shape[0], rows.shape[1] + 1), np.uint8)
    filtered[:, 0] = _UP
    filtered[0, 1:] = rows[0]
    np.subtract(rows[1:], rows[:-1], out=filtered[1:, 1:])  # modulo 256, as the filter has it
    return Packed(
        zlib.compress(filtered.tobytes(), _FAST), channels, png_entries(image.width, 8, channels)
    )


def png_entries(width: int, depth: int, channels: int) -> str:
    """Return the entries of zlib data whose rows were filtered as in a PNG (ISO 32000-1, 7.4.4)."""
    parms = f"/Predictor 15 /Colors {channels} /BitsPerComponent {depth} /Columns {width}"
    return f"/Filter /FlateDecode /DecodeParms << {parms} >> /BitsPerComponent {depth}"


def group4(image: Image.Image) -> Packed:
    """Return a black-and-white picture as one CCITT Group 4 strip, as fax has it (ITU-T T.6)."""
    from PIL import Image

    file = io.BytesIO()
    one_strip = {_ROWS_PER_STRIP: image.height}
    image.save(file, "TIFF", compression="group4", tiffinfo=one_strip, strip_size=2**31 - 1)
    with Image.open(file) as packed:
        tags = packed.tag_v2  # type: ignore[attr-defined]
        (start,), (size,) = tags[_STRIP_OFFSETS], tags[_STRIP_BYTES]
        black_is_0 = tags[_PHOTOMETRIC] == 1
    parms = f"/K -1 /Columns {image.width} /Rows {image.height}"
    entries = f"/Filter /CCITTFaxDecode /DecodeParms << {parms} >> /BitsPerComponent 1"
    if black_is_0:
        entries += " /Decode [1 0]"
    return Packed(file.getvalue()[start : start + size], 1, entries)
