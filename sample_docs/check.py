"""Compare a run's numbers with the truth: `python sample_docs/check.py OUT`.

OUT holds the numbers.csv that `digitize run sample_docs -o OUT` writes. Prints, per document and
overall, how many numbers stand on the pages, how many were read exactly, and how many were read
where none stands. Exits 1 where fewer than 95 of 100 were read exactly. Standard library only.
"""

from __future__ import annotations

import csv
import json
import sys
from collections import Counter, defaultdict
from pathlib import Path
from typing import TypeAlias

LEAST_SHARE = 0.95
LEAST_OVERLAP = 0.1  # a reading that overlaps a number by less is of something else

Box: TypeAlias = tuple[float, float, float, float]
Number: TypeAlias = tuple[str, Box]
Pages: TypeAlias = dict[tuple[str, int], list[Number]]


def main(arguments: list[str]) -> int:
    """Print the comparison; the exit code: 0 good, 1 too few read, 2 nothing to compare."""
    if len(arguments) != 1:
        print("usage: python sample_docs/check.py OUT", file=sys.stderr)
        return 2
    table = Path(arguments[0]) / "numbers.csv"
    if not table.is_file():
        print(f"{table} is not there; run `digitize run sample_docs -o OUT` first", file=sys.stderr)
        return 2
    counts = counts_per_document(true_numbers(), read_numbers(table))
    overall = sum(counts.values(), Counter())
    print(f"{'document':<24}{'numbers':>9}{'exact':>7}{'share':>8}{'spurious':>10}")
    for name, count in [*sorted(counts.items()), ("overall", overall)]:
        print(f"{name:<24}{count['true']:>9}{count['exact']:>7}{share(count):>8.3f}"
              f"{count['spurious']:>10}")  # fmt: skip
    return 0 if share(overall) >= LEAST_SHARE else 1


def share(count: Counter[str]) -> float:
    """Return the share of true numbers that were read exactly, 0 to 1."""
    return count["exact"] / count["true"] if count["true"] else 0.0


def true_numbers() -> Pages:
    """Return the numbers that stand on each page, by document name and page."""
    pages: Pages = {}
    for path in sorted((Path(__file__).parent / "truth").glob("*.json")):
        truth = json.loads(path.read_text(encoding="utf-8"))
        numbers = [(number["text"], tuple(number["box"])) for number in truth["numbers"]]
        pages[truth["image"], truth["page"]] = numbers
    return pages


def read_numbers(table: Path) -> Pages:
    """Return the numbers that a run read on each page, by document name and page."""
    pages: Pages = defaultdict(list)
    with table.open(newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            x, y, width, height = (float(row[key]) for key in ("x", "y", "width", "height"))
            name = row["document"].replace("\\", "/").rpartition("/")[2]
            pages[name, int(row["page"])].append((row["text"], (x, y, width, height)))
    return pages


def counts_per_document(truth: Pages, readings: Pages) -> dict[str, Counter[str]]:
    """Return, per document of the truth, its numbers, those read exactly and spurious readings."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for (name, page), numbers in truth.items():
        read = readings.get((name, page), [])
        pairs = best_pairs(numbers, read)
        exact = sum(numbers[i][0] == read[j][0] for i, j in pairs)
        counts[name].update(true=len(numbers), exact=exact, spurious=len(read) - len(pairs))
    return counts


def best_pairs(numbers: list[Number], read: list[Number]) -> list[tuple[int, int]]:
    """Pair numbers with readings, the best overlaps first, each used once."""
    overlaps = sorted(
        (
            (-overlap(box, read_box), i, j)
            for i, (_, box) in enumerate(numbers)
            for j, (_, read_box) in enumerate(read)
            if overlap(box, read_box) >= LEAST_OVERLAP
        ),
    )
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for _, i, j in overlaps:
        if i not in pairs and j not in taken:
            pairs[i] = j
            taken.add(j)
    return list(pairs.items())


def overlap(a: Box, b: Box) -> float:
    """Return what two boxes share over what they cover together, 0 to 1."""
    width = min(a[0] + a[2], b[0] + b[2]) - max(a[0], b[0])
    height = min(a[1] + a[3], b[1] + b[3]) - max(a[1], b[1])
    if width <= 0 or height <= 0:
        return 0.0
    shared = width * height
    return shared / (a[2] * a[3] + b[2] * b[3] - shared)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
