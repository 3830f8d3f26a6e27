"""One searchable PDF per document: the page as it was, text on its digits, marks to switch off.

- A picture becomes a page at its true physical size, its pixels never lossily re-encoded; a TIFF
  has the pages that were read.
- A PDF keeps all its pages, whether they were read or not, its bookmarks and its metadata; images
  keep their very bytes. A password opens it and is not set again; a signature is taken off.
- Each number is there once as text, and in lines, which are not text, on a layer of marks.
- PDF/A where that is asked for and nothing in the document stands against it.

pikepdf and Pillow are imported where they are used: the command line starts without them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, BinaryIO, ClassVar, Literal, TypeAlias

from digitize.errors import EncryptedInput, UnreadableInput
from digitize.export.atomic import inside, passing_file, whole_file
from digitize.export.pdf.archival import keep_claim, make_archival
from digitize.export.pdf.names import pdf_names
from digitize.export.pdf.overlay import lay_over
from digitize.export.pdf.pictures import pictures
from digitize.export.pdf.saving import save_pdf
from digitize.export.pdf.scan import write_scan
from digitize.export.pdf.signatures import remove_signatures
from digitize.export.writer import ExportOptions
from digitize.records import DocumentResult

if TYPE_CHECKING:
    from pikepdf import Pdf

Standard: TypeAlias = Literal["pdf", "pdfa", "pdfa3"]
"""pdfa: PDF/A-2b. pdfa3: PDF/A-3b, with what was read attached as CSV and JSON."""


class PdfWriter:
    """Writes each document's PDF as it comes; keeps nothing between documents."""

    standard: ClassVar[Standard] = "pdf"

    def __init__(
        self, out: Path, documents: Sequence[str], options: ExportOptions | None = None
    ) -> None:
        self._out = out
        self._names = pdf_names(documents)
        self._options = options or ExportOptions()
        self._cautions: tuple[str, ...] = ()

    def __enter__(self) -> PdfWriter:
        return self

    def __exit__(self, *_: object) -> None:
        return None

    def add(self, document: DocumentResult) -> tuple[str, ...]:
        """Write the document's PDF; none where a picture file has no page that was read."""
        self._cautions = ()
        if not document.pages:
            return ()
        name = str(self._names[document.document])
        path = inside(self._out, name)
        self._cautions = write_pdf(document, path, self._options, self.standard)
        return (name,)

    def cautions(self) -> tuple[str, ...]:
        """Return what the PDF that was written last does not have, in words for its owner."""
        return self._cautions


class PdfaWriter(PdfWriter):
    """Writes each document as PDF/A-2b."""

    standard = "pdfa"


class Pdfa3Writer(PdfWriter):
    """Writes each document as PDF/A-3b, its numbers and digits attached."""

    standard = "pdfa3"


def write_pdf(
    document: DocumentResult, path: Path, options: ExportOptions, standard: Standard = "pdf"
) -> tuple[str, ...]:
    """Write the searchable PDF of one document to `path`; it depends on nothing else.

    The same document gives the same bytes. Returns what its owner should know of the PDF.
    """
    from digitize.load.kinds import Kind, kind_of

    with whole_file(path) as part:
        if kind_of(document.source) is Kind.PDF:
            with _opened(document.source, options.passwords) as pdf:
                indices = [page.number - 1 for page in document.pages]
                return _overlaid(pdf, _Job(document, indices, options, standard), part)
        with passing_file(path) as scan:
            numbers = [page.number for page in document.pages]
            with scan.open("wb") as file:
                shown = pictures(document.source, numbers)
                write_scan(file, zip(document.pages, shown, strict=True))
            with _opened(scan) as pdf:
                return _overlaid(pdf, _Job(document, range(len(numbers)), options, standard), part)


@dataclass(frozen=True, slots=True)
class _Job:
    """What becomes of one open PDF; indices: from 0, of the pages that the document's lie on."""

    document: DocumentResult
    indices: Sequence[int]
    options: ExportOptions
    standard: Standard


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


def _overlaid(pdf: Pdf, job: _Job, to: Path) -> tuple[str, ...]:
    """Lay the results over their pages and save; return what is to be told of it."""
    import pikepdf

    try:
        cautions = [_OPEN] if _needs_password(pdf) else []
        cautions += [_unsigned(signer) for signer in remove_signatures(pdf)]
        lay_over(pdf, zip(job.indices, job.document.pages, strict=True), job.options)
        cautions += _archived(pdf, job)
        save_pdf(pdf, to)
    except _BROKEN as error:
        raise _unusable(error) from error
    except pikepdf.PdfError as error:
        raise _unusable(error) from error
    return tuple(cautions)


def _archived(pdf: Pdf, job: _Job) -> list[str]:
    """Make the PDF a PDF/A where that is asked for; return why it is none."""
    import pikepdf

    from digitize.export.pdf.data_files import data_files  # which needs the names of this package

    if job.standard == "pdf":
        with suppress(*_BROKEN, pikepdf.PdfError):  # of damaged metadata nothing is claimed
            keep_claim(pdf)
        return []
    attached = data_files(job.document, job.options) if job.standard == "pdfa3" else ()
    try:
        reasons = make_archival(pdf, PurePosixPath(job.document.document).name, attached)
    except (*_BROKEN, pikepdf.PdfError) as error:
        reasons = (f"it is damaged, {error}",)
    return [f"its PDF is searchable, and no PDF/A: {'; '.join(reasons)}"] if reasons else []


_BROKEN = (ValueError, TypeError, LookupError, RuntimeError, AttributeError)
"""What pikepdf raises, beside its own, where an entry is missing or of a wrong type."""


_OPEN = (
    "it opens with a password only, and its searchable PDF without one: keep that where only those "
    "can read it who may read the original"
)


def _needs_password(pdf: Pdf) -> bool:
    if not pdf.is_encrypted:
        return False
    return bool(pdf.encryption.user_password) or not pdf.user_password_matched


def _unsigned(signer: str) -> str:
    return (
        f"it is signed by {signer}, and its searchable PDF is an unsigned copy: the signature is "
        "that of the original, which is unchanged"
    )


def _unusable(error: Exception) -> UnreadableInput:
    return UnreadableInput(
        f"no searchable PDF can be made of it ({error})",
        "Check that the file is still there and opens in a viewer, then export again",
    )
