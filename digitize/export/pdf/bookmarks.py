"""Numbers to review as bookmarks, each under its page, behind the bookmarks that are there.

They are linked in by hand, not by pikepdf's outline: what a bookmark of the input holds beside its
title and place, such as a colour or an action, stays as it is (ISO 32000-1, 12.3.3).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise
from math import ceil, floor
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from digitize.export.pdf.entries import dictionary_at, whole_number
from digitize.export.pdf.place import Area, View, around
from digitize.records import Number, PageResult, Status

if TYPE_CHECKING:
    from pikepdf import Object, Page, Pdf

_OWN = "/DigitizeReview"
"""The entry by which bookmarks of an earlier run are known, to be replaced."""

AROUND = 4.0
"""In heights of the number: how much of the page is shown around it, at least."""

PARTS = 12
"""Of a page's longer side: what is shown begins and ends with one, so that neighbours share it."""

MOST_ON_A_LINE = 2
"""Bookmarks of one line of writing: more numbers to review than that share one."""


class ReviewBookmarks:
    """Collects the numbers to review of one PDF, page by page, then links them in."""

    def __init__(self, pdf: Pdf) -> None:
        self._pdf = pdf
        self._pages: list[Any] = []
        self._numbers = 0

    def add(self, page: Page, result: PageResult, view: View) -> Object | None:
        """Add the numbers to review of a page; `result` is upright, as the view shows it.

        Returns the place (a PDF destination) that the first leads to; None where there is none.
        """
        doubtful = [number for number in result.numbers if number.status is Status.REVIEW]
        if not doubtful:
            return None
        shared = list(_shared(doubtful))
        self._numbers += len(doubtful)
        where = f"Page {result.number}: "
        if len(shared) == 1:
            self._pages.append(self._entry(shared[0], page, view, where))
            return self._pages[-1]["/Dest"]  # type: ignore[no-any-return]
        entries = [self._entry(numbers, page, view) for numbers in shared]
        self._pages.append(self._item(f"{where}{len(doubtful)} to review", page.obj, entries))
        first: Object = entries[0]["/Dest"]
        return first

    def link(self) -> None:
        """Put the bookmarks behind those of the PDF, in place of those of an earlier run."""
        from pikepdf import Dictionary, Name

        root = self._pdf.Root
        outlines = dictionary_at(root, "/Outlines")
        if outlines is not None:
            _unlink_own(outlines)
        if not self._pages:
            return
        if outlines is None:
            root["/Outlines"] = self._pdf.make_indirect(Dictionary(Type=Name.Outlines))
        first = self._pages[0]["/Dest"][0]
        item = self._item(f"To review: {self._numbers}", first, self._pages)
        item[_OWN] = True
        _append(root["/Outlines"], item)

    def _entry(self, numbers: Sequence[Number], page: Page, view: View, where: str = "") -> Object:
        from pikepdf import Array, Dictionary, Name, String

        shown = _shown_around([view.place(number.box) for number in numbers], view)
        title = ", ".join(f"{one.text} ({int(100 * one.confidence)} %)" for one in numbers)
        place = Array([page.obj, Name.FitR, *shown])
        return self._pdf.make_indirect(Dictionary(Title=String(where + title), Dest=place))

    def _item(self, title: str, page: Object, children: Sequence[Any]) -> Any:
        """Return a closed bookmark that leads to a page and has children."""
        from pikepdf import Array, Dictionary, Name, String

        item = self._pdf.make_indirect(
            Dictionary(Title=String(title), Dest=Array([page, Name.Fit]))
        )
        for before, after in pairwise(children):
            before["/Next"], after["/Prev"] = after, before
        for child in children:
            child["/Parent"] = item
        item["/First"], item["/Last"] = children[0], children[-1]
        item["/Count"] = -len(children)
        return item


def _shared(numbers: Iterable[Number]) -> Iterator[list[Number]]:
    """Yield the numbers of each bookmark, those to review of one page in reading order."""
    for _, line in groupby(numbers, attrgetter("line")):
        together = list(line)
        if len(together) > MOST_ON_A_LINE:
            yield together
        else:
            yield from ([number] for number in together)


def _shown_around(areas: Sequence[Area], view: View) -> list[int]:
    """Return the (left, bottom, right, top) in user space of what is seen around numbers."""
    part = max(view.width, view.height) / PARTS
    seen = around([area.grown(AROUND * area.height) for area in areas])
    left, bottom = (part * floor(max(edge, 0) / part) for edge in (seen.left, seen.bottom))
    right, top = (part * ceil(edge / part) for edge in (seen.right, seen.top))
    return view.in_user_space(Area(left, bottom, min(right, view.width), min(top, view.height)))


def _append(outlines: Any, item: Any) -> None:
    """Link the item in as the last of the outline's own."""
    item["/Parent"] = outlines
    last = _last_of(outlines)
    if last is None:
        outlines["/First"] = item
    else:
        last["/Next"], item["/Prev"] = item, last
    outlines["/Last"] = item
    _count(outlines, 1)


def _last_of(outlines: Any) -> Any:
    """Return the outline's last bookmark of its own, found from the first where it is not told."""
    last = dictionary_at(outlines, "/Last")
    item, seen = dictionary_at(outlines, "/First"), set()
    while last is None and item is not None:
        seen.add(item.objgen)
        after = dictionary_at(item, "/Next")
        if after is None or after.objgen in seen:  # a damaged list may run in circles
            last = item
        item = after
    return last


def _unlink_own(outlines: Any) -> None:
    """Take out the bookmark that an earlier run left, which is the last."""
    last = dictionary_at(outlines, "/Last")
    if last is None or _OWN not in last:
        return
    before = dictionary_at(last, "/Prev")
    if before is None:
        del outlines["/First"], outlines["/Last"]
    else:
        del before["/Next"]
        outlines["/Last"] = before
    _count(outlines, -1)


def _count(outlines: Any, more: int) -> None:
    """Let the outline count `more` bookmarks that are seen; it has no count where none is open."""
    count = whole_number(outlines.get("/Count", 0)) + more
    if count > 0:
        outlines["/Count"] = count
    elif "/Count" in outlines:
        del outlines["/Count"]
