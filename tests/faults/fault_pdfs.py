"""PDFs that are damaged, locked, endless, or drawn in an odd way."""

from __future__ import annotations

import re
import zlib
from pathlib import Path

import pikepdf
from fault import HEIGHT, NUMBERS, WIDTH, Draw, Fault, content, cut, read, refused
from fault_pdf_pages import (
    ACROSS,
    UP,
    WHOLE_PAGE,
    boxed,
    group4,
    jbig2,
    jpeg,
    jpeg2000,
    locked,
    replaced,
    scan,
    stored,
    three_pages,
    with_entry,
)
from fault_tiffs import one_bit
from pikepdf import Array, Dictionary, Name, Pdf

PASSWORD = "sesame"  # stands in the suite's password file


def endless_form(pdf: Pdf) -> None:
    """Let the page show a form that shows itself."""
    form = pdf.make_stream(b"/Fm0 Do", Subtype=Name.Form, BBox=Array([0, 0, ACROSS, UP]))
    form = pdf.make_indirect(form)
    form.Resources = Dictionary(XObject=Dictionary(Fm0=form))
    pdf.pages[0].Resources.XObject.Fm0 = form
    pdf.pages[0].Contents = pdf.make_stream(b"q " + WHOLE_PAGE + b" Q /Fm0 Do")


def cut_scan(pdf: Pdf) -> None:
    """Leave half of the second page's scan."""
    pdf.pages[1].Resources.XObject.Im0.write(jpeg()[:2000], filter=Name.DCTDecode)


def written_text(font: Dictionary) -> Draw:
    """Return what writes a number in a font."""

    def draw(path: Path) -> None:
        with pikepdf.new() as pdf:
            page = pdf.add_blank_page(page_size=(ACROSS, UP))
            page.Resources = Dictionary(Font=Dictionary(F1=font))
            page.Contents = pdf.make_stream(f"BT /F1 12 Tf 15 14 Td ({NUMBERS[0]}) Tj ET".encode())
            pdf.save(path)

    return draw


def broken_xref(path: Path) -> None:
    """Write a PDF whose table of objects points nowhere."""
    scan()(path)
    head, table = path.read_bytes().rsplit(b"xref\n0", 1)
    path.write_bytes(head + b"xref\n0" + re.sub(rb"\d{10} 00000 n", b"0000999999 00000 n", table))


def no_pages(path: Path) -> None:
    """Write a PDF without pages."""
    with pikepdf.new() as pdf:
        pdf.save(path)


def circle(pdf: Pdf) -> None:
    """Let the tree of pages hold itself."""
    pdf.Root.Pages.Kids.append(pdf.Root.Pages)
    pdf.Root.Pages.Count = 1_000_000


NO_FONT = Dictionary(Type=Name.Font, Subtype=Name.TrueType, BaseFont=Name("/NoSuchFont"))
FAX = Dictionary(K=-1, Columns=WIDTH, Rows=HEIGHT)
BLACK_AND_WHITE = {"BitsPerComponent": 1, "ColorSpace": Name.DeviceGray}
NO_PDF = "no searchable PDF can be made of it"  # whose pages its libraries number otherwise

DAMAGED_PDFS = (
    refused("truncated.pdf", cut(scan()), "ends early"),
    refused("head-only.pdf", content(b"%PDF-1.7\n"), "ends early"),
    refused("really-text.pdf", content(b"Dear Sir,\n"), "it seems to be text"),
    refused("empty.pdf", content(b""), "the file is empty"),
    refused("no-pages.pdf", no_pages, "has no pages"),
    read("broken-xref.pdf", broken_xref),
    Fault("circle.pdf", scan(circle), (1,), refused=(NO_PDF,)),
    refused("no-trailer.pdf", replaced(scan(), b"trailer", b"nothing"), "damaged"),
    Fault("cut-scan.pdf", three_pages(cut_scan), (1, 3), refused=("truncated",)),
    Fault(
        "bad-page.pdf",
        replaced(three_pages(), b" 4 0 R ", b" 99 0 R "),
        (1, 3),
        refused=("damaged", NO_PDF),
    ),
    Fault(
        "pages-hidden.pdf",
        replaced(three_pages(), b"/Count 3", b"/Count 1"),
        (1,),
        refused=("damaged", "damaged"),
    ),
    Fault(
        "pages-invented.pdf",
        replaced(scan(), b"/Count 1", b"/Count 999999"),
        (1,),
        refused=("damaged",) * 4,
    ),
)
LOCKED = (
    refused("locked.pdf", locked("unknown"), "none of the passwords given opens it"),
    read("unlocked.pdf", locked(PASSWORD)),
    read("owned.pdf", locked("")),
)
DRAWN = (
    read("really-a-pdf.tif", scan()),
    read("jpx.pdf", stored(Name.JPXDecode, jpeg2000)),
    read("fax.pdf", stored(Name.CCITTFaxDecode, group4, DecodeParms=FAX, **BLACK_AND_WHITE)),
    read("jbig2.pdf", stored(Name.JBIG2Decode, jbig2, **BLACK_AND_WHITE)),
    read(
        "flate.pdf", stored(Name.FlateDecode, lambda: zlib.compress(one_bit()), **BLACK_AND_WHITE)
    ),
    read("endless-form.pdf", scan(endless_form)),
    Fault("font-missing.pdf", written_text(NO_FONT), (1,), blank=True),
    read("turned-45.pdf", with_entry("Rotate", 45)),
    read("box-inverted.pdf", boxed(ACROSS, UP, 0, 0)),
    Fault("box-zero.pdf", boxed(0, 0, 0, 0), (1,), blank=True),
    Fault("box-negative.pdf", boxed(-ACROSS, -UP, 0, 0), (1,), blank=True),
)
PDFS = (*DAMAGED_PDFS, *LOCKED, *DRAWN)
