"""How long `digitize export` takes for a long run: a row per format, and one for all at once.

    python benchmarks/export.py [--pages 500] [--formats csv,xlsx]

Reads sample_docs once, repeats what was read under new names until there are so many pages, as
JSON files beside copies of the documents, and exports these in a process of its own per format.
Prints a Markdown table. Issue 5 asks for 500 pages to all formats within 60 s.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from digitize.batch.left import read_left_run
from digitize.export import (
    PDF_FORMATS,
    WRITERS,
    JsonWriter,
    Summary,
    TracedOptions,
    read_document,
    write_report,
)
from digitize.records import DocumentResult, Outcome

SAMPLES = Path(__file__).parent.parent / "sample_docs"
DIGITIZE = (sys.executable, "-m", "digitize")
FORMATS = [name for name in WRITERS if name not in ("json", *PDF_FORMATS[1:])]
SECONDS_A_PAGE = 1.0  # told of each document in the report that is made up


@dataclass(frozen=True, slots=True)
class Cost:
    """What one export took: seconds by the clock and of the processor, MiB of files written."""

    seconds: float
    processor: float
    size: float


def main() -> None:
    """Print a row for each format, and one for all of them in one command."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pages", type=int, default=500)
    parser.add_argument("--formats", default=",".join(FORMATS))
    given = parser.parse_args()
    formats = given.formats.split(",")
    with tempfile.TemporaryDirectory() as folder:
        pages, numbers = make_long_run(Path(folder), given.pages)
        print(f"{pages} pages, {numbers} numbers\n")
        print("| format | seconds | of the processor | MiB |")
        print("|---|---|---|---|")
        for name in [*formats, *([",".join(formats)] if len(formats) > 1 else [])]:
            cost = exported(Path(folder), name)
            title = "all" if "," in name else name
            print(f"| {title} | {cost.seconds:.1f} | {cost.processor:.1f} | {cost.size:.1f} |")


def make_long_run(folder: Path, pages: int) -> tuple[int, int]:
    """Leave in folder/out what a run over that many pages would; return pages and numbers."""
    left = folder / "read"
    subprocess.run(
        [*DIGITIZE, "run", SAMPLES, "-o", left, "--format", "json", "--quiet"], check=True
    )
    run = read_left_run(left)
    read = [read_document(left / str(one.json_file)) for one in run.read_documents]
    documents = list(repeated(read, folder / "scans", pages))
    summary = Summary()
    options = TracedOptions(run.review_below, provenance=run.made)
    with JsonWriter(folder / "out", [one.document for one in documents], options) as writer:
        for one in documents:
            seconds = SECONDS_A_PAGE * len(one.pages)
            summary.add(Outcome(one.document, one, seconds=seconds), writer.add(one))
    write_report(folder / "out" / "report.json", summary, run.made)
    return summary.pages, summary.numbers


def repeated(read: list[DocumentResult], scans: Path, pages: int) -> Iterator[DocumentResult]:
    """Yield `read` again and again until there are so many pages, each with its own copy."""
    count, round_ = 0, 0
    while count < pages:
        round_ += 1
        for one in read:
            name = f"{round_:03d}/{one.document}"
            source = scans / name
            source.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(one.source, source)
            yield replace(one, document=name, source=source)
            count += len(one.pages)


def exported(folder: Path, formats: str) -> Cost:
    """Export the run in folder/out, and return what that took."""
    out = folder / "out"
    before = {path: path.stat().st_mtime_ns for path in files(out)}
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    started = time.perf_counter()
    command = [*DIGITIZE, "export", out, "--format", formats, "--quiet"]
    subprocess.run(command, check=True, env={**os.environ, "SOURCE_DATE_EPOCH": "0"})
    seconds = time.perf_counter() - started
    now = resource.getrusage(resource.RUSAGE_CHILDREN)
    written = [path for path in files(out) if before.get(path) != path.stat().st_mtime_ns]
    return Cost(
        seconds,
        now.ru_utime + now.ru_stime - used.ru_utime - used.ru_stime,
        sum(path.stat().st_size for path in written) / 2**20,
    )


def files(folder: Path) -> list[Path]:
    """Return all files in `folder`, also in its folders."""
    return [path for path in folder.rglob("*") if path.is_file()]


if __name__ == "__main__":
    main()
