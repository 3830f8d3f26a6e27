"""PDFs as they come from scanners, offices and archives, each with what stands on its pages.

Every one shows the bars of `export_pages`, drawn where the records say. What is turned, cropped,
scaled or packed in an odd way is so in the PDF alone.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pikepdf
from export_pages import DPI, HEIGHT, NUMBERS, WIDTH, drawn, page
from packed_pictures import cmyk_jpeg, fax, flate_rgb, jpeg, lzw_grey, raw_grey
from pikepdf import Array, Dictionary, Name, Object, Pdf, String

from digitize.export.pdf.upright import turned_box, turned_size
from digitize.records import PageResult

POINTS = (WIDTH * 72 / DPI, HEIGHT * 72 / DPI)
PASSWORD = "correct horse"
Pack = Callable[[Pdf, object], Object]


@dataclass(frozen=True)
class Awkward:
    """A PDF with the results of all its pages; passwords: what may open it."""

    path: Path
    pages: tuple[PageResult, ...]
    passwords: tuple[str, ...] = ()


def add_scan(
    pdf: Pdf,
    *,
    rotate: int = 0,
    offset: tuple[float, float] | None = None,
    unit: float = 1.0,
    scale: float = 1.0,
    turn: int = 0,
    pack: Pack = jpeg,
) -> None:
    """Add a page that shows `drawn()` upright at /Rotate, or on its side by `turn` right angles.

    offset: where the crop box begins, within a larger media box. unit: the page's UserUnit.
    scale: how much larger than at DPI.
    """
    seen = drawn().rotate(90 * turn, expand=True)  # anticlockwise: clockwise puts it right again
    stored = seen.rotate(rotate, expand=True)
    across, down = (side * 72 / DPI / unit * scale for side in stored.size)
    left, bottom = offset or (0.0, 0.0)
    pdf.add_blank_page()
    obj = pdf.pages[-1].obj
    obj.MediaBox = Array([left, bottom, left + across, bottom + down])
    image = pack(pdf, stored)
    obj.Resources = Dictionary(XObject=Dictionary(Im=image))
    drawing = f"q {across} 0 0 {down} {left} {bottom} cm /Im Do Q"
    obj.Contents = pdf.make_stream(drawing.encode())
    obj.Rotate = rotate
    if offset is not None:
        obj.MediaBox = Array([left - 40, bottom - 60, left + across + 30, bottom + down + 90])
        obj.CropBox = Array([left, bottom, left + across, bottom + down])
    if unit != 1:
        obj.UserUnit = unit


def sideways(result: PageResult, turn: int) -> PageResult:
    """The result of an upright page, on the page that has to be turned by `turn` to look so."""
    back = -turn % 4

    def moved(item: object) -> object:
        return replace(item, box=turned_box(item.box, result.width, result.height, back))

    numbers = tuple(
        replace(moved(number), digits=tuple(map(moved, number.digits))) for number in result.numbers
    )
    width, height = turned_size(result.width, result.height, back)
    return replace(result, width=width, height=height, numbers=numbers, turn=turn)


def one_scan(**how: object) -> Callable[[Pdf], tuple[PageResult, ...]]:
    def build(pdf: Pdf) -> tuple[PageResult, ...]:
        add_scan(pdf, **how)
        return (sideways(page(), how.get("turn", 0)),)

    return build


def mixed_sizes(pdf: Pdf) -> tuple[PageResult, ...]:
    """Portrait, landscape by /Rotate with its writing on its side, twice and a quarter as large."""
    add_scan(pdf)
    add_scan(pdf, rotate=270, turn=1)
    add_scan(pdf, scale=2, pack=flate_rgb)
    add_scan(pdf, scale=0.25, offset=(9, 9))
    turns = (0, 1, 0, 0)
    return tuple(replace(sideways(page(), turn), number=n) for n, turn in enumerate(turns, 1))


def several_images(pdf: Pdf) -> tuple[PageResult, ...]:
    """The page cut into three strips, as some scanners store it."""
    add_scan(pdf)
    obj, whole = pdf.pages[-1].obj, drawn()
    across, down = POINTS
    edges = (0, 130, 301, HEIGHT)
    drawing = ""
    images = Dictionary()
    for place, (top, bottom) in enumerate(pairwise(edges)):
        images[f"/S{place}"] = flate_rgb(pdf, whole.crop((0, top, WIDTH, bottom)))
        high = (bottom - top) / HEIGHT * down
        drawing += f"q {across} 0 0 {high} 0 {down * (1 - bottom / HEIGHT)} cm /S{place} Do Q\n"
    obj.Resources = Dictionary(XObject=images)
    obj.Contents = pdf.make_stream(drawing.encode())
    return (page(),)


def vector_page(pdf: Pdf) -> tuple[PageResult, ...]:
    """No picture at all: bars filled as rectangles, in contents that leave a state open."""
    pdf.add_blank_page(page_size=POINTS)
    scale = 72 / DPI
    paths = "".join(
        f"{d.box.x * scale} {(HEIGHT - d.box.bottom) * scale} {d.box.width * scale} "
        f"{d.box.height * scale} re f\n"
        for number in NUMBERS
        for d in number.digits
    )
    pdf.pages[-1].obj.Contents = pdf.make_stream(f"q .1 .1 .3 rg\n{paths}".encode())
    return (page(),)


def inline_image(pdf: Pdf) -> tuple[PageResult, ...]:
    """The scan within the page's contents, between BI and EI."""
    add_scan(pdf)
    across, down = POINTS
    grey = np.asarray(drawn().convert("L").resize((WIDTH // 2, HEIGHT // 2)))
    entries = f"/W {WIDTH // 2} /H {HEIGHT // 2} /CS /G /BPC 8 /F /AHx"
    head = f"q {across} 0 0 {down} 0 0 cm BI {entries} ID "
    contents = head.encode() + grey.tobytes().hex().encode() + b"> EI Q"
    pdf.pages[-1].obj.Contents = pdf.make_stream(contents)
    pdf.pages[-1].obj.Resources = Dictionary()
    return (page(),)


def ocr_layer(pdf: Pdf) -> tuple[PageResult, ...]:
    """An earlier program's text: words in a font that is not embedded, invisible."""
    add_scan(pdf)
    obj = pdf.pages[-1].obj
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    obj.Resources.Font = Dictionary(F1=pdf.make_indirect(font))
    text = b"BT 3 Tr /F1 12 Tf 30 20 Td (total of the class) Tj ET"
    obj.Contents = Array([obj.Contents, pdf.make_stream(text)])
    return (page(),)


def annotations(pdf: Pdf) -> tuple[PageResult, ...]:
    """A link, a note and a square with an appearance of its own."""
    add_scan(pdf, rotate=90)
    form = pdf.make_stream(b"1 0 0 RG 2 w 2 2 36 26 re S")
    form.Type, form.Subtype, form.BBox = Name.XObject, Name.Form, Array([0, 0, 40, 30])
    common = {"Type": Name.Annot, "F": 4}
    square = Dictionary(
        Subtype=Name.Square, Rect=Array([200, 100, 240, 130]), AP=Dictionary(N=form), **common
    )
    note = Dictionary(
        Subtype=Name.Text, Rect=Array([20, 20, 40, 40]), Contents=String("42?"), **common
    )
    link = Dictionary(Subtype=Name.Link, Rect=Array([50, 50, 90, 70]), Border=Array([0, 0, 0]))
    link.A = Dictionary(S=Name.URI, URI=String("https://example.org/"))
    pdf.pages[-1].obj.Annots = Array([pdf.make_indirect(one) for one in (square, note, link)])
    return (page(),)


def outline(pdf: Pdf) -> tuple[PageResult, ...]:
    """Bookmarks, one within another, and a closed one."""
    for _ in range(2):
        add_scan(pdf)
    with pdf.open_outline() as bookmarks:
        first = pikepdf.OutlineItem("Class A", 0)
        first.children.append(pikepdf.OutlineItem("Mathematics", 1))
        first.is_closed = True
        bookmarks.root.extend([first, pikepdf.OutlineItem("Class B", 1)])
    return (page(), page(count=2))


def shared_attributes(pdf: Pdf) -> tuple[PageResult, ...]:
    """Two pages that have their size, their turn, their contents and resources from above."""
    for _ in range(2):
        add_scan(pdf, rotate=180, offset=(-25.5, 12.25))
    first, second = (one.obj for one in pdf.pages)
    second.Contents = first.Contents
    for key in ("/Resources", "/MediaBox", "/CropBox", "/Rotate"):
        pdf.Root.Pages[key] = first[key]
        del first[key], second[key]
    return (page(), page(count=2))


def layers(pdf: Pdf) -> tuple[PageResult, ...]:
    """Layers of its own, one of them hidden, all off unless they are listed."""
    add_scan(pdf)
    shown, hidden = (
        pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String(name))) for name in ("scan", "grid")
    )
    obj = pdf.pages[-1].obj
    obj.Resources.Properties = Dictionary(L0=shown, L1=hidden)
    grid = pdf.make_stream(b"/OC /L1 BDC 1 0 0 rg 0 0 300 300 re f EMC")
    obj.Contents = Array([obj.Contents, grid])
    pdf.Root.OCProperties = Dictionary(
        OCGs=Array([shown, hidden]),
        D=Dictionary(BaseState=Name.OFF, ON=Array([shown]), Order=Array([shown, hidden])),
    )
    return (page(),)


def orphaned_field(pdf: Pdf) -> tuple[PageResult, ...]:
    """A form field's square on the page, and no form that it belongs to."""
    add_scan(pdf)
    look = pdf.make_stream(b"0 .5 0 RG 1 w 1 1 18 18 re S")
    look.Type, look.Subtype, look.BBox = Name.XObject, Name.Form, Array([0, 0, 20, 20])
    widget = Dictionary(Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, T=String("mark"), F=4)
    widget.Rect, widget.AP = Array([150, 20, 170, 40]), Dictionary(N=look)
    pdf.pages[-1].obj.Annots = Array([pdf.make_indirect(widget)])
    return (page(),)


def signed(pdf: Pdf) -> tuple[PageResult, ...]:
    """A signature field with a value, its appearance on the page."""
    add_scan(pdf)
    stamp = pdf.make_stream(b"0 0 1 RG 1 w 1 1 58 18 re S")
    stamp.Type, stamp.Subtype, stamp.BBox = Name.XObject, Name.Form, Array([0, 0, 60, 20])
    value = Dictionary(
        Type=Name.Sig,
        Filter=Name("/Adobe.PPKLite"),
        SubFilter=Name("/adbe.pkcs7.detached"),
        Name=String("A. Registrar"),
        M=String("D:20260401120000Z"),
        ByteRange=Array([0, 10, 20, 10]),
        Contents=String("0" * 64),
    )
    field = pdf.make_indirect(
        Dictionary(
            Type=Name.Annot,
            Subtype=Name.Widget,
            FT=Name.Sig,
            T=String("Signature1"),
            V=pdf.make_indirect(value),
            Rect=Array([200, 20, 260, 40]),
            F=132,
            AP=Dictionary(N=stamp),
        )
    )
    pdf.pages[-1].obj.Annots = Array([field])
    pdf.Root.AcroForm = Dictionary(Fields=Array([field]), SigFlags=3)
    pdf.Root.Perms = Dictionary(DocMDP=value)
    return (page(),)


BUILDERS: dict[str, Callable[[Pdf], tuple[PageResult, ...]]] = {
    "rotated 90": one_scan(rotate=90),
    "rotated 180": one_scan(rotate=180),
    "rotated 270": one_scan(rotate=270),
    "crop box with offset": one_scan(offset=(37.25, -20.5)),
    "rotated, cropped, user unit 2": one_scan(rotate=90, offset=(11, 500), unit=2),
    "user unit 2": one_scan(unit=2),
    "huge page": one_scan(scale=14400 / POINTS[1]),
    "on its left side": one_scan(turn=1),
    "upside down": one_scan(turn=2),
    "on its right side, rotated": one_scan(turn=3, rotate=90, offset=(5, 5)),
    "mixed sizes": mixed_sizes,
    "several images a page": several_images,
    "vector page": vector_page,
    "inline image": inline_image,
    "CMYK scan": one_scan(pack=cmyk_jpeg),
    "1-bit scan": one_scan(pack=fax, rotate=180),
    "LZW scan": one_scan(pack=lzw_grey),
    "scan stored raw": one_scan(pack=raw_grey),
    "existing OCR layer": ocr_layer,
    "annotations": annotations,
    "outline": outline,
    "inherited attributes": shared_attributes,
    "layers": layers,
    "signed": signed,
    "orphaned field": orphaned_field,
    "encrypted with password": one_scan(rotate=90),
    "encrypted for its owner": one_scan(),
}


def awkward(name: str, folder: Path) -> Awkward:
    """Write the PDF of that name into the folder."""
    path = folder / f"{name}.pdf"
    with Pdf.new() as pdf, warnings.catch_warnings():
        warnings.simplefilter("ignore", pikepdf.PageCopyWarning)  # of fields without a form
        pages = BUILDERS[name](pdf)
        locked = name.startswith("encrypted")
        user = PASSWORD if name == "encrypted with password" else ""
        if locked:
            pdf.save(path, encryption=pikepdf.Encryption(owner="owner", user=user))
        else:
            pdf.save(
                path,
                stream_decode_level=pikepdf.StreamDecodeLevel.none,
                compress_streams=False,
            )
    return Awkward(path, pages, ("wrong", PASSWORD) if name == "encrypted with password" else ())
