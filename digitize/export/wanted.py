"""How formats are to be written again: as the run wrote them, but for what is asked for anew."""

from __future__ import annotations

from dataclasses import dataclass
from typing import get_args

from digitize.export.traced import TracedOptions
from digitize.export.writer import CsvDialect, ExportOptions, Marks
from digitize.records import Provenance


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for anew; None: as in the run.

    passwords: tried in turn on encrypted PDFs; a run leaves none.
    """

    passwords: tuple[str, ...] = ()
    marks: Marks | None = None
    csv_dialect: CsvDialect | None = None


def as_in_the_run(wanted: Wanted, made: Provenance, review_below: float) -> TracedOptions:
    """Return the options of the run that `made` tells of, with what is wanted instead.

    review_below: numbers less certain than this were marked for review by the run, 0 to 1. What
    the run does not tell, or tells wrongly, is as usual.
    """
    usual = ExportOptions()
    marks = wanted.marks or made.options.get("marks")
    dialect = wanted.csv_dialect or made.options.get("csv_dialect")
    return TracedOptions(
        review_below=review_below,
        passwords=wanted.passwords,
        marks=next((one for one in get_args(Marks) if one == marks), usual.marks),
        csv_dialect=next(
            (one for one in get_args(CsvDialect) if one == dialect), usual.csv_dialect
        ),
        provenance=made,
    )
