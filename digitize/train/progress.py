"""What a training shows while it runs: loss, held-back error and time left, on stderr."""

from __future__ import annotations

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn


class TrainingProgress:
    """A progress bar for a training; a context manager."""

    def __init__(self, title: str, steps: int) -> None:
        self._progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            TextColumn("{task.fields[note]}"),
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
        self._progress.console.print(line, highlight=False)

    def __enter__(self) -> TrainingProgress:
        self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._progress.stop()
