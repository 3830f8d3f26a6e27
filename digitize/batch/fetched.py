"""Documents of a store in the hands of the writers, which know nothing of stores."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from digitize.batch.content import changed, check_content, content_hash
from digitize.batch.left_contents import LeftContent
from digitize.errors import UnreadableInput, UsageError
from digitize.export import PDF_FORMATS
from digitize.load import AtHand, InputDocument, PassedOver, RemoteFile
from digitize.load.addresses import LEFT_OUT
from digitize.load.find_remote import find_remote
from digitize.records import NOT_AT_HAND, DocumentResult, Outcome, PageResult

SHOW_THE_ORIGINAL = frozenset({*PDF_FORMATS, "xlsx", "html"})
"""Formats that show the pages themselves: the PDFs need them, the others have gaps without."""

SIGNED = (
    "What its address asks for may be a secret and was not kept: have the run itself write these "
    "formats, by its own command with --resume"
)


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


def found_again(result: DocumentResult, held: LeftContent, at_hand: AtHand) -> DocumentResult:
    """Return a result that was read back with its document at hand, as it was when it was read.

    held: what the document held then. UnreadableInput where it is gone, was changed or cannot be
    fetched. One that its store calls another by now, as one that was touched, or of which it tells
    nothing, may hold the same.
    """
    place = _place_now(result)
    if held.fetched is None:
        check_content(place, held.sha256)
    elif held.sha256 is None or content_hash(place) != held.sha256:
        check_fetched(place, held.fetched, at_hand)
    return replace(result, source=at_hand(place))


def check_fetched(place: Path | RemoteFile, fetched: str, at_hand: AtHand) -> None:
    """Raise UnreadableInput where what is fetched of a document is not what was, by its SHA-256."""
    if content_hash(at_hand(place)) != fetched:
        raise changed(place)


def _place_now(result: DocumentResult) -> Path | RemoteFile:
    """Return where a document lies; of one in a store with the version that is there by now."""
    if result.origin is None:
        if _is_there(result.source):
            return result.source
    else:
        for file in _behind(result.origin):
            if isinstance(file, RemoteFile) and str(file) == result.origin:
                return file
    raise UnreadableInput(
        f"its original, {result.shown_source}, is gone",
        "Put it back, or export from the folder in which the run was started",
    )


def _behind(address: str) -> list[RemoteFile | PassedOver]:
    try:
        return [found.file for found in find_remote(address)]
    except UsageError as error:  # here one document cannot be shown, and the others can
        remedy = SIGNED if address.endswith(LEFT_OUT) else error.remedy
        raise UnreadableInput(error.cause, remedy) from error


def _is_there(source: Path) -> bool:
    """Tell whether a document can be seen: its folder may be closed, or its name too long here."""
    try:
        return source.is_file()
    except OSError:
        return False


@contextmanager
def folder_for(documents: Sequence[InputDocument]) -> Iterator[Path | None]:
    """Give a folder for what is fetched, gone at the end, if any document lies in a store."""
    if all(isinstance(document.path, Path) for document in documents):
        yield None
        return
    with TemporaryDirectory(prefix="digitize-") as name:
        yield Path(name)
