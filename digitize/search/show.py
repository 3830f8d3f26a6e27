"""Pictures of hits: what stands around a number on its page, with a box about the number."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from pathlib import Path

from digitize.export.framed import framed
from digitize.export.originals import Original, cut_out, load_originals
from digitize.search.find import Hit
from digitize.search.own_pictures import clear, write_png

MARGIN = (8.0, 4.0)  # beside and above, in heights of the number: its row, and those next to it
LARGEST = (1600, 900)  # width, height in pixels, at most: a screen


def draw_hits(
    hits: Sequence[Hit],
    folder: Path,
    passwords: Sequence[str] = (),
    changed: Collection[str] = (),
) -> list[str | None]:
    """Write hit-001.png and so on into `folder`; return each hit's file name, in their order.

    Pictures of an earlier search go first, and nothing else that is in the folder. None for a hit
    whose document is gone, is protected, has another shape now or is named in `changed`. Each page
    is loaded once. UsageError where `folder` is none or holds another's hit-001.png;
    OutputNotWritable where it cannot take them.
    """
    clear(folder)
    on_page: dict[Original, list[int]] = defaultdict(list)
    for count, hit in enumerate(hits):
        if hit.document not in changed:
            on_page[hit.place].append(count)
    names: list[str | None] = [None] * len(hits)
    in_order = sorted(on_page, key=lambda place: (str(place.source), place.number))
    for place, page in load_originals(in_order, passwords):
        for count in on_page[place]:
            crop = cut_out(page, place, hits[count].box, MARGIN)
            if crop:
                names[count] = f"hit-{count + 1:03d}.png"
                write_png(folder / f"hit-{count + 1:03d}.png", framed(crop, LARGEST))
    return names
