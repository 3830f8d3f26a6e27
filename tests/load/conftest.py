"""Documents made on the spot: a letter F on grey paper, so that every turn looks different."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pikepdf
import pytest
from PIL import Image, ImageDraw

LETTER_F = [(20, 20), (120, 20), (120, 50), (60, 50), (60, 80), (100, 80), (100, 110), (60, 110)]


@pytest.fixture
def letter() -> Image.Image:
    """A 150 x 210 RGB picture, different in each corner: F, and one red and one blue mark."""
    picture = Image.new("RGB", (150, 210), (225, 225, 225))
    draw = ImageDraw.Draw(picture)
    draw.polygon([*LETTER_F, (60, 180), (20, 180)], fill=(20, 20, 20))
    draw.rectangle((110, 150, 140, 200), fill=(200, 30, 30))
    draw.rectangle((75, 125, 100, 145), fill=(30, 30, 200))
    return picture


@pytest.fixture
def scan_pdf(tmp_path: Path, letter: Image.Image) -> Callable[..., Path]:
    """Make a PDF page whose content is one picture drawn with a matrix, 2 pixels a point."""

    def make(
        matrix: tuple[float, ...] = (75, 0, 0, 105, 0, 0),
        media: tuple[float, ...] = (0, 0, 75, 105),
        picture: Image.Image = letter,
        before: bytes = b"",
        after: bytes = b"",
        image: dict[str, object] | None = None,
        **page_entries: object,
    ) -> Path:
        with pikepdf.new() as pdf:
            page = pdf.add_blank_page(page_size=(75, 105))
            stream = pdf.make_stream(picture.tobytes())
            stream.Type, stream.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
            stream.Width, stream.Height = picture.size
            stream.BitsPerComponent = 1 if picture.mode == "1" else 8
            space = {"RGB": "/DeviceRGB", "CMYK": "/DeviceCMYK"}.get(picture.mode, "/DeviceGray")
            stream.ColorSpace = pikepdf.Name(space)
            for name, value in (image or {}).items():
                stream[f"/{name}"] = value(pdf) if callable(value) else value
            font = pikepdf.Dictionary(
                Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
            )
            page.Resources = pikepdf.Dictionary(
                XObject=pikepdf.Dictionary(Im0=stream), Font=pikepdf.Dictionary(F1=font)
            )
            page.MediaBox = pikepdf.Array([*media])
            for name, value in page_entries.items():
                page.obj[f"/{name}"] = value(pdf) if callable(value) else value
            numbers = " ".join(f"{n:.6f}" for n in matrix).encode()
            content = before + b" q " + numbers + b" cm /Im0 Do Q " + after
            page.Contents = pdf.make_stream(content)
            pdf.save(tmp_path / "scan.pdf")
        return tmp_path / "scan.pdf"

    return make


@pytest.fixture
def noise() -> Image.Image:
    """A 64 x 48 RGB picture that no compression makes small."""
    values = np.random.default_rng(7).integers(0, 256, (48, 64, 3), dtype=np.uint8)
    return Image.fromarray(values)
