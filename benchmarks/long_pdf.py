"""Whether memory grows with the pages of a document: sampled over a PDF of 2,000 pages.

    python benchmarks/long_pdf.py [--pages 2000] [--format csv,pdf] [--small] [--write]

The PDF shows composed pages at 200 dpi again and again; --small takes their upper left ninth, for a
short look. While `digitize run` reads it with two workers, the resident memory of the main process
and of each worker is looked at twice a second. Prints a row for each tenth of the time, and what
each grew by from the second tenth to the last; with --write puts that into docs/performance.md.
Ends with 1 where memory is not flat. Linux only.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pikepdf
from performance_machine import this_machine
from performance_page import LONG_PDF, filled, markdown, write_section
from performance_workload import ROOT, make_workload
from PIL import Image
from process_memory import MemoryWatch, Peaks, Sample

JOBS = 2
MANY = 2000  # pages: the document that issue 6 asks about
DIFFERENT = 20  # pages; the rest are these again
POINTS_A_PIXEL = 72 / 200
JPEG_QUALITY = 80
EVERY_SECONDS = 0.5
PARTS = 10  # of the run's time
FLAT = 1.1  # times the second tenth's memory: what the last may hold and it counts as flat
SPARE_MEGABYTES = 25.0  # what anything may grow by and it counts as flat, too
MOST_WORKER_MEGABYTES = 450.0  # what issue 6 allows


@dataclass(frozen=True, slots=True)
class Part:
    """The most that the main process and any worker held in one tenth of the time, in MB."""

    parent: float
    worker: float


def main(arguments: Sequence[str] | None = None) -> int:
    """Make the PDF, read it, and tell; 1 where memory grows or is more than is allowed."""
    given = parse(arguments)
    load = this_machine().load
    with tempfile.TemporaryDirectory(prefix="digitize-long-pdf-") as folder:
        document = Path(folder, "long.pdf")
        make_pdf(document, given.pages, given.data, given.small)
        size = document.stat().st_size / 1e6
        print(f"{given.pages} pages, {size:.0f} MB; reading", file=sys.stderr, flush=True)
        seconds, watch = read_watched(document, Path(folder, "out"), given.format, given.pages)
    parts = parts_of(watch.samples)
    amiss = problems(parts, watch.peaks)
    body = told(given, load, seconds, parts, watch.peaks, amiss)
    print(body)
    if given.write:
        write_section(LONG_PDF, body)
    return 1 if amiss else 0


def parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    """Return the command line's options."""
    data = os.environ.get("DIGITIZE_DATA") or ROOT.parent / "shared" / "data"
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--pages", type=int, default=MANY)
    parser.add_argument("--format", default="csv,pdf", help="default: csv,pdf")
    parser.add_argument("--small", action="store_true", help="take a ninth of each page")
    parser.add_argument("--write", action="store_true", help="put it into docs/performance.md")
    parser.add_argument("--data", type=Path, default=Path(data), help="default: DIGITIZE_DATA")
    return parser.parse_args(arguments)


def make_pdf(path: Path, count: int, data: Path, small: bool) -> None:
    """Write a PDF of so many scanned pages, each a JPEG as a scanner embeds it."""
    with tempfile.TemporaryDirectory() as folder, pikepdf.new() as pdf:
        pages = make_workload(data, DIFFERENT, 1, Path(folder)).pages
        scans = [embed(pdf, page, small) for page in pages]
        for number in range(count):
            scan = scans[number % len(scans)]
            width, height = (float(side) * POINTS_A_PIXEL for side in (scan.Width, scan.Height))
            pdf.add_blank_page(page_size=(width, height))
            pdf.pages[-1].Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Scan=scan))
            drawing = f"q {width:.4f} 0 0 {height:.4f} 0 0 cm /Scan Do Q"
            pdf.pages[-1].Contents = pdf.make_stream(drawing.encode("ascii"))
        pdf.save(path)


def embed(pdf: pikepdf.Pdf, page: Path, small: bool) -> pikepdf.Stream:
    """Return a page's picture as a JPEG in the PDF; its upper left ninth where `small`."""
    with Image.open(page) as opened:
        picture = opened.convert("L")
    if small:
        picture = picture.crop((0, 0, picture.width // 3, picture.height // 3))
    stored = io.BytesIO()
    picture.save(stored, "JPEG", quality=JPEG_QUALITY)
    return pdf.make_stream(
        stored.getvalue(),
        Type=pikepdf.Name.XObject,
        Subtype=pikepdf.Name.Image,
        Width=picture.width,
        Height=picture.height,
        ColorSpace=pikepdf.Name.DeviceGray,
        BitsPerComponent=8,
        Filter=pikepdf.Name.DCTDecode,
    )


def read_watched(document: Path, out: Path, formats: str, pages: int) -> tuple[float, MemoryWatch]:
    """Read the document; return the seconds that took and the memory meanwhile."""
    command = [sys.executable, "-m", "digitize", "run", str(document), "-o", str(out), "--quiet"]
    command += ["--jobs", str(JOBS), "--format", formats]
    started = time.monotonic()
    run = subprocess.Popen(command)
    with MemoryWatch(run.pid, EVERY_SECONDS) as watch:
        code = run.wait()
    if code:
        sys.exit(f"the run ended with {code}")
    read = json.loads((out / "report.json").read_text(encoding="utf-8"))["totals"]["pages"]
    if read != pages:
        sys.exit(f"{read} of {pages} pages were read; what memory they took says nothing")
    return time.monotonic() - started, watch


def parts_of(samples: Sequence[Sample]) -> list[Part]:
    """Return the most that was held in each tenth of the time that was sampled."""
    last = max((sample.seconds for sample in samples), default=0.0)
    most = [[0.0, 0.0] for _ in range(PARTS)]
    for sample in samples:
        at = min(PARTS - 1, int(sample.seconds / last * PARTS)) if last else 0
        which = 0 if sample.is_parent else 1
        most[at][which] = max(most[at][which], sample.megabytes)
    return [Part(parent, worker) for parent, worker in most]


def problems(parts: Sequence[Part], peaks: Peaks) -> list[str]:
    """Return what is amiss: growth since the second tenth, or more memory than is allowed.

    In the first tenth processes start and libraries fill their own stores.
    """
    amiss = []
    for name in ("parent", "worker"):
        early, late = (getattr(parts[at], name) for at in (1, -1))
        if late > max(FLAT * early, early + SPARE_MEGABYTES):
            amiss.append(f"the {name} grew from {early:.0f} to {late:.0f} MB")
    if peaks.worker > MOST_WORKER_MEGABYTES:
        amiss.append(f"a worker held {peaks.worker:.0f} MB at its highest")
    return amiss


def told(
    given: argparse.Namespace,
    load: float,
    seconds: float,
    parts: Sequence[Part],
    peaks: Peaks,
    amiss: Sequence[str],
) -> str:
    """Return all of it as Markdown."""
    rows = [
        [f"{100 * at // PARTS}–{100 * (at + 1) // PARTS} %", f"{p.parent:.0f}", f"{p.worker:.0f}"]
        for at, p in enumerate(parts)
    ]
    rows.append(["highest ever", f"{peaks.parent:.0f}", f"{peaks.worker:.0f}"])
    short = "" if given.pages >= MANY and not given.small else SHORT
    return TOLD.format(
        pages=given.pages, small=" --small" if given.small else "", formats=given.format, load=load,
        seconds=seconds, table=markdown(["of the time", "main process, MB", "a worker, MB"], rows),
        found=filled(f"Found: {'; '.join(amiss) or 'memory is flat'}.{short}"),
    )  # fmt: skip


TOLD = """\
`python benchmarks/long_pdf.py --pages {pages}{small}`: one PDF, two workers, `--format {formats}`,
{seconds:.0f} s. The load average was {load:.1f} at start. The most that was resident in each part:

{table}

{found}"""

SHORT = (
    " This is a short look, in which libraries still fill their stores; whether memory is flat "
    f"shows over {MANY:,} whole pages."
)


if __name__ == "__main__":
    sys.exit(main())
