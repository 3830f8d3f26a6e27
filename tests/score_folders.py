"""Runs and truths written to folders, as `digitize run` and people leave them."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from digitize.export import Summary, TableWriter, write_report
from digitize.export.report import REPORT
from digitize.geometry import union
from digitize.records import (
    Box,
    Digit,
    DocumentResult,
    Number,
    Outcome,
    PageResult,
    Provenance,
    Status,
)

WIDE, HIGH, STEP = 20, 30, 25  # of a digit, and from one to the next, in pixels
SIZE = (400, 300)


def number(
    text: str, x: float = 40, y: float = 60, confidence: float = 0.99, status: Status = Status.OK
) -> Number:
    """A number that was read, its digits side by side from (x, y)."""
    digits = tuple(
        Digit(int(sign), confidence, status, Box(x + STEP * place, y, WIDE, HIGH))
        for place, sign in enumerate(text)
        if sign != "."
    )
    return Number(text, confidence, status, 1, union([one.box for one in digits]), digits)


def with_digit_confidence(one: Number, confidence: float) -> Number:
    """The number with another confidence for each of its digits than its own."""
    digits = tuple(replace(digit, confidence=confidence) for digit in one.digits)
    return replace(one, digits=digits)


def document(name: str, *pages: tuple[Number, ...]) -> DocumentResult:
    """A document with these numbers on its pages."""
    results = (PageResult(count, *SIZE, 0.0, 0.0, page) for count, page in enumerate(pages, 1))
    return DocumentResult(name, Path(name), tuple(results))


def run_left(out: Path, *documents: DocumentResult, report: bool = True) -> Path:
    """The folder `out` as a run leaves it that read these documents."""
    with TableWriter(out) as tables:
        for one in documents:
            tables.add(one)
    if report:
        summary = Summary()
        for one in documents:
            summary.add(Outcome(one.document, one))
        options = {"load": {"dpi": 300}}
        made_by = Provenance("digitize", "0", "cnn", "0", options=options)
        write_report(out / REPORT, summary, made_by)
    return out


def true(text: str, x: float = 40, y: float = 60) -> dict[str, object]:
    """A true number with boxes, where `number` would be read."""
    one = number(text, x, y)
    digits = [{"digit": digit.digit, "box": sides(digit.box)} for digit in one.digits]
    return {"text": text, "box": sides(one.box), "digits": digits}


def sides(box: Box) -> list[float]:
    return [box.x, box.y, box.width, box.height]


def write_truth(
    folder: Path, image: str, *numbers: dict[str, object], name: str | None = None, **keys: object
) -> Path:
    """A truth file for a page of `image`; keys: what else it says."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name or Path(image).stem}.json"
    content = {"image": image, "numbers": list(numbers), **keys}
    path.write_text(json.dumps(content), encoding="utf-8")
    return path
