"""Paths to short names that tell documents apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence


def distinct_names(files: Sequence[tuple[tuple[str, ...], int]]) -> list[str]:
    """Return a name for each file, no two the same.

    files: (path parts from the root, how many of the last ones make its usual name); paths differ.
    Where names collide, they take on as few more leading parts as tell them apart.
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
            return names
        depths = deeper
