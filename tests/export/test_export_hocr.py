from __future__ import annotations

import re
from dataclasses import replace
from math import atan, degrees
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from export_pages import NUMBERS, document, number, page
from export_records import DOCUMENTS, OPTIONS
from hypothesis import HealthCheck, given, settings

from digitize.export import HocrWriter
from digitize.export.hocr import CAPABILITIES
from digitize.geometry import intersection_over_union
from digitize.records import Box, DocumentResult, Number, Status

XHTML = "{http://www.w3.org/1999/xhtml}"


def written(out: Path, one: DocumentResult) -> Path:
    with HocrWriter(out, [one.document], OPTIONS) as files:
        (name,) = files.add(one)
    return out / name


def elements(path: Path, kind: str) -> list[ET.Element]:
    return [found for found in ET.parse(path).iter() if found.get("class") == kind]


def properties(element: ET.Element) -> dict[str, str]:
    """As the programs that read hOCR do it: split at semicolons, then at the first space."""
    pairs = (one.split(None, 1) for one in (element.get("title") or "").split(";"))
    return dict(pairs)  # type: ignore[arg-type]


def box(element: ET.Element) -> Box:
    left, top, right, bottom = map(int, properties(element)["bbox"].split())
    return Box(left, top, right - left, bottom - top)


def metas(path: Path) -> dict[str, str]:
    found = ET.parse(path).iter(f"{XHTML}meta")
    return {one.get("name", ""): one.get("content", "") for one in found}


def test_each_number_is_a_word_at_its_place_with_its_confidence(tmp_path: Path) -> None:
    words = elements(written(tmp_path, document("a.png", tmp_path)), "ocrx_word")
    assert [word.text for word in words] == [one.text for one in NUMBERS]
    for word, one in zip(words, NUMBERS, strict=True):
        assert intersection_over_union(box(word), one.box) > 0.95
    assert [properties(word)["x_wconf"] for word in words] == ["99", "99", "60", "20", "99"]


def test_a_box_holds_all_of_its_ink_in_whole_pixels(tmp_path: Path) -> None:
    one = Number("1", 0.5, Status.OK, 1, Box(10.2, 20.7, 3.5, 9.4), ())
    path = written(tmp_path, document("a", tmp_path, page((one,))))
    assert box(elements(path, "ocrx_word")[0]) == Box(10, 20, 4, 11)


def test_confidences_of_digits_stand_in_order_where_each_character_is_a_digit(
    tmp_path: Path,
) -> None:
    path = written(tmp_path, document("a", tmp_path, page((number("17"), number("2.5", y=99)))))
    plain, marked = elements(path, "ocrx_word")
    assert properties(plain)["x_confs"] == "99 99"
    assert "x_confs" not in properties(marked)


def test_a_confidence_is_rounded_down_since_100_stands_for_certain(tmp_path: Path) -> None:
    sure = (number("1", confidence=0.9999), number("2", y=99, confidence=1.0))
    words = elements(written(tmp_path, document("a", tmp_path, page(sure))), "ocrx_word")
    assert [properties(word)["x_wconf"] for word in words] == ["99", "100"]


def test_words_stand_in_lines_in_a_paragraph_in_an_area_of_their_page(tmp_path: Path) -> None:
    path = written(tmp_path, document("a", tmp_path, page(), page((number("5"),), count=3)))
    root = ET.parse(path).getroot()
    steps = (
        *("body", "div[@class='ocr_page']", "div[@class='ocr_carea']", "p[@class='ocr_par']"),
        "span[@class='ocr_line']",
    )
    lines = root.findall("/".join(XHTML + step for step in steps))
    assert [[word.text for word in line] for line in lines] == [
        ["17", "250.5"],
        ["4", "90817263"],
        ["11"],
        ["5"],
    ]
    for line in lines:
        for word in line:
            assert box(line).x <= box(word).x
            assert box(word).bottom <= box(line).bottom


def test_a_page_gives_its_size_its_number_and_its_resolution(tmp_path: Path) -> None:
    path = written(tmp_path, document("in/a.png", tmp_path, page(count=2), page((), dpi=0)))
    first, second = map(properties, elements(path, "ocr_page"))
    assert first == {
        "image": '"in/a.png"',
        "bbox": "0 0 400 600",
        "ppageno": "1",
        "scan_res": "100 100",
    }
    assert "scan_res" not in second


def test_a_line_gives_the_line_that_its_numbers_stand_on(tmp_path: Path) -> None:
    level = document("a", tmp_path, page((number("1", 40, 60), number("1", 240, 60))))
    (line,) = elements(written(tmp_path, level), "ocr_line")
    assert properties(line)["baseline"] == "0.000 0"
    rising = (number("1", 40, 60), number("1", 240, 40))
    climbing = document("a", tmp_path, page(rising, skew=degrees(atan(20 / 200))))
    (line,) = elements(written(tmp_path, climbing), "ocr_line")
    slope, above = map(float, properties(line)["baseline"].split())
    assert slope == -0.1
    for word in line:
        across = box(word).centre[0] - box(line).x
        assert abs(box(line).bottom + above + slope * across - box(word).bottom) <= 1


def test_a_line_that_does_not_run_to_the_right_says_how_it_lies(tmp_path: Path) -> None:
    path = written(tmp_path, document("a", tmp_path, replace(page(skew=1.5), turn=3)))
    for line in elements(path, "ocr_line"):
        assert properties(line)["textangle"] == "270"
        assert "baseline" not in properties(line)


def test_the_head_says_what_read_it_and_what_is_in_it(tmp_path: Path) -> None:
    path = written(tmp_path, document("a", tmp_path, page(), page((), count=2)))
    head = metas(path)
    assert head["ocr-system"] == "digitize 1.2.3 cnn+ink+sequence"
    assert head["ocr-number-of-pages"] == "2"
    used = {found.get("class") for found in ET.parse(path).iter()} - {None}
    assert used <= set(head["ocr-capabilities"].split()) == set(CAPABILITIES)


@pytest.mark.parametrize("name", ['<a> & "b"; c.png', "a\nb\x01.png", "caf\udce9.png", "数字.png"])
def test_odd_names_leave_the_file_well_formed(tmp_path: Path, name: str) -> None:
    path = written(tmp_path, document(name, tmp_path))
    found = properties(elements(path, "ocr_page")[0])
    assert found["bbox"] == "0 0 400 600"
    assert found["image"].strip('"')[0] == name[0]


@given(DOCUMENTS)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_document_gives_words_on_its_pages_under_names_of_their_own(
    tmp_path: Path, one: DocumentResult
) -> None:
    one = DocumentResult(one.document, one.source, one.pages[:1])
    path = written(tmp_path, one)
    (sheet,) = one.pages
    words = elements(path, "ocrx_word")
    assert [word.text for word in words] == [found.text for found in sheet.numbers]
    for word in words:
        assert 0 <= box(word).x < box(word).right <= sheet.width
        assert 0 <= box(word).y < box(word).bottom <= sheet.height
    names = re.findall(r' id="(.*?)"', path.read_text("utf-8"))
    assert len(set(names)) == len(names)


def test_two_runs_give_the_same_bytes(tmp_path: Path) -> None:
    first, second = (written(tmp_path / run, document("a", tmp_path)) for run in ("1", "2"))
    assert first.read_bytes() == second.read_bytes()
