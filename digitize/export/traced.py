"""Options that also say what made the results, for the formats that tell it to their readers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import digitize
from digitize.export.writer import ExportOptions
from digitize.records import Provenance

THIS_PROGRAM = Provenance("digitize", digitize.__version__, "", "")
"""What is known where the options do not say more: no model, so its name is empty."""

NOT_OF_THE_RESULT = frozenset(
    {"formats", "jobs", "overwrite", "csv_dialect", "marks", "engine", "debug"}
)
"""Options of a run that change nothing of what is read; equal results are to be equal files."""


@dataclass(frozen=True, slots=True)
class TracedOptions(ExportOptions):
    """What the writers need to know; provenance: the program, models and options of the run."""

    provenance: Provenance = THIS_PROGRAM


def provenance_of(options: ExportOptions | None) -> Provenance:
    """Return what made the results; the program alone where `options` do not say."""
    return options.provenance if isinstance(options, TracedOptions) else THIS_PROGRAM


def makers_entry(made: Provenance) -> dict[str, Any]:
    """Return the program and its models as JSON files name them."""
    return {
        "program": made.program,
        "version": made.version,
        "model": {"name": made.model, "sha256": made.model_sha256},
        "page_readers": dict(sorted(made.page_readers.items())),
    }


def options_of_the_result(made: Provenance) -> dict[str, object]:
    """Return those options of the run on which it depends what is read."""
    return {name: value for name, value in made.options.items() if name not in NOT_OF_THE_RESULT}
