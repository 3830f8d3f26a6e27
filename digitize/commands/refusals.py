"""Options of `digitize run` that do not go together: refused before anything is begun."""

from __future__ import annotations

from collections.abc import Mapping

import click

from digitize.errors import UsageError


def refuse_what_does_not_go_together(out: object | None, given: Mapping[str, object]) -> None:
    """Raise UsageError for options that contradict each other; out: None for standard output."""
    refuse_two_thresholds(given)
    if out is None:
        refuse_what_needs_a_folder(given)
    if given["watch"] and given["dry_run"]:
        raise UsageError("--watch goes on reading, and --dry-run reads nothing", "Give one of them")


def refuse_two_thresholds(given: Mapping[str, object]) -> None:
    """Raise UsageError where both --max-error and --review-below are on the command line."""
    if given["max_error"] is not None and _is_on_the_command_line("review_below"):
        raise UsageError(
            "--max-error and --review-below both say how sure a number must be",
            "Give one of them",
        )


def refuse_what_needs_a_folder(given: Mapping[str, object]) -> None:
    """Raise UsageError for what means nothing beside -o -, which keeps no files and no journal."""
    if _is_on_the_command_line("formats"):
        raise UsageError(
            "-o - writes lines of JSON to standard output, and no --format",
            "Leave out --format, or name a folder with -o",
        )
    for option in ("resume", "overwrite"):
        if given[option]:
            raise UsageError(
                f"-o - keeps nothing, and --{option} has nothing to begin from",
                f"Leave out --{option}, or name a folder with -o",
            )


def _is_on_the_command_line(option: str) -> bool:
    source = click.get_current_context().get_parameter_source(option)
    return source is click.core.ParameterSource.COMMANDLINE
