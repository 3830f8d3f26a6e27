"""A file of the whole run that a library fills under a passing name while documents are read."""

from __future__ import annotations

import os
from contextlib import ExitStack
from pathlib import Path

from digitize.export.atomic import passing_file, writing


class RunFile:
    """`part` is there to be filled; it becomes `path` once kept, and nothing if dropped."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._stack = ExitStack()
        with writing(path):
            path.parent.mkdir(parents=True, exist_ok=True)
        self.part = self._stack.enter_context(passing_file(path))

    def keep(self) -> None:
        """Give the finished file its own name."""
        with writing(self.path):
            with self.part.open("rb+") as file:
                os.fsync(file.fileno())
            self.part.replace(self.path)

    def drop(self) -> None:
        """Remove the file, unless it was kept."""
        self._stack.close()
