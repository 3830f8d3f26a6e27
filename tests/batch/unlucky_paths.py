"""Paths of documents that harm who opens them: importable wherever a worker runs."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path
from typing import Any


class OnceDeadlyPath(type(Path())):  # type: ignore[misc]
    """Where a document lies that kills only the first process which opens it."""

    def open(self, *arguments: Any, **named: Any) -> Any:
        killed = Path(f"{self}.killed")
        if not killed.exists():
            killed.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return super().open(*arguments, **named)


class EndlessPath(type(Path())):  # type: ignore[misc]
    """Where a document lies that never opens."""

    def open(self, *arguments: Any, **named: Any) -> Any:
        while True:
            time.sleep(60)
