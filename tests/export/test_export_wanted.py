"""Formats written again are as in the run, but for what is asked for anew."""

from __future__ import annotations

from dataclasses import replace

import pytest
from export_records import MADE

from digitize.export.wanted import Wanted, as_in_the_run
from digitize.records import Provenance


def made(**options: object) -> Provenance:
    return replace(MADE, options=options)


def test_what_is_not_asked_for_is_as_in_the_run() -> None:
    options = as_in_the_run(Wanted(), made(marks="off", csv_dialect="excel"), 0.9)
    assert (options.marks, options.csv_dialect, options.review_below) == ("off", "excel", 0.9)


def test_what_is_asked_for_is_done() -> None:
    wanted = Wanted(("secret",), marks="only-review", csv_dialect="rfc4180")
    options = as_in_the_run(wanted, made(marks="off", csv_dialect="excel"), 0.9)
    assert (options.marks, options.csv_dialect) == ("only-review", "rfc4180")
    assert options.passwords == ("secret",)


@pytest.mark.parametrize("left", [{}, {"marks": "loud", "csv_dialect": ["excel"]}])
def test_what_a_run_does_not_tell_is_as_usual(left: dict[str, object]) -> None:
    options = as_in_the_run(Wanted(), made(**left), 0.95)
    assert (options.marks, options.csv_dialect) == ("on", "rfc4180")


def test_what_made_the_results_is_known() -> None:
    assert as_in_the_run(Wanted(), MADE, 0.95).provenance == MADE
