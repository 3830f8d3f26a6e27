"""One ALTO file per document: XML that libraries keep beside their scans.

ALTO 4.4 (Library of Congress, Analyzed Layout and Text Object). A number is a String, a digit a
Glyph in it, what else a digit may be a Variant. Lengths are pixels of the page as loaded;
confidences are 0 to 1, rounded down to four decimals. A number for review has the tag `review`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from xml.etree import ElementTree as ET

from digitize.export.lines import lines_of
from digitize.export.tables import shown_confidence, shown_length
from digitize.export.text_files import TextFiles
from digitize.export.traced import options_of_the_result
from digitize.export.xml_text import xml_text
from digitize.geometry import union
from digitize.records import Box, Digit, DocumentResult, Number, PageResult, Provenance, Status

NAMESPACE = "http://www.loc.gov/standards/alto/ns-v4#"
SCHEMA_PLACE = "http://www.loc.gov/standards/alto/v4/alto-4-4.xsd"
PROCESSING, REVIEW = "processing_1", "review"  # identifiers within the file

_ROOT = {
    "xmlns": NAMESPACE,
    "xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance",
    "xsi:schemaLocation": f"{NAMESPACE} {SCHEMA_PLACE}",
    "SCHEMAVERSION": "4.4",
}


class AltoWriter(TextFiles):
    """Writes each document's ALTO file as it comes."""

    suffix = ".alto.xml"

    def pieces(self, document: DocumentResult) -> Iterator[str]:
        """Yield the file's content."""
        root = ET.Element("alto", _ROOT)
        root.append(_description(document.document, self.made))
        about = "less certain than asked for, or doubted: to be checked by a person"
        ET.SubElement(
            ET.SubElement(root, "Tags"),
            "OtherTag",
            {"ID": REVIEW, "TYPE": "status", "LABEL": REVIEW, "DESCRIPTION": about},
        )
        layout = ET.SubElement(root, "Layout")
        for page in document.pages:
            layout.append(_page(page))
        ET.indent(root, " ")
        yield '<?xml version="1.0" encoding="UTF-8"?>\n'
        yield ET.tostring(root, encoding="unicode")
        yield "\n"


def _description(document: str, made: Provenance) -> ET.Element:
    """Return what was read, in which unit, and by what: enough to do it again."""
    description = ET.Element("Description")
    _told(description, "MeasurementUnit", "pixel")
    _told(ET.SubElement(description, "sourceImageInformation"), "fileName", xml_text(document))
    step = ET.SubElement(description, "Processing", {"ID": PROCESSING})
    _told(step, "processingCategory", "contentGeneration")
    _told(step, "processingStepDescription", "handwritten numbers read")
    settings = {
        "model": {"name": made.model, "sha256": made.model_sha256},
        "page_readers": dict(sorted(made.page_readers.items())),
        "options": options_of_the_result(made),
    }
    shown = json.dumps(settings, ensure_ascii=False, default=str)
    _told(step, "processingStepSettings", xml_text(shown))
    software = ET.SubElement(step, "processingSoftware")
    _told(software, "softwareName", made.program)
    _told(software, "softwareVersion", made.version)
    return description


def _page(page: PageResult) -> ET.Element:
    """Return a page, all of it print space, with one block of lines where it has numbers."""
    size = {"WIDTH": str(page.width), "HEIGHT": str(page.height)}
    found = ET.Element(
        "Page",
        {
            "ID": f"page_{page.number}",
            "PHYSICAL_IMG_NR": str(page.number),
            **size,
            "PROCESSINGREFS": PROCESSING,
        },
    )
    space = ET.SubElement(found, "PrintSpace", {"HPOS": "0", "VPOS": "0", **size})
    if page.numbers:
        space.append(_block(page))
    return found


def _block(page: PageResult) -> ET.Element:
    block = ET.Element("TextBlock", {"ID": f"block_{page.number}", **_around(page.numbers)})
    if page.turn or page.skew_degrees:
        block.set("ROTATION", f"{90 * page.turn + page.skew_degrees:.3f}")
    count = 0
    for place, numbers in enumerate(lines_of(page), 1):
        names = {"ID": f"line_{page.number}_{place}"}
        line = ET.SubElement(block, "TextLine", {**names, **_around(numbers)})
        for number in numbers:
            count += 1
            line.append(_string(number, f"string_{page.number}_{count}"))
    return block


def _string(number: Number, name: str) -> ET.Element:
    """Return a number with a glyph for each of its characters; a decimal mark has no place."""
    string = ET.Element(
        "String",
        {
            "ID": name,
            "CONTENT": number.text,
            **_place(number.box),
            "WC": shown_confidence(number.confidence),
        },
    )
    if number.status is Status.REVIEW:
        string.set("TAGREFS", REVIEW)
    digits = iter(number.digits)
    for character in number.text:
        digit = next(digits, None) if character.isdigit() else None
        if digit is None:
            ET.SubElement(string, "Glyph", {"CONTENT": character})
        else:
            string.append(_glyph(digit))
    return string


def _glyph(digit: Digit) -> ET.Element:
    glyph = ET.Element(
        "Glyph",
        {
            "CONTENT": str(digit.digit),
            **_place(digit.box),
            "GC": shown_confidence(digit.confidence),
        },
    )
    for other, confidence in digit.alternatives:
        ET.SubElement(glyph, "Variant", {"CONTENT": str(other), "VC": shown_confidence(confidence)})
    return glyph


def _around(numbers: Sequence[Number]) -> dict[str, str]:
    return _place(union(number.box for number in numbers))


def _place(box: Box) -> dict[str, str]:
    return {
        "HPOS": shown_length(box.x),
        "VPOS": shown_length(box.y),
        "WIDTH": shown_length(box.width),
        "HEIGHT": shown_length(box.height),
    }


def _told(parent: ET.Element, name: str, text: str) -> None:
    ET.SubElement(parent, name).text = text
