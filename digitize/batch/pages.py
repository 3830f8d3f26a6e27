"""The pages of a document as they lie in a journal: read when they are asked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import cast, overload

from digitize.batch.journal_lines import PagePlace
from digitize.records import PageResult

KEPT = 32  # pages of a document that are held in memory at once; a longer one is read again


class PagesInJournal(Sequence[PageResult]):
    """Pages at `places`, each read when it is asked for, so that a long document stays on disk."""

    def __init__(
        self, places: Sequence[PagePlace], read: Callable[[PagePlace], PageResult]
    ) -> None:
        self._places, self._read = tuple(places), read

    def __len__(self) -> int:
        return len(self._places)

    @overload
    def __getitem__(self, at: int) -> PageResult: ...
    @overload
    def __getitem__(self, at: slice) -> PagesInJournal: ...
    def __getitem__(self, at: int | slice) -> PageResult | PagesInJournal:
        if isinstance(at, slice):
            return PagesInJournal(self._places[at], self._read)
        return self._read(self._places[at])


def pages_at(
    places: Sequence[PagePlace], read: Callable[[PagePlace], PageResult]
) -> tuple[PageResult, ...]:
    """Return the pages at `places`: in memory where they are few, else left in the journal."""
    if len(places) <= KEPT:
        return tuple(map(read, places))
    return cast("tuple[PageResult, ...]", PagesInJournal(places, read))  # used as a sequence alone
