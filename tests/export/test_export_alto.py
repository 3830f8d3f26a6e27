"""ALTO files obey the schema's structure: elements, their order, attributes and their types."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from export_pages import NUMBERS, document, number, page
from export_records import DOCUMENTS, MADE, OPTIONS
from hypothesis import HealthCheck, given, settings

from digitize.export import AltoWriter, ExportOptions
from digitize.export.alto import NAMESPACE
from digitize.records import DocumentResult

PLACE = {"HPOS", "VPOS", "WIDTH", "HEIGHT"}
CHILDREN = {  # in the order that ALTO 4.4 asks for, those that are written here
    "alto": ["Description", "Tags", "Layout"],
    "Description": ["MeasurementUnit", "sourceImageInformation", "Processing"],
    "sourceImageInformation": ["fileName"],
    "Processing": [
        *("processingCategory", "processingStepDescription", "processingStepSettings"),
        "processingSoftware",
    ],
    "processingSoftware": ["softwareName", "softwareVersion"],
    "Tags": ["OtherTag"],
    "Layout": ["Page"],
    "Page": ["PrintSpace"],
    "PrintSpace": ["TextBlock"],
    "TextBlock": ["TextLine"],
    "TextLine": ["String"],
    "String": ["Glyph"],
    "Glyph": ["Variant"],
}
ATTRIBUTES = {  # the required ones, then those that may be there
    "OtherTag": ({"ID", "LABEL"}, {"TYPE", "DESCRIPTION"}),
    "Processing": ({"ID"}, set()),
    "Page": ({"ID", "PHYSICAL_IMG_NR"}, {"WIDTH", "HEIGHT", "PROCESSINGREFS"}),
    "PrintSpace": (set(), PLACE),
    "TextBlock": ({"ID"}, PLACE | {"ROTATION"}),
    "TextLine": (set(), PLACE | {"ID"}),
    "String": ({"CONTENT"}, PLACE | {"ID", "WC", "TAGREFS"}),
    "Glyph": ({"CONTENT"}, PLACE | {"GC"}),
    "Variant": (set(), {"CONTENT", "VC"}),
}
NOT_EMPTY = {"alto", "Description", "Layout", "TextBlock", "TextLine"}


def written(out: Path, one: DocumentResult, options: ExportOptions = OPTIONS) -> ET.Element:
    with AltoWriter(out, [one.document], options) as files:
        (name,) = files.add(one)
    return ET.parse(out / name).getroot()


def found(root: ET.Element, kind: str) -> list[ET.Element]:
    return list(root.iter(f"{{{NAMESPACE}}}{kind}"))


def told(root: ET.Element, kind: str) -> str:
    (one,) = found(root, kind)
    return one.text or ""


def kind(element: ET.Element) -> str:
    assert element.tag.startswith(f"{{{NAMESPACE}}}")
    return element.tag.partition("}")[2]


def assert_valid(root: ET.Element) -> None:
    """Raise AssertionError where the file breaks what ALTO 4.4 asks of the elements used here."""
    names: list[str] = []
    for element in root.iter():
        children = [kind(child) for child in element]
        order = CHILDREN.get(kind(element), [])
        assert children == sorted(children, key=order.index)
        assert children or kind(element) not in NOT_EMPTY
        needed, allowed = ATTRIBUTES.get(kind(element), (set(), set(element.attrib)))
        assert needed <= set(element.attrib) <= needed | allowed
        assert all(0 <= float(element.get(name, 0)) <= 1 for name in ("WC", "GC", "VC"))
        assert all(float(element.get(name, 0)) < 1e6 for name in PLACE)
        assert kind(element) != "Glyph" or len(element.attrib["CONTENT"]) == 1
        names += [element.attrib["ID"]] if "ID" in element.attrib else []
    assert len(set(names)) == len(names)
    for element in root.iter():
        for reference in ("PROCESSINGREFS", "TAGREFS"):
            assert set(element.get(reference, "").split()) <= set(names)


@given(DOCUMENTS)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_document_gives_what_the_schema_asks_for(tmp_path: Path, one: DocumentResult) -> None:
    pages = tuple(replace(sheet, number=count) for count, sheet in enumerate(one.pages, 1))
    assert_valid(written(tmp_path, replace(one, pages=pages)))


def test_each_number_is_a_string_at_its_place_with_its_confidence(tmp_path: Path) -> None:
    strings = found(written(tmp_path, document("a.png", tmp_path)), "String")
    assert [string.get("CONTENT") for string in strings] == [one.text for one in NUMBERS]
    assert strings[0].attrib == {
        "ID": "string_1_1",
        "CONTENT": "17",
        "WC": "0.9900",
        "HPOS": "40",
        "VPOS": "60",
        "WIDTH": "28.5",
        "HEIGHT": "30",
    }
    assert [string.get("TAGREFS") for string in strings] == [None, None, "review", "review", None]


def test_each_character_is_a_glyph_and_each_alternative_a_variant(tmp_path: Path) -> None:
    one = number("2.5")
    digits = (replace(one.digits[0], alternatives=((3, 0.25), (7, 0.125))), one.digits[1])
    root = written(tmp_path, document("a", tmp_path, page((replace(one, digits=digits),))))
    two, mark, five = found(root, "Glyph")
    assert mark.attrib == {"CONTENT": "."}
    assert (two.get("CONTENT"), two.get("GC")) == ("2", "0.9900")
    assert (five.get("CONTENT"), five.get("HPOS")) == ("5", "73")
    assert [variant.attrib for variant in two] == [
        {"CONTENT": "3", "VC": "0.2500"},
        {"CONTENT": "7", "VC": "0.1250"},
    ]


def test_pages_have_their_size_and_lines_their_numbers(tmp_path: Path) -> None:
    root = written(tmp_path, document("a", tmp_path, page(), page((), count=3, size=(50, 70))))
    first, third = found(root, "Page")
    assert (first.get("WIDTH"), first.get("HEIGHT")) == ("400", "600")
    assert (third.get("PHYSICAL_IMG_NR"), third.get("WIDTH")) == ("3", "50")
    assert not found(third, "TextBlock")
    lines = found(first, "TextLine")
    assert [[string.get("CONTENT") for string in line] for line in lines] == [
        ["17", "250.5"],
        ["4", "90817263"],
        ["11"],
    ]
    assert lines[0].get("WIDTH") == "276"


def test_writing_that_climbs_turns_its_block(tmp_path: Path) -> None:
    root = written(tmp_path, document("a", tmp_path, page(skew=1.25)))
    assert found(root, "TextBlock")[0].get("ROTATION") == "1.250"
    lying = replace(page(skew=-1.25), turn=1)
    root = written(tmp_path, document("a", tmp_path, lying))
    assert found(root, "TextBlock")[0].get("ROTATION") == "88.750"


def test_the_description_says_what_read_which_file_and_how(tmp_path: Path) -> None:
    root = written(tmp_path, document("in/a.png", tmp_path))
    assert told(root, "MeasurementUnit") == "pixel"
    assert told(root, "fileName") == "in/a.png"
    assert (told(root, "softwareName"), told(root, "softwareVersion")) == ("digitize", "1.2.3")
    assert json.loads(told(root, "processingStepSettings")) == {
        "model": {"name": "cnn", "sha256": MADE.model_sha256},
        "page_readers": MADE.page_readers,
        "options": {"page": {"clean": {"max_skew_degrees": 5.0}}},
    }


@pytest.mark.parametrize("name", ['<a> & "b".png', "a\nb\x01.png", "caf\udce9.png", "数字.png"])
def test_odd_names_leave_the_file_well_formed(tmp_path: Path, name: str) -> None:
    root = written(tmp_path, document(name, tmp_path))
    assert_valid(root)
    assert told(root, "fileName")[0] == name[0]


def test_without_a_provenance_the_file_is_as_valid(tmp_path: Path) -> None:
    assert_valid(written(tmp_path, document("a", tmp_path), ExportOptions()))


def test_two_runs_give_the_same_bytes(tmp_path: Path) -> None:
    for run in ("1", "2"):
        written(tmp_path / run, document("a", tmp_path))
    first, second = tmp_path.glob("*/a.alto.xml")
    assert first.read_bytes() == second.read_bytes()
