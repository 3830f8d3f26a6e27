"""Read pages with RapidOCR, in its own environment: `python rapidocr_pages.py LIST [THREADS]`.

LIST names a page a line. Prints how many texts each page holds.
"""

from __future__ import annotations

import sys
from pathlib import Path

from rapidocr_onnxruntime import RapidOCR


def main(listed: str, threads: str = "-1") -> None:
    """Read every page of the list with so many threads; -1 leaves the choice to RapidOCR."""
    read = RapidOCR(intra_op_num_threads=int(threads))
    for name in Path(listed).read_text(encoding="utf-8").splitlines():
        texts, _ = read(name)
        print(len(texts or ()), name)


if __name__ == "__main__":
    main(*sys.argv[1:])
