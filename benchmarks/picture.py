"""Draw docs/images/before-after.png: a sample page, and beside it what `digitize run` made of it.

    python benchmarks/picture.py [--model NAME|PATH.onnx]

The left half is the photo as given; the right half is the searchable PDF as a viewer shows it.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

import pypdfium2 as pdfium
from PIL import Image, ImageOps

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "sample_docs" / "mark_table.jpg"
PICTURE = ROOT / "docs" / "images" / "before-after.png"
WIDTH = 700  # pixels, of each half
SHOWN = (0.06, 0.10, 0.94, 0.42)  # left, top, right, bottom of the page, in shares of its size
GAP = 16  # pixels of white between the halves
COLOURS = 256  # of the picture's palette: a third of the bytes


def main() -> int:
    """Read the sample, draw both halves, and write the picture."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--model", default="cnn", help="as of `digitize run` (default: cnn)")
    model = parser.parse_args().model
    with tempfile.TemporaryDirectory(prefix="digitize-picture-") as folder:
        command = [sys.executable, "-m", "digitize", "run", str(SOURCE), "-o", folder, "--quiet"]
        subprocess.run([*command, "--format", "pdf", "--model", model], check=True)
        after = drawn(Path(folder, SOURCE.with_suffix(".pdf").name))
    with Image.open(SOURCE) as photo:
        before = ImageOps.exif_transpose(photo).convert("RGB")
    halves = [part(before), part(after)]
    joined = Image.new("RGB", (2 * WIDTH + GAP, min(half.height for half in halves)), "white")
    for number, half in enumerate(halves):
        joined.paste(half, (number * (WIDTH + GAP), 0))
    PICTURE.parent.mkdir(parents=True, exist_ok=True)
    joined.quantize(COLOURS, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE).save(
        PICTURE, optimize=True
    )
    print(f"written: {PICTURE}, {PICTURE.stat().st_size / 1e3:.0f} kB", file=sys.stderr)
    return 0


def drawn(pdf: Path) -> Image.Image:
    """Return the first page of a PDF as a picture, its marks switched on."""
    document = pdfium.PdfDocument(pdf)
    try:
        page = document[0]
        scale = WIDTH / (SHOWN[2] - SHOWN[0]) / page.get_width()
        picture: Image.Image = page.render(scale=scale).to_pil()
        return picture.convert("RGB")
    finally:
        document.close()


def part(page: Image.Image) -> Image.Image:
    """Return the part of a page that the picture shows, `WIDTH` pixels wide."""
    left, top, right, bottom = SHOWN
    width, height = page.size
    shown = page.crop(
        (round(left * width), round(top * height), round(right * width), round(bottom * height))
    )
    return shown.resize(
        (WIDTH, round(shown.height * WIDTH / shown.width)), Image.Resampling.LANCZOS
    )


if __name__ == "__main__":
    sys.exit(main())
