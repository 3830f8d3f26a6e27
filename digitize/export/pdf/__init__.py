"""One searchable PDF per document: the page as it was, text on its digits, marks to switch off.

- A picture becomes a page at its true physical size, its pixels never lossily re-encoded; a TIFF
  has the pages that were read.
- A PDF keeps all its pages, whether they were read or not, its bookmarks and its metadata; images
  keep their very bytes. A password opens it and is not set again.
- Each number is there once as text, and in lines, which are not text, on a layer of marks.

pikepdf and Pillow are imported where they are used: the command line starts without them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from digitize.errors import EncryptedInput, UnreadableInput
from digitize.export.atomic import PatientFile, inside, passing_file, whole_file
from digitize.export.pdf.names import pdf_names
from digitize.export.pdf.overlay import lay_over
from digitize.export.pdf.pictures import pictures
from digitize.export.pdf.scan import write_scan
from digitize.export.writer import ExportOptions
from digitize.records import DocumentResult

if TYPE_CHECKING:
    from pikepdf import Pdf

LAYERS_SINCE = "1.5"
"""The version of PDF that brought layers to switch off (optional content)."""


class PdfWriter:
    """Writes each document's PDF as it comes; keeps nothing between documents."""

    def __init__(
        self, out: Path, documents: Sequence[str], options: ExportOptions | None = None
    ) -> None:
        self._out = out
        self._names = pdf_names(documents)
        self._options = options or ExportOptions()

    def __enter__(self) -> PdfWriter:
        return self

    def __exit__(self, *_: object) -> None:
        return None

    def add(self, document: DocumentResult) -> tuple[str, ...]:
        """Write the document's PDF; none where a picture file has no page that was read."""
        if not document.pages:
            return ()
        name = str(self._names[document.document])
        write_pdf(document, inside(self._out, name), self._options)
        return (name,)


def write_pdf(document: DocumentResult, path: Path, options: ExportOptions) -> None:
    """Write the searchable PDF of one document to `path`; it depends on nothing else.

    The same document gives the same bytes.
    """
    from digitize.load.kinds import Kind, kind_of

    with whole_file(path) as part:
        if kind_of(document.source) is Kind.PDF:
            with _opened(document.source, options.passwords) as pdf:
                _overlaid(
                    pdf, document, [page.number - 1 for page in document.pages], options, part
                )
            return
        with passing_file(path) as scan:
            numbers = [page.number for page in document.pages]
            with scan.open("wb") as file:
                shown = pictures(document.source, numbers)
                write_scan(file, zip(document.pages, shown, strict=True))
            with _opened(scan) as pdf:
                _overlaid(pdf, document, range(len(numbers)), options, part)


@contextmanager
def _opened(source: Path, passwords: Sequence[str] = ()) -> Iterator[Pdf]:
    """Open a PDF, trying no password first, then each in turn.

    As a stream, for pikepdf takes no file name that is not UTF-8.
    """
    with ExitStack() as stack:
        try:
            stream = stack.enter_context(source.open("rb"))
        except OSError as error:
            raise _unusable(error) from error
        yield stack.enter_context(_unlocked(stream, passwords))


def _unlocked(stream: BinaryIO, passwords: Sequence[str]) -> Pdf:
    import pikepdf

    for password in ("", *passwords):
        try:
            return pikepdf.open(stream, password=password)
        except pikepdf.PasswordError:
            stream.seek(0)
        except (pikepdf.PdfError, OSError) as error:
            raise _unusable(error) from error
    raise EncryptedInput("it needs a password", "Give it with --password-file")


def _overlaid(
    pdf: Pdf, document: DocumentResult, indices: Sequence[int], options: ExportOptions, to: Path
) -> None:
    """Lay the results over the pages at `indices`, from 0, and save; streams stay as they are."""
    import pikepdf

    try:
        lay_over(
            pdf,
            zip(indices, document.pages, strict=True),
            marks=options.marks,
            review_below=options.review_below,
        )
        with to.open("wb") as file, PatientFile(file) as patient:
            pdf.save(
                patient,
                min_version=LAYERS_SINCE,
                fix_metadata_version=False,
                stream_decode_level=pikepdf.StreamDecodeLevel.none,
                compress_streams=False,
                deterministic_id=True,
            )
    except (pikepdf.PdfError, ValueError, TypeError, LookupError, RuntimeError) as error:
        raise _unusable(error) from error


def _unusable(error: Exception) -> UnreadableInput:
    return UnreadableInput(
        f"no searchable PDF can be made of it ({error})",
        "Check that the file is still there and opens in a viewer, then export again",
    )
