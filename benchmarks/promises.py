"""Whether `--max-error` keeps its promise: composed pages and kept-back cheque strings.

    python benchmarks/promises.py [--model cnn] [--max-error 0.5% --max-error 1%]

Runs `digitize run --max-error` on each set and compares the accepted numbers with the truth: one
is right where the true number that it overlaps best has its text. Prints a Markdown table. A
promise is kept where the error is within it, or where the run said that it would not hold.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from handwriting import is_kept_back

from digitize.geometry import intersection_over_union
from digitize.records import Box

DATA = Path(os.environ.get("DIGITIZE_DATA", Path(__file__).parent.parent.parent / "shared/data"))
LEAST_OVERLAP = 0.3  # intersection over union of a read number and the true one it may be


@dataclass(frozen=True, slots=True)
class Kept:
    """What came of one promise: counts of numbers, and what the run said."""

    numbers: int
    accepted: int
    wrong: int
    broken_by: list[str]


def main() -> None:
    """Print a row for each promise on each set."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--model", default="cnn")
    parser.add_argument("--max-error", action="append", default=[])
    given = parser.parse_args()
    print(
        "| pages | promised | numbers read | accepted | of these wrong | said to hold | why not |"
    )
    print("|---|---|---|---|---|---|---|")
    composed = sorted((DATA / "pages/composed").glob("*.json"))
    strings = [f for f in sorted((DATA / "strings").glob("*.json")) if is_kept_back(f.stem)]
    kinds = sorted({json.loads(truth.read_text())["kind"] for truth in composed})
    sets = [("composed, all", composed, "page"), ("strings, kept back", strings, "number")]
    for kind in kinds:
        of_kind = [truth for truth in composed if json.loads(truth.read_text())["kind"] == kind]
        sets.append((f"composed, {kind}", of_kind, "page"))
    for promised in given.max_error or ["0.5%", "1%"]:
        for name, truths, layout in sets:
            print(row(name, promised, run(truths, layout, promised, given.model)), flush=True)


def run(truths: list[Path], layout: str, promised: str, model: str) -> Kept:
    """Read the pages of these truths with a promise, and compare."""
    with tempfile.TemporaryDirectory() as folder:
        pages, out = Path(folder) / "pages", Path(folder) / "out"
        pages.mkdir()
        wanted = {}
        for truth_file in truths:
            truth = json.loads(truth_file.read_text())
            shutil.copy(truth_file.with_name(truth["image"]), pages)
            wanted[truth["image"]] = truth["numbers"]
        command = [sys.executable, "-m", "digitize", "run", pages, "-o", out, "--format", "csv"]
        command += ["--layout", layout, "--max-error", promised, "--model", model, "--quiet"]
        subprocess.run([str(word) for word in command], check=True)
        report = json.loads((out / "report.json").read_text())
        with (out / "numbers.csv").open(newline="") as table:
            accepted = [line for line in csv.DictReader(table) if line["status"] == "ok"]
    wrong = sum(not is_right(line, wanted[Path(line["document"]).name]) for line in accepted)
    totals = report["totals"]
    return Kept(totals["numbers"], len(accepted), wrong, report["promise"]["broken_by"])


def is_right(line: dict[str, str], numbers: list[dict]) -> bool:
    """Tell whether a row of numbers.csv has the text of the true number it overlaps best."""
    found = Box(*(float(line[side]) for side in ("x", "y", "width", "height")))
    overlaps = [
        (intersection_over_union(found, Box(*number["box"])), number["text"]) for number in numbers
    ]
    share, text = max(overlaps, default=(0.0, ""))
    return share >= LEAST_OVERLAP and text == line["text"]


def row(name: str, promised: str, kept: Kept) -> str:
    """Return one promise on one set as a row of the table."""
    share = kept.accepted / max(1, kept.numbers)
    error = kept.wrong / max(1, kept.accepted)
    holds = "no" if kept.broken_by else "yes"
    return (
        f"| {name} | {promised} | {kept.numbers:,} | {kept.accepted:,} ({share:.1%}) | "
        f"{kept.wrong} ({error:.2%}) | {holds} | {'; '.join(kept.broken_by)} |"
    )


if __name__ == "__main__":
    main()
