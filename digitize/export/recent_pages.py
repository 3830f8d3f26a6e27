"""The pages loaded last, for the next format that shows them too."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from pathlib import Path

from digitize.records import Page

MOST_PIXELS = 36_000_000
"""Of all pages that are kept, 108 MB: four A4 pages at 300 dpi, or a large one alone."""


class RecentPages:
    """Pages by what they were loaded from; the oldest go where there are too many."""

    def __init__(self, most_pixels: int = MOST_PIXELS) -> None:
        self._most = most_pixels
        self._pages: OrderedDict[Hashable, Page] = OrderedDict()

    def get(self, key: Hashable) -> Page | None:
        """Return the page that was kept under `key`, if it is still there."""
        return self._pages.get(key)

    def keep(self, key: Hashable, page: Page) -> None:
        """Keep a page, unless it is too large; older ones may go for it."""
        if _pixels(page) > self._most:
            return
        self._pages[key] = page
        while sum(map(_pixels, self._pages.values())) > self._most:
            self._pages.popitem(last=False)


def stamp(path: Path) -> Hashable:
    """Return what tells a file from another and from itself once it was changed.

    OSError where it is gone.
    """
    found = path.stat()
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns


def _pixels(page: Page) -> int:
    height, width = page.pixels.shape[:2]
    return int(height * width)
