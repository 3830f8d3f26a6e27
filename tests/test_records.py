"""Records: frozen, plain, and impossible to build wrong."""

from __future__ import annotations

import dataclasses
import json
import math
import pickle
from pathlib import Path

import pytest

from digitize import records
from digitize.records import (
    Box,
    Digit,
    DocumentResult,
    Failure,
    Number,
    Outcome,
    PageResult,
    Provenance,
    Status,
)


def an_outcome() -> Outcome:
    digit = Digit(7, 0.9, Status.REVIEW, Box(1, 2, 3.5, 4), ((1, 0.08),))
    number = Number("7", 0.9, Status.REVIEW, 1, digit.box, (digit,))
    page = PageResult(1, 100, 200, 300.0, -0.5, (number,))
    document = DocumentResult("a/b.png", Path("in/a/b.png"), (page,))
    failure = Failure("UnreadableInput", "page 2 is cut short", "Scan it again", 2)
    return Outcome("a/b.png", document, (failure,), 0.25)


@pytest.mark.parametrize(
    ("width", "height"), [(0, 5), (5, 0), (-1, 5), (5, -0.001), (math.nan, 5), (5, math.nan)]
)
def test_a_box_refuses_to_be_empty(width: float, height: float) -> None:
    with pytest.raises(ValueError, match="positive size"):
        Box(0, 0, width, height)


def test_a_box_knows_its_far_edges_and_its_middle() -> None:
    box = Box(10, 20, 30, 5)
    assert (box.right, box.bottom, box.centre) == (40, 25, (25, 22.5))


def record_classes() -> list[type]:
    found = [value for value in vars(records).values() if isinstance(value, type)]
    return [each for each in found if dataclasses.is_dataclass(each)]


def test_there_are_records() -> None:
    assert {Box, Digit, Number, Outcome} <= set(record_classes())


@pytest.mark.parametrize("record", record_classes(), ids=lambda record: record.__name__)
def test_every_record_is_frozen_and_says_what_it_is(record: type) -> None:
    assert record.__dataclass_params__.frozen
    assert record.__doc__
    assert not record.__doc__.startswith(f"{record.__name__}(")  # what dataclass writes for none


def test_a_number_cannot_be_changed() -> None:
    number = an_outcome().result.pages[0].numbers[0]
    with pytest.raises(dataclasses.FrozenInstanceError):
        number.text = "8"


def test_results_pickle_to_workers() -> None:
    outcome = an_outcome()
    assert pickle.loads(pickle.dumps(outcome)) == outcome


def test_results_are_plain_json() -> None:
    page = an_outcome().result.pages[0]
    plain = json.loads(json.dumps(dataclasses.asdict(page)))
    assert plain["numbers"][0]["digits"][0] == {
        "digit": 7,
        "confidence": 0.9,
        "status": "review",
        "box": {"x": 1, "y": 2, "width": 3.5, "height": 4},
        "alternatives": [[1, 0.08]],
        "cut": False,
        "stroke": 0.0,
        "contrast": 0.0,
    }


def test_two_provenances_do_not_share_their_options() -> None:
    first, second = (Provenance("digitize", "1", "cnn", "00") for _ in range(2))
    first.options["jobs"] = 2
    assert second.options == {}
