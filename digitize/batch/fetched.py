"""Documents of a store in the hands of the writers, which know nothing of stores."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from digitize.errors import UnreadableInput, UsageError
from digitize.export import PDF_FORMATS
from digitize.load import AtHand, InputDocument, RemoteFile
from digitize.records import NOT_AT_HAND, DocumentResult, Outcome, PageResult

SHOW_THE_ORIGINAL = frozenset({*PDF_FORMATS, "xlsx", "html"})
"""Formats that show the pages themselves: the PDFs need them, the others have gaps without."""


def result_of(document: InputDocument, pages: tuple[PageResult, ...]) -> DocumentResult:
    """Return what was read of a document; one of a store is not at hand yet."""
    place = document.path
    if isinstance(place, RemoteFile):
        return DocumentResult(document.name, NOT_AT_HAND, pages, origin=str(place))
    return DocumentResult(document.name, place, pages)


def with_original(
    result: DocumentResult, document: InputDocument, formats: Sequence[str], at_hand: AtHand
) -> DocumentResult:
    """Return the result with its document at hand, if one of `formats` shows it.

    UnreadableInput where it cannot be fetched.
    """
    if isinstance(document.path, Path) or SHOW_THE_ORIGINAL.isdisjoint(formats):
        return result
    return replace(result, source=at_hand(document.path))


def shown_in(
    outcome: Outcome, document: InputDocument, formats: Sequence[str], at_hand: AtHand
) -> Outcome:
    """Return the outcome with its document at hand where that can be, for files of the whole run.

    Else they have gaps for its pictures, as where a file on the disk has gone.
    """
    if outcome.result:
        with suppress(UnreadableInput):
            found = with_original(outcome.result, document, formats, at_hand)
            return replace(outcome, result=found)
    return outcome


def found_again(result: DocumentResult, formats: Iterable[str], at_hand: AtHand) -> DocumentResult:
    """Return a result that was read back with its document at hand, if one of `formats` shows it.

    As it was given where it came from this machine, or cannot be fetched.
    """
    if result.origin and not SHOW_THE_ORIGINAL.isdisjoint(formats):
        address = result.origin
        with suppress(UnreadableInput, UsageError):
            place = RemoteFile(address, path="", shown=address, version="")
            return replace(result, source=at_hand(place))
    return result


@contextmanager
def folder_for(documents: Sequence[InputDocument]) -> Iterator[Path | None]:
    """Give a folder for what is fetched, gone at the end, if any document lies in a store."""
    if all(isinstance(document.path, Path) for document in documents):
        yield None
        return
    with TemporaryDirectory(prefix="digitize-") as name:
        yield Path(name)
