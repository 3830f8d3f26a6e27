"""A picture as a PDF's image, packed in each of the ways that scanners have."""

from __future__ import annotations

import io
import zlib

from pikepdf import Array, Dictionary, Name, Object, Pdf
from PIL import Image


def jpeg(pdf: Pdf, picture: Image.Image) -> Object:
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG", quality=95, subsampling=0)
    return _image(pdf, picture, buffer.getvalue(), Name.DeviceRGB, Filter=Name.DCTDecode)


def cmyk_jpeg(pdf: Pdf, picture: Image.Image) -> Object:
    """As Photoshop writes it: ink counts downwards, and /Decode turns it round."""
    buffer = io.BytesIO()
    picture.convert("CMYK").save(buffer, "JPEG", quality=95)
    turned = Array([1, 0] * 4)
    return _image(
        pdf, picture, buffer.getvalue(), Name.DeviceCMYK, Filter=Name.DCTDecode, Decode=turned
    )


def fax(pdf: Pdf, picture: Image.Image) -> Object:
    """Black and white, as CCITT Group 4."""
    from digitize.export.pdf.packing import group4

    packed = group4(picture.convert("L").point(lambda grey: 255 * (grey > 150)).convert("1"))
    parms = Dictionary(K=-1, Columns=picture.width, Rows=picture.height)
    entries = {"Filter": Name.CCITTFaxDecode, "DecodeParms": parms}
    if "/Decode" in packed.entries:
        entries["Decode"] = Array([1, 0])
    return _image(pdf, picture, packed.data, Name.DeviceGray, bits=1, **entries)


def flate_rgb(pdf: Pdf, picture: Image.Image) -> Object:
    data = zlib.compress(picture.convert("RGB").tobytes())
    return _image(pdf, picture, data, Name.DeviceRGB, Filter=Name.FlateDecode)


def raw_grey(pdf: Pdf, picture: Image.Image) -> Object:
    return _image(pdf, picture, picture.convert("L").tobytes(), Name.DeviceGray)


def lzw_grey(pdf: Pdf, picture: Image.Image) -> Object:
    """LZW without compression: 9-bit codes of single bytes, the table cleared before it grows."""
    bits = "".join(_lzw_codes(picture.convert("L").tobytes()))
    bits += "0" * (-len(bits) % 8)
    data = int(bits, 2).to_bytes(len(bits) // 8, "big")
    return _image(pdf, picture, data, Name.DeviceGray, Filter=Name.LZWDecode)


def _lzw_codes(data: bytes) -> list[str]:
    codes = []
    for start in range(0, len(data), 250):
        codes.append(256)
        codes.extend(data[start : start + 250])
    return [f"{code:09b}" for code in [*codes, 257]]


def _image(
    pdf: Pdf, picture: Image.Image, data: bytes, colours: Name, bits: int = 8, **entries: object
) -> Object:
    image = pdf.make_stream(data)
    image.Type, image.Subtype = Name.XObject, Name.Image
    image.Width, image.Height, image.BitsPerComponent = picture.width, picture.height, bits
    image.ColorSpace = colours
    for key, value in entries.items():
        image[f"/{key}"] = value
    return image
