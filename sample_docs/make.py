"""Make the sample documents and their truth: `python sample_docs/make.py [FOLDER]`.

FOLDER is this script's own unless given. Everything is seeded: two runs give the same bytes.
"""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable
from pathlib import Path

import pikepdf
from capture import Picture
from pages import BLACK_PEN, BLUE_PEN, answer_sheet, cheque_amounts, mark_table, notebook, register
from PIL import Image
from sheet import DPI

POINTS_PER_INCH = 72
PNG_STEP = 8  # levels between neighbouring shades; fewer shades make a smaller file
JPEG_QUALITY = 72


def main() -> None:
    """Write every sample document, and the truth of each of its pages."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent
    for name, kind, pages, write in sample_documents():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        write(path, pages)
        for number, page in enumerate(pages, 1):
            write_truth(folder, path, number, kind, page)
        print(f"{name}: {len(pages)} pages, {sum(len(page.numbers) for page in pages)} numbers")


def sample_documents() -> list[tuple[str, str, list[Picture], Callable[..., None]]]:
    """Draw all pages: each document's path, kind, pages and writer."""
    answers = [
        answer_sheet("answers 1", ("teacher", "marker"), BLUE_PEN, 1.3),
        answer_sheet("answers 2", ("kalam", "hasty"), BLACK_PEN, -0.8),
    ]
    entries = [
        register("register 1", ("clerk", "patrick", "engineer"), 0.7),
        register("register 2", ("nanum", "pupil", "caveat"), -1.5),
    ]
    return [
        ("answer_sheet.pdf", "boxed", answers, write_pdf),
        ("mark_table.jpg", "table", [mark_table("marks")], write_jpeg),
        ("notebook.png", "ruled", [notebook("notebook")], write_png),
        ("archive/register.tif", "plain", entries, write_tiff),
        ("archive/cheque_amounts.pdf", "boxed", [cheque_amounts("cheques")], write_pdf),
    ]


def write_pdf(path: Path, pages: list[Picture]) -> None:
    """Make a PDF as a scanner does: a JPEG a page, no dates, an ID that follows the content."""
    with pikepdf.new() as pdf:
        for page in pages:
            height, width = page.pixels.shape[:2]
            size = [side * POINTS_PER_INCH / DPI for side in (width, height)]
            pdf.add_blank_page(page_size=size)
            scan = pdf.make_stream(
                _jpeg(page),
                Type=pikepdf.Name.XObject,
                Subtype=pikepdf.Name.Image,
                Width=width,
                Height=height,
                ColorSpace=pikepdf.Name.DeviceRGB,
                BitsPerComponent=8,
                Filter=pikepdf.Name.DCTDecode,
            )
            pdf.pages[-1].Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Scan=scan))
            drawing = f"q {size[0]:.4f} 0 0 {size[1]:.4f} 0 0 cm /Scan Do Q"
            pdf.pages[-1].Contents = pdf.make_stream(drawing.encode())
        pdf.save(path, deterministic_id=True)


def write_jpeg(path: Path, pages: list[Picture]) -> None:
    """Write one page as a JPEG."""
    path.write_bytes(_jpeg(pages[0]))


def write_png(path: Path, pages: list[Picture]) -> None:
    """Write one page as a PNG of few shades."""
    shades = pages[0].pixels // PNG_STEP * PNG_STEP + PNG_STEP // 2
    Image.fromarray(shades).save(path, optimize=True, dpi=(DPI, DPI))


def write_tiff(path: Path, pages: list[Picture]) -> None:
    """Write all pages into one TIFF, 1 bit a pixel, CCITT Group 4."""
    images = [Image.fromarray(page.pixels).convert("1") for page in pages]
    images[0].save(
        path, save_all=True, append_images=images[1:], compression="group4", dpi=(DPI, DPI)
    )


def write_truth(folder: Path, document: Path, number: int, kind: str, page: Picture) -> None:
    """Write one page's truth as JSON, a line per number."""
    head = {"image": document.name, "page": number, "kind": kind}
    lines = ",\n".join("  " + json.dumps(number) for number in page.numbers)
    text = json.dumps(head)[:-1] + f', "numbers": [\n{lines}\n]}}\n'
    path = folder / "truth" / f"{document.stem}-p{number}.json"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")


def _jpeg(page: Picture) -> bytes:
    buffer = io.BytesIO()
    image = Image.fromarray(page.pixels)
    image.save(buffer, "JPEG", quality=JPEG_QUALITY, dpi=(DPI, DPI))
    return buffer.getvalue()


if __name__ == "__main__":
    main()
