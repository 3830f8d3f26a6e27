"""Pages unlike those calibrated on are told from others, and why."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from digitize.promise import DriftWatch, Reference, quantiles
from digitize.promise.drift import ENOUGH, noise
from digitize.records import Box, Digit, DocumentResult, Number, PageResult, Status

LOOKS = {"size": (30, 60), "stroke": (0.08, 0.16), "contrast": (0.4, 0.9)}


def numbers(
    count: int,
    *,
    seed: int = 0,
    size: tuple[float, float] = LOOKS["size"],
    stroke: tuple[float, float] = LOOKS["stroke"],
    contrast: tuple[float, float] = LOOKS["contrast"],
    sureness: float = 8.0,
    doubted: float = 0.1,
) -> DocumentResult:
    """Return a document of one-digit numbers whose looks are drawn evenly from these ranges."""
    rng = np.random.default_rng(seed)
    found = []
    for index in range(count):
        confidence = 1 - float(rng.random()) ** sureness
        box = Box(0, 0, 10, float(rng.uniform(*size)))
        look = {"stroke": float(rng.uniform(*stroke)), "contrast": float(rng.uniform(*contrast))}
        digit = Digit(1, confidence, Status.OK, box, **look)
        doubt = index < doubted * count
        found.append(Number("1", confidence, Status.OK, 1, box, (digit,), doubted=doubt))
    return DocumentResult("a.png", Path("a.png"), (PageResult(1, 9, 9, 0, 0, tuple(found)),))


@pytest.fixture(scope="module")
def reference() -> Reference:
    document = numbers(4000, seed=99)
    rows = [n for n in document.pages[0].numbers if not n.doubted]
    rng = np.random.default_rng(5)
    looks = {name: quantiles(rng.uniform(*limits, 5000)) for name, limits in LOOKS.items()}
    confidence = np.array([n.confidence for n in rows])
    return Reference("drawn", confidence, np.ones(len(rows), bool), 400, looks)


def reasons(reference: Reference, *documents: DocumentResult) -> list[str]:
    watch = DriftWatch(reference)
    for document in documents:
        watch.add(document)
    return watch.reasons()


def test_pages_like_those_calibrated_on_are_not_complained_of(reference: Reference) -> None:
    assert reasons(reference, numbers(400, seed=1), numbers(200, seed=2)) == []


@pytest.mark.parametrize("seed", range(20))
def test_small_batches_are_not_complained_of_by_chance(reference: Reference, seed: int) -> None:
    assert reasons(reference, numbers(ENOUGH + 10, seed=seed)) == []


def test_one_pen_among_many_is_nothing_new(reference: Reference) -> None:
    assert reasons(reference, numbers(300, size=(40, 42), stroke=(0.1, 0.11))) == []


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"size": (8, 20)}, "100% of the digits are smaller than those calibrated on (under 30"),
        ({"size": (90, 120)}, "100% of the digits are larger than those calibrated on (over 60"),
        ({"stroke": (0.02, 0.05)}, "thinner than those calibrated on (under 8 % of their height"),
        ({"stroke": (0.2, 0.3)}, "thicker than those calibrated on (over 16 % of their height"),
        ({"contrast": (0.1, 0.3)}, "paler than those calibrated on"),
        ({"contrast": (0.95, 1.0)}, "darker than those calibrated on"),
        ({"doubted": 0.6}, "60% of the numbers touch or have marks beside them"),
    ],
)
def test_each_way_of_looking_different_is_named(
    reference: Reference, change: dict[str, tuple[float, float]], complaint: str
) -> None:
    (reason,) = reasons(reference, numbers(300, **change))
    assert complaint in reason


def test_numbers_less_sure_than_those_calibrated_on_are_named(reference: Reference) -> None:
    (reason,) = reasons(reference, numbers(300, sureness=1.0))
    assert "certain; of those calibrated on" in reason


def test_numbers_surer_than_those_calibrated_on_are_welcome(reference: Reference) -> None:
    assert reasons(reference, numbers(300, sureness=40.0)) == []


def test_a_handful_of_numbers_cannot_be_compared(reference: Reference) -> None:
    (reason,) = reasons(reference, numbers(ENOUGH - 1))
    assert "29 numbers are too few to compare" in reason


def test_all_numbers_doubted_is_a_reason_by_itself(reference: Reference) -> None:
    (reason,) = reasons(reference, numbers(100, doubted=1.0))
    assert "100% of the numbers touch" in reason


def test_chance_is_allowed_less_the_more_numbers_there_are() -> None:
    assert noise(50) > noise(500) > noise(5000) > 0
