"""What the drawing of a page or form does against PDF/A-2b: its colours, pictures and fonts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pikepdf import Pdf

_WATCHED = "k K cs CS q Q Tf Tr Tj TJ ' \" BI"
_SHOWN = frozenset({"Tj", "TJ", "'", '"'})
_INVISIBLE = 3
"""The text rendering mode of an OCR layer, whose fonts need not be embedded (6.2.11.4.1)."""

_FONT_FILES = ("/FontFile", "/FontFile2", "/FontFile3")


def drawing_reasons(pdf: Pdf) -> Iterator[str]:
    """Yield why the drawings of `pdf` cannot be those of a PDF/A."""
    from pikepdf import Stream

    for page in pdf.pages:
        yield from _reasons(page, page.resources)
    for thing in pdf.objects:
        if isinstance(thing, Stream) and (
            thing.get("/Subtype") == "/Form" or thing.get("/PatternType") == 1
        ):
            yield from _reasons(thing, thing.get("/Resources", {}))


def _reasons(drawing: Any, resources: Any) -> Iterator[str]:
    """Yield why one drawing cannot be one of a PDF/A; resources: where its fonts are named."""
    from pikepdf import ContentStreamInlineImage, parse_content_stream

    fonts = resources.get("/Font", {})
    seen: set[str] = set()
    state, states = ("", 0), list[tuple[str, int]]()  # the font, and how its text is drawn
    for instruction in parse_content_stream(drawing, operators=_WATCHED):
        if isinstance(instruction, ContentStreamInlineImage):
            yield from _picture_reasons(str(instruction.iimage.obj))
            continue
        operator, operands = str(instruction.operator), instruction.operands
        if operator in ("k", "K") or (operator in ("cs", "CS") and operands[0] == "/DeviceCMYK"):
            yield "its inks (CMYK) have no colour profile"
        elif operator == "q":
            states.append(state)
        elif operator == "Q" and states:
            state = states.pop()
        elif operator == "Tf":
            state = (str(operands[0]), state[1])
        elif operator == "Tr":
            state = (state[0], int(operands[0]))
        elif operator in _SHOWN and state[1] != _INVISIBLE and state[0] not in seen:
            seen.add(state[0])
            yield from _font_reasons(fonts.get(state[0]))


def _picture_reasons(entries: str) -> Iterator[str]:
    """Yield what is wrong with a picture written within a drawing, by its entries' text."""
    words = entries.split()
    if "/CMYK" in words or "/DeviceCMYK" in words:
        yield "its inks (CMYK) have no colour profile"
    if "/LZW" in words or "/LZWDecode" in words:
        yield "a picture or a drawing in it is packed with LZW or encrypted"


def _font_reasons(font: Any) -> Iterator[str]:
    """Yield what is wrong with a font whose text is seen: it is not carried within the file."""
    if font is None or font.get("/Subtype") == "/Type3":
        return
    inner = font["/DescendantFonts"][0] if "/DescendantFonts" in font else font
    descriptor = inner.get("/FontDescriptor", {})
    if not any(key in descriptor for key in _FONT_FILES):
        yield f"the font {str(font.get('/BaseFont', '/?'))[1:]} is not embedded"
