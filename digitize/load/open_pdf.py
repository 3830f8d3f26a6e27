"""Opening a PDF: complete, with a password that fits, or a reason why not."""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pypdfium2 as pdfium
import pypdfium2.raw as c

from digitize.errors import EncryptedInput, UnreadableInput
from digitize.load.facts import Facts, count_pages, is_own_result, open_facts

# Without a handler, Python prints what these log on the user's screen.
for _library in ("pypdfium2", "pikepdf"):
    logging.getLogger(_library).addHandler(logging.NullHandler())

_TAIL_BYTES = 65536  # mail programs and scanners append some, so look further than pdfium's 4096
_LEAST_PAGE_BYTES = 8  # of a page in a file: it takes more only to be listed
_START_XREF = re.compile(rb"startxref\s+(\d+)")
_NEW_OBJECT = re.compile(rb"\d+\s+\d+\s+obj\b")


@dataclass(frozen=True, slots=True)
class OpenPdf:
    """An open PDF: for pdfium, and its dictionaries for what pdfium does not tell.

    count: of its pages, damaged ones too.
    """

    path: Path
    password: str | None
    pdf: pdfium.PdfDocument
    facts: Facts
    count: int


@contextmanager
def open_pdf(path: Path, passwords: tuple[str, ...]) -> Iterator[OpenPdf]:
    """Open the PDF at `path` and close it at the end.

    UnreadableInput where it is truncated, damaged or without pages; EncryptedInput where none of
    `passwords`, nor the empty one, opens it.
    """
    _check_end(path)
    pdf, password = _unlock(path, passwords)
    try:
        pdf.init_forms()  # before the first page is opened, or filled-in fields are not drawn
        with open_facts(path, password) as facts:
            count, agree = _count_pages(path, len(pdf), count_pages(facts))
            if count < 1:
                raise UnreadableInput("the PDF has no pages", "Make it again from its source.")
            if is_own_result(facts):
                raise UnreadableInput(
                    "digitize made this PDF: its marks would be read as numbers",
                    "Give the original document instead.",
                )
            yield OpenPdf(path, password, pdf, facts if agree else None, count)
    finally:
        pdf.close()


def _count_pages(path: Path, shown: int, found: tuple[int, int] | None) -> tuple[int, bool]:
    """Return how many pages a PDF has, and whether both libraries number them alike.

    shown: what pdfium says, which believes the file. found: pages and objects that qpdf met. Pages
    that one of the two misses count, to be reported, but no more than there is anything to be.
    """
    if found is None:
        return min(shown, path.stat().st_size // _LEAST_PAGE_BYTES), False
    pages, objects = found
    return max(pages, min(shown, objects)), pages == shown


def _check_end(path: Path) -> None:
    """Refuse a truncated PDF: pdfium would guess at its pages, and show half of the last one."""
    with path.open("rb") as file:
        size = file.seek(0, 2)
        file.seek(max(0, size - _TAIL_BYTES))
        tail = file.read()
    ends = list(_START_XREF.finditer(tail))
    # 0 stands at the head of a PDF made for the web, whose true end comes last; and an object
    # behind the end belongs to a later version, which would have an end of its own.
    if not ends or int(ends[-1][1]) == 0 or _NEW_OBJECT.search(tail, ends[-1].end()):
        raise UnreadableInput(
            "the PDF ends early: it is truncated or damaged", "Copy or scan it again."
        )


def _unlock(path: Path, passwords: tuple[str, ...]) -> tuple[pdfium.PdfDocument, str | None]:
    """Open a PDF with the first password that fits; None is the password of an open one."""
    for password in (None, *passwords):
        # By hand: pypdfium2 refuses PDFs without pages, and does not tell that from other faults.
        handle = c.FPDF_LoadDocument(os.fsencode(path), (password or "").encode("utf-8", "replace"))
        if handle:
            return pdfium.PdfDocument(handle), password
        reason = c.FPDF_GetLastError()
        if reason != c.FPDF_ERR_PASSWORD:
            raise _why_closed(reason)
    given = "none of the passwords given opens it" if passwords else "it needs a password"
    raise EncryptedInput(
        f"the PDF is encrypted, and {given}", "Give its password with --password-file."
    )


def _why_closed(reason: int) -> UnreadableInput:
    if reason == c.FPDF_ERR_SECURITY:
        return EncryptedInput(
            "the PDF is encrypted in a way that cannot be read", "Save a copy without protection."
        )
    return UnreadableInput(
        "the PDF is damaged and cannot be opened", "Copy or scan it again, or repair it with qpdf."
    )
