"""A TrueType font without a single stroke, for text that is searched and never seen.

A glyph is exactly one em high and as wide as the text asks for, so that a run of text set in it
covers just the ink that was read: characters lie close together without any other scaling, and a
number is one string to every viewer. A glyph's outline goes from corner to corner and back: it
encloses nothing, yet has the extent that pdfium asks of a text before it finds it. Being embedded,
the font acts alike in every viewer; Tesseract and OCRmyPDF have one too. Its tables are all that a
PDF asks for (OpenType 1.9; ISO 32000-1, 9.9).
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from typing import TYPE_CHECKING

from digitize.export.pdf.deflate import deflated

if TYPE_CHECKING:
    from pikepdf import Dictionary, Pdf

EM = 1000
"""Units of the font to a text height."""

WIDTH_STEP = 50
"""In units: the widths that glyphs have are multiples of it, for few glyphs to be enough."""

WIDEST = 32_000
"""In units: what the font's 16-bit numbers hold."""

_ON_CURVE = 1
_NAME = "DigitizeGlyphless"
_CODES_AT_ONCE = 100
"""That a list of a character map may hold (Adobe Technical Note 5014)."""


class Glyphs:
    """The glyphs that a PDF's texts use, counted up from 1 in the order of their first use."""

    def __init__(self) -> None:
        self._codes: dict[tuple[str, int], int] = {}

    def code(self, character: str, width: int) -> int:
        """Return the code of `character`, `width` units wide, 1 to WIDEST."""
        return self._codes.setdefault((character, width), len(self._codes) + 1)

    @property
    def widths(self) -> list[int]:
        """The width of each glyph but the first, which stands for what is missing."""
        return [width for _, width in self._codes]

    @property
    def characters(self) -> list[str]:
        """The character that each of them stands for."""
        return [character for character, _ in self._codes]


def glyphless_ttf(widths: Sequence[int]) -> bytes:
    """Return the font file; glyph 0 is nothing, and glyph n is as wide as the n-th of `widths`."""
    outlines = [_outline(width) for width in widths]
    size = len(outlines[0]) if outlines else 0
    half = size // 2  # which is how offsets are counted
    widest = max(widths, default=0)
    count = len(widths) + 1
    offsets = [0, *(half * place for place in range(count))]
    tables = {
        b"glyf": b"".join(outlines),
        b"head": struct.pack(
            ">IIIIHHqqhhhhHHhhh",
            *(0x00010000, 0x00010000, 0, 0x5F0F3CF5, 0, EM, 0, 0),
            *(0, 0, widest, EM, 0, 8, 2, 1, 0),
        ),
        b"hhea": struct.pack(
            ">IhhhHhhhhhhhhhhhH",
            *(0x00010000, EM, -1, 0, widest, 0, 0, widest, 1),
            *(0, 0, 0, 0, 0, 0, 0, count),
        ),
        b"hmtx": b"".join(struct.pack(">Hh", width, 0) for width in (0, *widths)),
        b"loca": struct.pack(f">{count + 1}I", *(2 * offset for offset in offsets)),
        b"maxp": struct.pack(">IH13H", 0x00010000, count, 2, 1, *[0] * 4, 2, *[0] * 6),
    }
    return _sfnt(tables)


def _outline(width: int) -> bytes:
    """Return a glyph from corner to corner and back."""
    return struct.pack(">5hHHBB4h", 1, 0, 0, width, EM, 1, 0, _ON_CURVE, _ON_CURVE, 0, width, 0, EM)


def embed_font(pdf: Pdf, glyphs: Glyphs) -> Dictionary:
    """Return the font of `glyphs`, embedded in `pdf`, as a resource."""
    from pikepdf import Array, Dictionary, Name, Stream, String

    descendant = Dictionary(
        Type=Name.Font,
        Subtype=Name.CIDFontType2,
        BaseFont=Name(f"/{_NAME}"),
        CIDSystemInfo=Dictionary(
            Registry=String("Adobe"), Ordering=String("Identity"), Supplement=0
        ),
        CIDToGIDMap=Name.Identity,
        DW=0,
        W=Array([1, Array(glyphs.widths)]),
        FontDescriptor=pdf.make_indirect(_descriptor(pdf, glyphs)),
    )
    meanings = Stream(pdf, deflated(_to_unicode(glyphs.characters)))
    meanings["/Filter"] = Name.FlateDecode
    return Dictionary(
        Type=Name.Font,
        Subtype=Name.Type0,
        BaseFont=Name(f"/{_NAME}"),
        Encoding=Name("/Identity-H"),
        DescendantFonts=Array([pdf.make_indirect(descendant)]),
        ToUnicode=pdf.make_indirect(meanings),
    )


def _to_unicode(characters: Sequence[str]) -> bytes:
    """Return the map from codes, counted from 1, to characters."""
    lines = [f"<{code:04X}> <{ord(one):04X}>" for code, one in enumerate(characters, 1)]
    blocks = [
        lines[start : start + _CODES_AT_ONCE] for start in range(0, len(lines), _CODES_AT_ONCE)
    ]
    listed = "\n".join(
        f"{len(block)} beginbfchar\n{chr(10).join(block)}\nendbfchar" for block in blocks
    )
    return f"""/CIDInit /ProcSet findresource begin 12 dict begin begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def /CMapType 2 def
1 begincodespacerange <0000> <FFFF> endcodespacerange
{listed}
endcmap CMapName currentdict /CMap defineresource pop end end
""".encode("ascii")


def _descriptor(pdf: Pdf, glyphs: Glyphs) -> Dictionary:
    from pikepdf import Array, Dictionary, Name, Stream

    font_file = glyphless_ttf(glyphs.widths)
    stream = Stream(pdf, deflated(font_file))
    stream["/Filter"], stream["/Length1"] = Name.FlateDecode, len(font_file)
    return Dictionary(
        Type=Name.FontDescriptor,
        FontName=Name(f"/{_NAME}"),
        Flags=5,
        FontBBox=Array([0, 0, max(glyphs.widths, default=0), EM]),
        ItalicAngle=0,
        Ascent=EM,
        Descent=-1,
        CapHeight=EM,
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
