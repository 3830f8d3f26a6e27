"""Paths to short names that tell documents apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import count
from pathlib import PurePosixPath


def distinct_names(files: Sequence[tuple[tuple[str, ...], int]]) -> list[str]:
    """Return a name for each file, no two the same.

    files: (path parts from the root, how many of the last ones make its usual name); paths differ.
    Where names collide, they take on as few more leading parts as tell them apart; where all parts
    are the same, as of names that had to be written otherwise to be text, a number.
    """
    depths = [depth for _, depth in files]
    while True:
        names = ["/".join(parts[-depth:]) for (parts, _), depth in zip(files, depths, strict=True)]
        shared = Counter(names)
        deeper = [
            min(depth + (shared[name] > 1), len(parts))
            for (parts, _), depth, name in zip(files, depths, names, strict=True)
        ]
        if deeper == depths:
            return _numbered(names)
        depths = deeper


def _numbered(names: list[str]) -> list[str]:
    """Return the names, each that came before with ` (2)`, ` (3)` and so on behind its stem."""
    taken, numbered = set(names), []
    seen: set[str] = set()
    for name in names:
        free = name
        if name in seen:
            path = PurePosixPath(name)
            tries = (path.with_name(f"{path.stem} ({n}){path.suffix}") for n in count(2))
            free = next(str(one) for one in tries if str(one) not in taken)
        seen.add(name)
        taken.add(free)
        numbered.append(free)
    return numbered
