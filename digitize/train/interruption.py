"""What becomes of a training that was interrupted: it goes on, or starts again, as is asked."""

from __future__ import annotations

from enum import Enum
from pathlib import Path

from digitize.errors import UsageError
from digitize.train.checkpoint import checkpoint_path


class Earlier(Enum):
    """What becomes of the checkpoint that an interrupted training left."""

    REFUSE = "refuse"
    RESUME = "resume"
    OVERWRITE = "overwrite"

    @staticmethod
    def chosen(resume: bool, overwrite: bool) -> Earlier:
        """Return what the two options ask for; UsageError where they ask for both."""
        if resume and overwrite:
            cause = "a training cannot both go on and start again"
            raise UsageError(cause, "Give --resume or --overwrite, not both")
        return Earlier.RESUME if resume else Earlier.OVERWRITE if overwrite else Earlier.REFUSE


def settle(output: Path, earlier: Earlier) -> None:
    """Keep or remove the checkpoint of an interrupted training; UsageError where neither is meant.

    A training may be asked to go on where there is nothing to go on from: it then begins.
    """
    path = checkpoint_path(output)
    if earlier is Earlier.OVERWRITE:
        path.unlink(missing_ok=True)
    elif earlier is Earlier.REFUSE and path.exists():
        raise UsageError(
            f"{path}: an earlier training of {output.name} was interrupted",
            "Go on with --resume, or start again with --overwrite",
        )


def how_to_go_on(output: Path) -> str:
    """Return what is left of an interrupted training, and what to do next."""
    path = checkpoint_path(output)
    if not path.exists():
        return "interrupted before anything was kept; the same command starts again"
    return f"interrupted; the same command with --resume goes on from {path}"
