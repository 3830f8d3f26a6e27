"""What a training shows while it runs: loss, held-back error and time left, on stderr."""

from __future__ import annotations

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

LONGEST_IN_SECONDS = 90  # a time; longer ones are said in minutes


class TrainingProgress:
    """A progress bar for a training; a context manager."""

    def __init__(self, title: str, steps: int) -> None:
        self._progress = Progress(
            TextColumn("{task.description}", markup=False),
            BarColumn(),
            TextColumn("{task.fields[note]}", markup=False),
            TimeElapsedColumn(),
            TimeRemainingColumn(),
            console=Console(stderr=True),
        )
        self._task = self._progress.add_task(title, total=steps, note="")

    def advance(self, note: str) -> None:
        """Count one more step done and show `note` beside the bar."""
        self._progress.update(self._task, advance=1, note=note)

    def say(self, line: str) -> None:
        """Write `line` above the bar, where it stays."""
        self._progress.console.print(line, markup=False, highlight=False, soft_wrap=True)

    def __enter__(self) -> TrainingProgress:
        self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._progress.stop()


def announce(line: str) -> None:
    """Write a line about the training on stderr."""
    Console(stderr=True).print(line, markup=False, highlight=False, soft_wrap=True)


def duration(seconds: float) -> str:
    """Return a time in words, as in "40 seconds" or "1 hour 5 minutes"."""
    if seconds < LONGEST_IN_SECONDS:
        return _count(round(seconds), "second")
    hours, minutes = divmod(round(seconds / 60), 60)
    parts = [_count(hours, "hour") if hours else "", _count(minutes, "minute") if minutes else ""]
    return " ".join(part for part in parts if part)


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}{'' if number == 1 else 's'}"
