"""A TrueType font without a single stroke, for text that is searched and never seen.

Each glyph is half an em wide and exactly one em high, so that a run of text set in it covers just
the area it was given. Its outline goes from corner to corner and back: it encloses nothing, yet has
the extent that pdfium asks of a text before it finds it. Being embedded, the font acts alike in
every viewer; Tesseract and OCRmyPDF have one too. Its tables are all that a PDF asks for (OpenType
1.9; ISO 32000-1, 9.9).
"""

from __future__ import annotations

import struct
import zlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pikepdf import Dictionary, Object, Pdf

GLYPH_WIDTH = 0.5
"""In ems."""

_EM = 1000
_GLYPHS = 128
_ON_CURVE = 1
_NAME = "DigitizeGlyphless"
_TO_UNICODE = b"""/CIDInit /ProcSet findresource begin 12 dict begin begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def /CMapType 2 def
1 begincodespacerange <0000> <FFFF> endcodespacerange
1 beginbfrange <0000> <007F> <0000> endbfrange
endcmap CMapName currentdict /CMap defineresource pop end end
"""


def glyphless_ttf() -> bytes:
    """Return the font file; glyph n stands for ASCII character n."""
    advance = int(_EM * GLYPH_WIDTH)
    line = struct.pack(
        ">5hHHBB4h", 1, 0, 0, advance, _EM, 1, 0, _ON_CURVE, _ON_CURVE, 0, advance, 0, _EM
    )
    half = len(line) // 2  # which is how offsets are counted
    tables = {
        b"glyf": line * _GLYPHS,
        b"head": struct.pack(
            ">IIIIHHqqhhhhHHhhh",
            *(0x00010000, 0x00010000, 0, 0x5F0F3CF5, 0, _EM, 0, 0),
            *(0, 0, advance, _EM, 0, 8, 2, 0, 0),
        ),
        b"hhea": struct.pack(
            ">IhhhHhhhhhhhhhhhH",
            *(0x00010000, _EM, -1, 0, advance, 0, 0, advance, 1),
            *(0, 0, 0, 0, 0, 0, 0, 1),
        ),
        b"hmtx": struct.pack(">Hh", advance, 0) + bytes(2 * (_GLYPHS - 1)),
        b"loca": struct.pack(f">{_GLYPHS + 1}H", *range(0, _GLYPHS * half + 1, half)),
        b"maxp": struct.pack(">IH13H", 0x00010000, _GLYPHS, 2, 1, *[0] * 4, 2, *[0] * 6),
    }
    return _sfnt(tables)


def embed_font(pdf: Pdf) -> Object:
    """Add the font to `pdf`; return it for use as a resource."""
    from pikepdf import Array, Dictionary, Name, Stream, String

    descendant = Dictionary(
        Type=Name.Font,
        Subtype=Name.CIDFontType2,
        BaseFont=Name(f"/{_NAME}"),
        CIDSystemInfo=Dictionary(
            Registry=String("Adobe"), Ordering=String("Identity"), Supplement=0
        ),
        CIDToGIDMap=Name.Identity,
        DW=int(_EM * GLYPH_WIDTH),
        FontDescriptor=pdf.make_indirect(_descriptor(pdf)),
    )
    font = Dictionary(
        Type=Name.Font,
        Subtype=Name.Type0,
        BaseFont=Name(f"/{_NAME}"),
        Encoding=Name("/Identity-H"),
        DescendantFonts=Array([pdf.make_indirect(descendant)]),
        ToUnicode=pdf.make_indirect(Stream(pdf, _TO_UNICODE)),
    )
    return pdf.make_indirect(font)


def _descriptor(pdf: Pdf) -> Dictionary:
    from pikepdf import Array, Dictionary, Name, Stream

    font_file = glyphless_ttf()
    stream = Stream(pdf, zlib.compress(font_file))
    stream["/Filter"], stream["/Length1"] = Name.FlateDecode, len(font_file)
    return Dictionary(
        Type=Name.FontDescriptor,
        FontName=Name(f"/{_NAME}"),
        Flags=5,
        FontBBox=Array([0, 0, int(_EM * GLYPH_WIDTH), _EM]),
        ItalicAngle=0,
        Ascent=_EM,
        Descent=-1,
        CapHeight=_EM,
        StemV=80,
        FontFile2=pdf.make_indirect(stream),
    )


def _sfnt(tables: dict[bytes, bytes]) -> bytes:
    """Return the tables behind their directory, each on a multiple of four bytes."""
    power = len(tables).bit_length() - 1
    search = 16 << power
    directory = struct.pack(
        ">IHHHH", 0x00010000, len(tables), search, power, 16 * len(tables) - search
    )
    body, start = b"", 12 + 16 * len(tables)
    for tag, table in sorted(tables.items()):
        padded = table + bytes(-len(table) % 4)
        checksum = sum(struct.unpack(f">{len(padded) // 4}I", padded)) & 0xFFFFFFFF
        directory += struct.pack(">4sIII", tag, checksum, start + len(body), len(table))
        body += padded
    return directory + body
