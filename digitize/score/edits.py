"""How far a text that was read is from the true one."""

from __future__ import annotations


def edits_between(true: str, read: str) -> int:
    """Return the fewest insertions, deletions and replacements that make one text the other.

    Levenshtein 1966, by the table of Wagner and Fischer 1974 (doi:10.1145/321796.321811).
    """
    row = list(range(len(read) + 1))
    for count, written in enumerate(true, 1):
        diagonal, row[0] = row[0], count
        for place, sign in enumerate(read, 1):
            replaced = diagonal + (written != sign)
            diagonal = row[place]
            row[place] = min(row[place] + 1, row[place - 1] + 1, replaced)
    return row[-1]
