"""Pictures that are damaged, disguised, enormous, or stored in an odd way."""

from __future__ import annotations

import io
import struct
import zipfile
from pathlib import Path
from zlib import crc32

import cv2
import numpy as np
import pillow_heif
from fault import HEIGHT, WIDTH, Fault, content, cut, picture, read, refused, save, written
from PIL import Image, ImageCms

PNG_START = b"\x89PNG\r\n\x1a\n"
ORIENTATION, X_RESOLUTION, Y_RESOLUTION, UNIT = 274, 282, 283, 296
OTHER_PICTURES = "and only the first is read"


def chunk(name: bytes, data: bytes) -> bytes:
    """Return a chunk of a PNG."""
    return len(data).to_bytes(4, "big") + name + data + crc32(name + data).to_bytes(4, "big")


def png_with(path: Path, name: bytes, data: bytes) -> None:
    """Write the page as a PNG with one chunk more after its header."""
    buffer = io.BytesIO()
    picture().save(buffer, "PNG")
    whole = buffer.getvalue()
    path.write_bytes(whole[:33] + chunk(name, data) + whole[33:])


def bad_checksum(path: Path) -> None:
    """Write a PNG whose data do not fit their checksum."""
    picture().save(path, "PNG")
    data = bytearray(path.read_bytes())
    data[data.find(b"IDAT") + 40] ^= 0xFF
    path.write_bytes(data)


def transparent(path: Path) -> None:
    """Write black ink on nothing: what shows through has the colour of ink, and no body."""
    ink = 255 - written()[:, :, 0]
    black = np.zeros_like(ink)
    Image.fromarray(np.dstack([black, black, black, ink])).save(path)


def palette(path: Path) -> None:
    """Write a palette whose paper is transparent, and black besides."""
    grey = written()[:, :, 0]
    indexed = Image.fromarray((grey < 128).astype(np.uint8), "P")
    indexed.putpalette([0, 0, 0, 20, 20, 20])
    indexed.save(path, "PNG", transparency=0)


def deep(path: Path, suffix: str, kind: type = np.uint16, full: float = 257) -> None:
    """Write three channels of more than 8 bits each, by OpenCV."""
    _, data = cv2.imencode(suffix, (written() * np.float32(full)).astype(kind))
    path.write_bytes(data.tobytes())


def moving(kind: str, path: Path) -> None:
    """Write an animation whose first frame is the page."""
    more = [Image.new("RGB", (WIDTH, HEIGHT), shade) for shade in ("grey", "black")]
    picture().save(path, kind, save_all=True, append_images=more, duration=50)


def exif(path: Path, *entries: tuple[int, object]) -> None:
    """Write a JPEG with these Exif entries."""
    tags = Image.Exif()
    for tag, value in entries:
        tags[tag] = value
    picture().save(path, "JPEG", exif=tags, quality=95)


def heif(path: Path, pictures: int = 1) -> None:
    """Write a phone's picture file."""
    file = pillow_heif.from_pillow(picture())
    for _ in range(pictures - 1):
        file.add_from_pillow(Image.new("RGB", (64, 64), "grey"))
    file.save(path, quality=95)


def archive(path: Path) -> None:
    """Write a ZIP archive."""
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("page.png", b"none")


ORIENTATION_AS_TEXT = (
    b"Exif\0\0MM\0*\0\0\0\x08" + struct.pack(">HHHIII", 1, ORIENTATION, 2, 8, 26, 0) + b"upright\0"
)
LAB = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
SVG = b'<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"><text>3812</text></svg>'

DAMAGED = (
    refused("truncated.png", cut(save("PNG")), "truncated"),
    refused("truncated.jpg", cut(save("JPEG")), "truncated"),
    refused("truncated-progressive.jpg", cut(save("JPEG", progressive=True)), "truncated"),
    refused("truncated.webp", cut(save("WEBP")), "damaged or incomplete"),
    refused("truncated.gif", cut(save("GIF")), "truncated"),
    refused("truncated.bmp", cut(save("BMP")), "truncated"),
    refused("truncated.heic", cut(heif), "truncated"),
    refused("head-only.png", content(PNG_START), "begins as a PNG picture"),
    refused("head-only.jpg", content(b"\xff\xd8\xff\xe0\x00\x10JFIF\x00"), "truncated"),
    refused("checksum.png", bad_checksum, "damaged or incomplete"),
    refused("empty.png", content(b""), "the file is empty"),
    refused("zeros.jpg", content(bytes(5000)), "nothing but zero bytes"),
)
DISGUISED = (
    read("really-a-jpeg.png", save("JPEG", quality=95)),
    refused("really-text.jpg", content(b"Dear Sir,\n"), "it seems to be text"),
    refused("really-a-zip.png", archive, "a ZIP archive"),
    refused("really-svg.png", content(SVG), "an SVG drawing"),
    refused("really-a-jp2.jpg", save("JPEG2000"), "JPEG 2000"),
)
ODD = (
    read(
        "grey16.png", lambda path: Image.fromarray(written()[:, :, 0] * np.uint16(257)).save(path)
    ),
    read("rgb16.png", lambda path: deep(path, ".png")),
    read("one-bit.png", save("PNG", "1")),
    read("cmyk.jpg", save("JPEG", "CMYK", quality=95)),
    read("palette.png", palette),
    read("transparent.png", transparent),
    read("interlaced.png", lambda path: png_with(path, b"tEXt", b"a\0b")),
    read("phone.heic", heif),
    read("progressive.jpg", save("JPEG", progressive=True, quality=95)),
    read("broken-icc.jpg", save("JPEG", icc_profile=b"nonsense" * 30, quality=95)),
    read("wrong-icc.png", save("PNG", icc_profile=LAB)),
    read("broken-icc.png", lambda path: png_with(path, b"iCCP", b"name\0\0nonsense")),
    read("orientation-0.jpg", lambda path: exif(path, (ORIENTATION, 0))),
    read("orientation-99.jpg", lambda path: exif(path, (ORIENTATION, 99))),
    read("orientation-text.jpg", save("JPEG", exif=ORIENTATION_AS_TEXT, quality=95)),
    read("dpi-0.jpg", lambda path: exif(path, (X_RESOLUTION, 0.0), (Y_RESOLUTION, 0.0))),
    read("dpi-absurd.jpg", lambda path: exif(path, (X_RESOLUTION, 4e9), (UNIT, 77))),
    read("dpi-uneven.png", save("PNG", dpi=(1, 30_000))),
    read("exif-nonsense.jpg", save("JPEG", exif=b"Exif\0\0MM\0*" + b"\xff" * 60, quality=95)),
)
MOVING = tuple(
    Fault(f"moving.{suffix}", draw, (1,), refused=(OTHER_PICTURES,))
    for suffix, draw in (
        ("gif", lambda path: moving("GIF", path)),
        ("webp", lambda path: moving("WEBP", path)),
        ("png", lambda path: moving("PNG", path)),
        ("heic", lambda path: heif(path, 3)),
    )
)
PICTURES = (*DAMAGED, *DISGUISED, *ODD, *MOVING)
