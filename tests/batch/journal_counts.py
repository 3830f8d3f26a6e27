"""What a journal tells of a run: which pages were read, and how often."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

from digitize.batch.journal import JOURNAL


def journal_lines(out: Path) -> list[dict[str, Any]]:
    """Return the whole lines of a journal but the first."""
    path = out / JOURNAL
    if not path.exists():
        return []
    lines = path.read_bytes().splitlines(keepends=True)
    return [json.loads(line) for line in lines[1:] if line.endswith(b"\n")]


def pages_read(out: Path) -> Counter[tuple[str, int]]:
    """Return how often each page stands in the journal, by its document and number."""
    lines = journal_lines(out)
    return Counter((one["document"], one["page"]) for one in lines if one["unit"] == "page")
