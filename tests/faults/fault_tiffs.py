"""TIFFs: the format with the most ways to be odd."""

from __future__ import annotations

import struct
from pathlib import Path

import numpy as np
from fault import HEIGHT, WIDTH, Fault, cut, picture, read, refused, save, written
from fault_pictures import deep
from PIL import Image

SHORT, LONG = 3, 4
BLACK_IS_ZERO, WHITE_IS_ZERO = 1, 0
DEFLATE, NO_COMPRESSION = 8, 1


def tiff(path: Path, width: int, height: int, data: bytes, **own: int) -> None:
    """Write a one-bit TIFF of one strip by hand; `own` entries replace those of its header."""
    values = {
        "width": (256, LONG, width),
        "length": (257, LONG, height),
        "bits": (258, SHORT, 1),
        "compression": (259, SHORT, NO_COMPRESSION),
        "photometric": (262, SHORT, BLACK_IS_ZERO),
        "strip": (273, LONG, 8),
        "samples": (277, SHORT, 1),
        "rows": (278, LONG, height),
        "bytes": (279, LONG, len(data)),
    }
    entries = [
        struct.pack("<HHII", tag, kind, 1, own.get(name, value))
        for name, (tag, kind, value) in values.items()
    ]
    at = 8 + len(data) + len(data) % 2
    following = own.get("following", 0)
    path.write_bytes(
        b"II*\0"
        + struct.pack("<I", at)
        + data
        + bytes(len(data) % 2)
        + struct.pack("<H", len(entries))
        + b"".join(entries)
        + struct.pack("<I", at if following else 0)
    )


def one_bit() -> bytes:
    """Return the page's rows, 1 where it is white."""
    return np.packbits(written()[:, :, 0] > 127, axis=1).tobytes()


def inverted(path: Path) -> None:
    """Write a page in which 0 is white."""
    ink = np.packbits(written()[:, :, 0] <= 127, axis=1).tobytes()
    tiff(path, WIDTH, HEIGHT, ink, photometric=WHITE_IS_ZERO)


def pages(path: Path) -> None:
    """Write three pages, the middle one damaged."""
    noise = np.random.default_rng(7).integers(0, 256, (HEIGHT, WIDTH, 3), dtype=np.uint8)
    page, middle = picture(), Image.fromarray(noise)
    page.save(path, "TIFF", save_all=True, append_images=[middle, page], compression="tiff_lzw")
    data = bytearray(path.read_bytes())
    at = len(data) // 2
    data[at : at + 300] = b"\xff" * 300
    path.write_bytes(data)


def floats(path: Path) -> None:
    """Write grey as floats from 0 to 1, one of them no number."""
    values = written()[:, :, 0] / np.float32(255)
    values[0, 0] = np.nan
    Image.fromarray(values).save(path, "TIFF")


def lab(path: Path) -> None:
    """Write lightness and two colours, as prepress does."""
    lightness = written()[:, :, 0]
    neutral = np.full_like(lightness, 128)
    planes = [Image.fromarray(plane) for plane in (lightness, neutral, neutral)]
    Image.merge("LAB", planes).save(path, "TIFF")


TIFFS = (
    refused("truncated.tif", cut(save("TIFF")), "truncated"),
    refused("no-pages.tif", lambda path: path.write_bytes(b"II*\0\0\0\0\0"), "begins as a TIFF"),
    refused(
        "lies-about-its-size.tif",
        lambda path: tiff(path, 11_000, 11_000, b"\0" * 64, compression=DEFLATE),
        "damaged or incomplete",
    ),
    Fault("broken-middle.tif", pages, (1, 3), refused=("",)),
    read("inverted.tif", inverted),
    read("pages-in-a-circle.tif", lambda path: tiff(path, WIDTH, HEIGHT, one_bit(), following=1)),
    read("float.tif", floats),
    read("lab.tif", lab),
    read("rgb16.tif", lambda path: deep(path, ".tiff")),
    refused(
        "float-colour.tif", lambda path: deep(path, ".tiff", np.float32, 1.0), "of a rare kind"
    ),
    read("cmyk.tif", save("TIFF", "CMYK")),
    read("group4.tiff", save("TIFF", "1", compression="group4")),
    read("big.tif", save("TIFF", big_tiff=True)),
)
