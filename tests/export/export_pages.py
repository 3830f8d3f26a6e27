"""Pages with bars for digits, results that say where they are, and eyes to check a PDF."""

from __future__ import annotations

import re
import subprocess
from dataclasses import replace
from math import cos, radians, sin
from pathlib import Path

import numpy as np
import pikepdf
import pypdfium2
from PIL import Image

from digitize.geometry import intersection_over_union, map_box, union
from digitize.records import Box, Digit, DocumentResult, Number, PageResult, Status

WIDTH, HEIGHT = 400, 600
DPI = 100.0


def number(
    text: str,
    x: float = 40,
    y: float = 60,
    *,
    height: float = 30,
    line: int = 1,
    confidence: float = 0.99,
    status: Status = Status.OK,
) -> Number:
    """A number whose digits stand side by side from (x, y); a mark leaves a gap."""
    digits = []
    for character in text:
        wide = height * (0.2 if character in "1." else 0.6)
        if character != ".":
            digits.append(Digit(int(character), confidence, status, Box(x, y, wide, height)))
        x += wide + height * 0.15
    box = union([digit.box for digit in digits])
    return Number(text, confidence, status, line, box, tuple(digits))


NUMBERS = (
    number("17", 40, 60),
    number("250.5", 220, 62),
    number("4", 40, 160, line=2, confidence=0.6, status=Status.REVIEW),
    number("90817263", 150, 158, line=2, confidence=0.2, status=Status.REVIEW),
    number("11", 40, 500, line=3),
)


def climbing(one: Number, degrees: float) -> Number:
    """The number as it lies on a page whose writing climbs by `degrees` about the middle."""
    c, s = cos(radians(degrees)), sin(radians(degrees))
    x, y = WIDTH / 2, HEIGHT / 2
    turn = np.array([[c, s, x - c * x - s * y], [-s, c, y + s * x - c * y]])
    digits = tuple(replace(digit, box=map_box(digit.box, turn)) for digit in one.digits)
    return replace(one, digits=digits, box=union([digit.box for digit in digits]))


def page(
    numbers: tuple[Number, ...] = NUMBERS,
    *,
    count: int = 1,
    size: tuple[int, int] = (WIDTH, HEIGHT),
    dpi: float = DPI,
    skew: float = 0.0,
) -> PageResult:
    return PageResult(count, *size, dpi, skew, numbers)


def document(name: str, source: Path, *pages: PageResult) -> DocumentResult:
    return DocumentResult(name, source, pages or (page(),))


def drawn(numbers: tuple[Number, ...] = NUMBERS) -> Image.Image:
    """An RGB picture of the page, no two corners alike: what is turned wrongly cannot pass."""
    pixels = np.full((HEIGHT, WIDTH, 3), 255, np.uint8)
    pixels[:40, :40] = (200, 30, 30)
    pixels[-40:, :80] = (30, 120, 30)
    for one in numbers:
        for digit in one.digits:
            left, top = round(digit.box.x), round(digit.box.y)
            pixels[top : round(digit.box.bottom), left : round(digit.box.right)] = (20, 20, 60)
    return Image.fromarray(pixels)


def words(pdf: Path, *options: str) -> list[str]:
    """All words that poppler finds, in its order."""
    return _pdftotext(pdf, *options).split()


def word_boxes(pdf: Path, count: int, size: tuple[int, int]) -> dict[str, Box]:
    """Where poppler finds each word of a page, in pixels of a page of `size` pixels."""
    return dict(found_words(pdf, count, size))


def found_words(pdf: Path, count: int, size: tuple[int, int]) -> list[tuple[str, Box]]:
    """All words that poppler finds on a page, and where, in pixels of a page of `size` pixels."""
    text = _pdftotext(pdf, "-bbox", "-cropbox", "-f", str(count), "-l", str(count))
    found = re.search(r'<page width="(.*?)" height="(.*?)"', text)
    assert found, text
    wide, high = float(found[1]), float(found[2])
    if (wide > high) != (size[0] > size[1]):  # poppler gives the size before /Rotate
        wide, high = high, wide
    across, down = size[0] / wide, size[1] / high
    boxes = []
    for corners in re.finditer(r'xMin="(.*?)" yMin="(.*?)" xMax="(.*?)" yMax="(.*?)">(.*?)<', text):
        x, y, right, bottom = (float(corners[place]) for place in (1, 2, 3, 4))
        box = Box(x * across, y * down, (right - x) * across, (bottom - y) * down)
        boxes.append((corners[5], box))
    return boxes


def assert_on_ink(pdf: Path, result: PageResult, at_least: float = 0.9, count: int = 1) -> None:
    """Each number is found exactly once, as one word, on its ink."""
    found = word_boxes(pdf, count, (result.width, result.height))
    assert sorted(found) == sorted(one.text for one in result.numbers)
    for one in result.numbers:
        assert intersection_over_union(found[one.text], one.box) >= at_least, one.text


def rendered(pdf: Path, dpi: float = DPI, count: int = 1) -> np.ndarray:
    """A page as pdfium draws it: (height, width, 3) uint8."""
    with pypdfium2.PdfDocument(pdf) as opened:
        bitmap = opened[count - 1].render(scale=dpi / 72)
        return bitmap.to_numpy()[:, :, :3][:, :, ::-1].copy()


def without_marks(pdf: Path) -> Path:
    """A copy of the PDF whose marks are switched off, the way a viewer does it."""
    copy = pdf.with_suffix(".off.pdf")
    with pikepdf.open(pdf) as opened:
        settings = opened.Root.OCProperties.D
        settings.OFF, settings.ON = settings.ON, pikepdf.Array()
        opened.save(copy)
    return copy


def images(opened: pikepdf.Pdf) -> list[pikepdf.Object]:
    """The images of all pages, in order; forms are left out."""
    return [
        drawing
        for one in opened.pages
        for drawing in one.obj.Resources.XObject.as_dict().values()
        if drawing.Subtype == pikepdf.Name.Image
    ]


def image_bytes(pdf: Path) -> list[bytes]:
    """The stored bytes of every image, page by page."""
    with pikepdf.open(pdf) as opened:
        return [image.read_raw_bytes() for image in images(opened)]


def _pdftotext(pdf: Path, *options: str) -> str:
    done = subprocess.run(
        ["pdftotext", *options, str(pdf), "-"], capture_output=True, text=True, check=True
    )
    return done.stdout
