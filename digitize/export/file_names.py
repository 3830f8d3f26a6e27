"""Which file belongs to which document in a format that has one per document."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import count
from pathlib import PurePosixPath

from digitize.export.pdf.names import RESERVED, folded, pdf_names


def file_names(documents: Iterable[str], suffix: str) -> dict[str, PurePosixPath]:
    """Return each document's file that ends with `suffix`, relative to the output folder.

    It is named as the document's PDF: `a/scan.jpg` has `a/scan.pdf` and `a/scan.json`. A name that
    belongs to a folder or to the run itself, as `report.json`, becomes `report (2).json`. The order
    of `documents` does not matter.
    """
    stems = {name: _without_suffix(path) for name, path in sorted(pdf_names(documents).items())}
    wanted = {folded(_with(stem, suffix)) for stem in stems.values()}
    taken = {folded(folder) for stem in stems.values() for folder in stem.parents} | RESERVED
    names = {}
    for name, stem in stems.items():
        path = _with(stem, suffix)
        if folded(path) in taken:
            numbered = (_with(stem, f" ({number}){suffix}") for number in count(2))
            path = next(free for free in numbered if folded(free) not in taken | wanted)
            taken.add(folded(path))
        names[name] = path
    return names


def _without_suffix(pdf: PurePosixPath) -> PurePosixPath:
    return pdf.with_name(pdf.name.removesuffix(".pdf"))


def _with(stem: PurePosixPath, suffix: str) -> PurePosixPath:
    return stem.with_name(stem.name + suffix)
