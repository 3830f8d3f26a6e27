"""One hOCR file per document: XHTML that says where each number stands and how sure it is.

hOCR 1.2 (Breuel 2007, The hOCR Microformat for OCR Workflow and Results, ICDAR,
doi:10.1109/ICDAR.2007.4377078). Its elements nest as Tesseract's do, since that is what programs
expect: ocr_page, ocr_carea, ocr_par, ocr_line, ocrx_word. Boxes are `left top right bottom` in
whole pixels of the page as loaded, around all of the ink; confidences are per cent, rounded down.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from math import ceil, floor, radians, tan
from statistics import fmean
from string import Template
from xml.sax.saxutils import escape, quoteattr

from digitize.export.lines import lines_of
from digitize.export.text_files import TextFiles
from digitize.export.xml_text import xml_text
from digitize.geometry import union
from digitize.records import Box, DocumentResult, Number, PageResult, Provenance

CAPABILITIES = ("ocr_page", "ocr_carea", "ocr_par", "ocr_line", "ocrx_word", "ocrp_wconf")

_HEAD = Template("""\
<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" \
"http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
<html xmlns="http://www.w3.org/1999/xhtml">
<head>
<title>$title</title>
<meta http-equiv="Content-Type" content="text/html; charset=utf-8"/>
<meta name="ocr-system" content=$system/>
<meta name="ocr-capabilities" content="$capabilities"/>
<meta name="ocr-number-of-pages" content="$pages"/>
<meta name="ocr-langs" content="unknown"/>
<meta name="ocr-scripts" content="unknown"/>
</head>
<body>
""")
_PAGE = Template("""<div class="ocr_page" id="page_$page" title=$title>\n""")
_AREA = Template("""\
<div class="ocr_carea" id="block_$page" title="$bbox"><p class="ocr_par" id="par_$page" \
title="$bbox">
""")
_LINE = Template("""<span class="ocr_line" id="line_${page}_$line" title="$title">\n""")
_WORD = Template("""\
<span class="ocrx_word" id="word_${page}_$word" title="$title">$text</span>
""")


class HocrWriter(TextFiles):
    """Writes each document's hOCR file as it comes."""

    suffix = ".hocr"

    def pieces(self, document: DocumentResult) -> Iterator[str]:
        """Yield the file's content."""
        yield _HEAD.substitute(
            title=escape(xml_text(document.document)),
            system=quoteattr(xml_text(_system(self.made))),
            capabilities=" ".join(CAPABILITIES),
            pages=len(document.pages),
        )
        for page in document.pages:
            yield _PAGE.substitute(page=page.number, title=_page_title(document.document, page))
            if page.numbers:
                yield from _area(page)
            yield "</div>\n"
        yield "</body>\n</html>\n"


def _system(made: Provenance) -> str:
    """Return the program with its version, and the models that read."""
    models = "+".join(filter(None, (made.model, *sorted(made.page_readers))))
    return " ".join(filter(None, (made.program, made.version, models)))


def _page_title(document: str, page: PageResult) -> str:
    """Return the page's properties as an attribute's value, quotes included."""
    image = xml_text(document).replace('"', r"\x22").replace(";", r"\x3b")  # they end a property
    properties = [
        f'image "{image}"',
        f"bbox 0 0 {page.width} {page.height}",
        f"ppageno {page.number - 1}",
    ]
    if page.dpi > 0:
        properties.append(f"scan_res {round(page.dpi)} {round(page.dpi)}")
    return quoteattr("; ".join(properties))


def _area(page: PageResult) -> Iterator[str]:
    """Yield the one area of a page with all its lines; words count from 1 on each page."""
    word = 0
    yield _AREA.substitute(page=page.number, bbox=_bbox(page.numbers, page))
    for line, numbers in enumerate(lines_of(page), 1):
        title = f"{_bbox(numbers, page)}; {_lie(numbers, page)}"
        yield _LINE.substitute(page=page.number, line=line, title=title)
        for number in numbers:
            word += 1
            yield _WORD.substitute(
                page=page.number, word=word, title=_word_title(number, page), text=number.text
            )
        yield "</span>\n"
    yield "</p></div>\n"


def _word_title(number: Number, page: PageResult) -> str:
    """Return the properties of a number, those of each digit too where it has no decimal mark."""
    title = f"{_bbox((number,), page)}; x_wconf {_percent(number.confidence)}"
    if len(number.digits) == len(number.text):
        confidences = " ".join(str(_percent(digit.confidence)) for digit in number.digits)
        title += f"; x_confs {confidences}"
    return title


def _lie(numbers: Sequence[Number], page: PageResult) -> str:
    """Return the property for how a line lies: its baseline, or where it does not run to the right.

    Then it is by how many degrees it is turned anticlockwise, and programs expect no baseline.
    """
    return f"textangle {90 * page.turn}" if page.turn else _baseline(numbers, page)


def _baseline(numbers: Sequence[Number], page: PageResult) -> str:
    """Return the property for the straight line that `numbers` stand on.

    It gives the line's rise (y runs downward) and its height above the bottom left corner of the
    line's box, in pixels; each number stands on it by its middle, on average.
    """
    around = union(number.box for number in numbers)
    slope = -tan(radians(page.skew_degrees))
    above = [
        number.box.bottom - around.bottom - slope * (number.box.centre[0] - around.x)
        for number in numbers
    ]
    return f"baseline {slope + 0.0:.3f} {round(fmean(above))}"


def _percent(confidence: float) -> int:
    return floor(100 * confidence)


def _bbox(numbers: Iterable[Number], page: PageResult) -> str:
    """Return the property for the box around `numbers`: never empty, and on the page."""
    around: Box = union(number.box for number in numbers)
    left = min(max(0, floor(around.x)), page.width - 1)
    top = min(max(0, floor(around.y)), page.height - 1)
    right = max(left + 1, min(page.width, ceil(around.right)))
    bottom = max(top + 1, min(page.height, ceil(around.bottom)))
    return f"bbox {left} {top} {right} {bottom}"
