"""Measure `digitize run` on real and composed pages, and write docs/accuracy.md.

    make accuracy                                    the model that ships
    python benchmarks/accuracy.py --model svm        another one

Reads every set in `SETS` below DIGITIZE_DATA (or ../shared/data), scores it with that folder's
neighbour bench/score.py, and writes the whole page. It holds no date and no time: the same program,
model and data give the same page. Standard library and `digitize` only.
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
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

from digitize.train.numbers.real import is_kept_back

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "accuracy.md"
LEFT_SOMETHING = (0, 3)  # exit codes of runs that can be scored: all read, some failed
PRINTED = "printed"  # the kind of page that holds no handwriting

Scores: TypeAlias = Mapping[str, Any]
Row: TypeAlias = tuple[str, Scores]


@dataclass(frozen=True, slots=True)
class Set:
    """One folder of pages with their truth.

    folder: below the data folder. layout: as `digitize run --layout`. what: for people.
    """

    name: str
    folder: str
    layout: str
    what: str


COMPOSED = Set("composed", "pages/composed", "page", "42 pages composed of MNIST test digits")
REAL = (
    Set("hypjudy", "pages/hypjudy", "page", "phone photos of 3–13-digit strings, five sideways"),
    Set("yatzy", "pages/yatzy", "page", "photos of one filled score sheet with print on it"),
    Set("hmc-grad", "pages/hmc-grad", "page", "photos of answer lists on ruled green paper"),
    Set("breta-pages", "pages/breta-pages", "page", "photos of cursive words, no digit at all"),
    Set(
        "strings",
        "strings",
        "number",
        "cropped cheque amounts (ORAND-CAR-A), the quarter that was never trained on",
    ),
)

NUMBER_COLUMNS = (
    ("numbers", "numbers", "count"),
    ("exact", "number_exact", "share"),
    ("precision", "precision", "share"),
    ("CER", "cer", "share"),
)
DIGIT_COLUMNS = (
    ("digit F1", "digit_f1", "share"),
    ("digits right where found", "digit_accuracy_on_matched", "share"),
    ("spurious digits a page", "spurious_per_page", "rate"),
    ("ECE", "ece", "fine"),
)
READ = (("numbers read a page", "said_per_page", "rate"),)
PAGES = (("pages", "pages", "count"),)


@dataclass(frozen=True, slots=True)
class Measured:
    """What a run of one set came to: its report.json, and its scores by kind and under "all".

    handwritten: scores by capture, printed pages left out. accepted, accepted_handwritten: the
    same of the numbers with status `ok`.
    """

    report: Mapping[str, Any]
    scores: Mapping[str, Scores]
    handwritten: Mapping[str, Scores]
    accepted: Mapping[str, Scores]
    accepted_handwritten: Mapping[str, Scores]


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure every set and write the page; 0 where that worked, 2 where it cannot be done."""
    options = parse(arguments)
    scorer = options.data.parent / "bench" / "score.py"
    if not scorer.is_file() or not (options.data / COMPOSED.folder).is_dir():
        print(
            f"{options.data}: the pages or {scorer} are not there; say where with DIGITIZE_DATA",
            file=sys.stderr,
        )
        return 2
    measured = {}
    for one in (COMPOSED, *REAL):
        print(f"{one.name} ...", file=sys.stderr, flush=True)
        measured[one.name] = measure(one, options.data, scorer, options.model)
    models = {one.report["model"]["sha256"] for one in measured.values()}
    if len(models) > 1:
        print("the model changed while it was measured; run this again", file=sys.stderr)
        return 2
    options.output.parent.mkdir(parents=True, exist_ok=True)
    options.output.write_text(page(measured), encoding="utf-8")
    print(f"written: {options.output}", file=sys.stderr)
    return 0


def parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    """Return the command line's options."""
    data = os.environ.get("DIGITIZE_DATA") or ROOT.parent / "shared" / "data"
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--model", default="cnn", help="as of `digitize run` (default: cnn)")
    parser.add_argument("--data", type=Path, default=Path(data), help="default: DIGITIZE_DATA")
    parser.add_argument("--output", type=Path, default=PAGE, help="default: docs/accuracy.md")
    return parser.parse_args(arguments)


def measure(one: Set, data: Path, scorer: Path, model: str) -> Measured:
    """Run `digitize` over a set and score what it read."""
    truth = data / one.folder
    with tempfile.TemporaryDirectory(prefix="digitize-accuracy-") as folder:
        out, accepted = Path(folder, "all"), Path(folder, "accepted")
        run(truth, out, one.layout, model)
        keep_accepted(out, accepted)
        if one.layout == "number":
            truth = kept_back(truth, Path(folder))
        handwritten = without_print(truth, Path(folder))
        return Measured(
            report=json.loads((out / "report.json").read_text(encoding="utf-8")),
            scores=score(scorer, out, truth, "kind"),
            handwritten=score(scorer, out, handwritten, "degrade"),
            accepted=score(scorer, accepted, truth, "kind"),
            accepted_handwritten=score(scorer, accepted, handwritten, "degrade"),
        )


def run(documents: Path, out: Path, layout: str, model: str) -> None:
    """Run `digitize run` into `out`, to tables only."""
    command = [sys.executable, "-m", "digitize", "run", str(documents), "-o", str(out), "--quiet"]
    command += ["--format", "csv", "--layout", layout, "--model", model]
    ended = subprocess.run(command, check=False)
    if ended.returncode not in LEFT_SOMETHING:
        sys.exit(ended.returncode)


def keep_accepted(out: Path, to: Path) -> None:
    """Copy the tables with the rows of status `ok` alone."""
    to.mkdir()
    for name in ("numbers.csv", "digits.csv"):
        with (out / name).open(newline="", encoding="utf-8") as file:
            reader = csv.DictReader(file)
            header, rows = reader.fieldnames or (), list(reader)
        with (to / name).open("w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, header)
            writer.writeheader()
            writer.writerows(row for row in rows if row["status"] == "ok")


def kept_back(truth: Path, folder: Path) -> Path:
    """Return a folder with the truth of the pictures that no training reads."""
    part = folder / "kept-back"
    part.mkdir()
    for file in truth.glob("*.json"):
        if is_kept_back(file.stem):
            shutil.copy(file, part)
    return part


def without_print(truth: Path, folder: Path) -> Path:
    """Return a new folder in `folder` with the truth of all pages but printed ones."""
    kept = folder / "handwritten"
    kept.mkdir()
    for path in truth.glob("*.json"):
        text = path.read_text(encoding="utf-8")
        if json.loads(text).get("kind") != PRINTED:
            (kept / path.name).write_text(text, encoding="utf-8")
    return kept


def score(scorer: Path, out: Path, truth: Path, by: str) -> dict[str, Scores]:
    """Return the scores of a run by a key of the truth, and under "all"."""
    command = [sys.executable, str(scorer), str(out), str(truth), "--by", by, "--json"]
    ended = subprocess.run(command, check=True, capture_output=True, text=True)
    scores: dict[str, Scores] = json.loads(ended.stdout)
    return scores


def page(measured: Mapping[str, Measured]) -> str:
    """Return docs/accuracy.md."""
    composed = measured[COMPOSED.name]
    report = composed.report
    every = (*NUMBER_COLUMNS, *DIGIT_COLUMNS)
    return TEMPLATE.format(
        version=report["version"],
        model=report["model"]["name"],
        sha256=report["model"]["sha256"],
        review_below=report["options"]["page"]["group"]["review_below"],
        kinds=table(
            "kind",
            [*rows_by_name(composed.scores), ("all but printed", composed.handwritten["all"])],
            (*PAGES, *every),
        ),
        printed=composed.scores.get(PRINTED, {}).get("said_per_page", 0.0) or 0.0,
        degrades=table("capture", rows_by_name(composed.handwritten), (*PAGES, *every)),
        real=table(
            "set",
            [(one.name, measured[one.name].scores["all"]) for one in REAL],
            (*PAGES, *NUMBER_COLUMNS, *READ),
        ),
        sets="\n".join(f"- `{one.name}`: {one.what}." for one in REAL),
        accepted=accepted_table(
            [
                ("composed, handwritten", composed.handwritten, composed.accepted_handwritten),
                *((name, one.scores, one.accepted) for name, one in measured.items()),
            ]
        ),
    )


def rows_by_name(scores: Mapping[str, Scores]) -> list[Row]:
    """Return the rows of a breakdown by name, "all" last."""
    names = sorted(name for name in scores if name != "all")
    return [(name, scores[name]) for name in [*names, "all"]]


def table(title: str, rows: Iterable[Row], columns: Sequence[tuple[str, str, str]]) -> str:
    """Return a Markdown table of scores."""
    head = [title, *(name for name, _, _ in columns)]
    body = [
        [name, *(shown(scores[key], kind) for _, key, kind in columns)] for name, scores in rows
    ]
    return markdown(head, body)


def accepted_table(
    sets: Iterable[tuple[str, Mapping[str, Scores], Mapping[str, Scores]]],
) -> str:
    """Return a Markdown table of sets, their scores, and those of what was accepted in them."""
    head = ["set", "accepted, share of numbers read", "precision of all", "precision of accepted"]
    body = []
    for name, every, accepted in sets:
        read, kept = every["all"]["said_per_page"], accepted["all"]["said_per_page"]
        precision = (every["all"]["precision"], accepted["all"]["precision"])
        share = kept / read if read and kept is not None else None
        body.append([name, *(shown(value, "share") for value in (share, *precision))])
    return markdown(head, body)


def markdown(head: Sequence[str], body: Sequence[Sequence[str]]) -> str:
    """Return a Markdown table, its first column to the left and the others to the right."""
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *body]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def shown(value: float | None, kind: str) -> str:
    """Return a score as the page shows it; a dash where it does not apply."""
    if value is None:
        return "–"
    return {"count": "{:d}", "share": "{:.3f}", "rate": "{:.1f}", "fine": "{:.4f}"}[kind].format(
        value
    )


TEMPLATE = """\
# Accuracy

This page is written by `make accuracy` (`benchmarks/accuracy.py`). Do not edit it by hand.

- digitize {version}
- model `{model}`, SHA-256 `{sha256}`
- all options at their defaults; a number is accepted from a confidence of {review_below} on

The pages belong to `../shared/data` and are not part of this repository. No model was trained on
them.

## What the columns mean

- **exact**: share of the numbers on the pages that were read with every digit right.
- **precision**: share of the numbers read that are such exact ones; the rest is wrong or not there.
- **CER**, character error rate: edits needed, over the digits on the pages. Digits read where none
  stands count too, so it can exceed 1.
- **digit F1**: balance of digits found and digits right, by their boxes (overlap 0.3 or more).
- **digits right where found**: share of the digits found with the right label; this tells of the
  classifier alone.
- **spurious digits a page**: digits read where none stands.
- **ECE**: expected calibration error of the digits' confidence; 0 is best.

A dash means that the measure does not apply: there is no digit, no box in the truth, or the truth
is not complete.

## Composed pages, by kind

MNIST's test digits on seven kinds of page, each captured in six ways. The truth has a box for every
digit.

{kinds}

The `printed` pages hold no handwriting: all {printed:.1f} numbers read on each of them are wrong.
`tight` pages have touching digits.

## Composed pages, by capture

The `printed` pages are left out here.

{degrades}

## Real pages, for information

Small sets, read by eye: the truth of all but `strings` holds texts and no boxes.

{sets}

{real}

## What is accepted without review

The status column splits the numbers into `ok` and `review`. The last column should be near 1:
it is what a person gets who checks only what is marked.

{accepted}

The confidence of a number is what both readers make of it, as fitted on composed pages. Where the
ink network takes letters for digits, as on `hmc-grad`, both may be sure and wrong.
"""


if __name__ == "__main__":
    sys.exit(main())
