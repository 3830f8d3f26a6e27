from __future__ import annotations

import json
from dataclasses import fields
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from export_pages import document, number, page
from export_records import DOCUMENTS, MADE, OPTIONS
from hypothesis import HealthCheck, given, settings
from jsonschema import Draft202012Validator

from digitize.errors import OutputNotWritable, UnreadableInput
from digitize.export import ExportOptions, JsonWriter, read_document
from digitize.export.json_pages import SCHEMA, SCHEMA_VERSION
from digitize.records import Box, Digit, DocumentResult, Number, PageResult, Status

VALIDATOR = Draft202012Validator(json.loads(SCHEMA.read_text("utf-8")))
MAY_BE_MISSING = {"turn"}  # it came after the first files of this schema version


def written(out: Path, one: DocumentResult, options: ExportOptions = OPTIONS, *others: str) -> Path:
    """Where the document's JSON file lies."""
    with JsonWriter(out, [one.document, *others], options) as files:
        (name,) = files.add(one)
    return out / name


def test_the_schema_is_itself_a_json_schema() -> None:
    Draft202012Validator.check_schema(VALIDATOR.schema)


@given(DOCUMENTS)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_document_comes_back_equal_and_its_file_obeys_the_schema(
    tmp_path: Path, one: DocumentResult
) -> None:
    path = written(tmp_path, one)
    assert read_document(path) == one
    VALIDATOR.validate(json.loads(path.read_text("utf-8")))


@pytest.mark.parametrize(
    ("record", "place", "renamed"),
    [
        (PageResult, "page", {"number": "page"}),
        (Number, "number", {}),
        (Digit, "digit", {}),
    ],
)
def test_the_schema_has_every_field_of_a_record(
    record: type, place: str, renamed: dict[str, str]
) -> None:
    described = VALIDATOR.schema["$defs"][place]
    names = {renamed.get(field.name, field.name) for field in fields(record)}
    assert set(described["properties"]) == names
    assert set(described["required"]) == names - MAY_BE_MISSING


def test_a_file_says_what_made_it_but_not_how_the_run_was_shared_out(tmp_path: Path) -> None:
    entry = json.loads(written(tmp_path, document("a.png", Path("in/a.png"))).read_text())
    assert (entry["program"], entry["version"]) == ("digitize", "1.2.3")
    assert entry["model"] == {"name": "cnn", "sha256": MADE.model_sha256}
    assert entry["page_readers"] == MADE.page_readers
    assert entry["options"] == {"page": {"clean": {"max_skew_degrees": 5.0}}}
    assert (entry["document"], entry["source"]) == ("a.png", "in/a.png")


def test_without_a_provenance_the_program_alone_is_named(tmp_path: Path) -> None:
    entry = json.loads(written(tmp_path, document("a", tmp_path), ExportOptions()).read_text())
    assert entry["program"] == "digitize"
    assert entry["model"] == {"name": "", "sha256": ""}
    VALIDATOR.validate(entry)


def test_a_number_stands_on_one_line_with_its_digits(tmp_path: Path) -> None:
    one = Digit(7, 0.1 + 0.2, Status.REVIEW, Box(1, 2, 3.5, 4), ((1, 0.25),), True, 0.125, 0.5)
    seven = Number("7", 0.75, Status.REVIEW, 3, Box(1, 2, 3.5, 4), (one,), doubted=True)
    path = written(tmp_path, document("a", tmp_path, page((seven, number("12")))))
    line = path.read_text().splitlines()[3]
    assert json.loads(line.removesuffix(",")) == {
        "text": "7",
        "confidence": 0.75,
        "status": "review",
        "doubted": True,
        "line": 3,
        "box": [1.0, 2.0, 3.5, 4.0],
        "digits": [
            {
                "digit": 7,
                "confidence": 0.30000000000000004,
                "status": "review",
                "box": [1.0, 2.0, 3.5, 4.0],
                "alternatives": [{"digit": 1, "confidence": 0.25}],
                "cut": True,
                "stroke": 0.125,
                "contrast": 0.5,
            }
        ],
    }


def test_floats_of_a_stage_that_kept_numpys_come_back_equal(tmp_path: Path) -> None:
    tenth = np.float32(0.1)
    box = Box(tenth, tenth, tenth, np.float64(0.3))
    seven = Digit(7, tenth, Status.OK, box, stroke=tenth)
    one = Number("7", tenth, Status.OK, 1, box, (seven,))
    result = document("a", tmp_path, page((one,)))
    assert read_document(written(tmp_path, result)) == result


def test_a_page_without_numbers_is_there(tmp_path: Path) -> None:
    result = document("a", tmp_path, page(()), page((), count=2))
    path = written(tmp_path, result)
    assert read_document(path) == result
    VALIDATOR.validate(json.loads(path.read_text()))


def test_names_that_are_no_unicode_come_back(tmp_path: Path) -> None:
    result = document("caf\\xe9.png", Path("caf\udce9\x01\n.png"))
    assert read_document(written(tmp_path, result)) == result


def test_two_runs_give_the_same_bytes_however_they_were_shared_out(tmp_path: Path) -> None:
    one = document("a/b.png", tmp_path)
    first, second = (written(tmp_path / run, one) for run in ("1", "2"))
    assert first.read_bytes() == second.read_bytes()


def test_files_are_named_as_the_pdfs_are(tmp_path: Path) -> None:
    path = written(tmp_path, document("a/b.png", tmp_path), OPTIONS, "a/b.jpg")
    assert path == tmp_path / "a" / "b.png.json"


def test_an_interrupted_file_leaves_the_one_before(tmp_path: Path) -> None:
    path = written(tmp_path, document("a.png", tmp_path))
    before = path.read_bytes()
    endless = page((number("1"), number("2", confidence=float("nan"))))
    with pytest.raises(ValueError, match="JSON compliant"):
        written(tmp_path, document("a.png", tmp_path, endless))
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_in_the_place_of_a_file_is_explained(tmp_path: Path) -> None:
    (tmp_path / "a.json").mkdir()
    with pytest.raises(OutputNotWritable, match=r"a\.json: cannot be written"):
        written(tmp_path, document("a.png", tmp_path))


def changed(path: Path, **values: Any) -> Path:
    entry = json.loads(path.read_text())
    entry.update(values)
    path.write_text(json.dumps(entry))
    return path


def test_keys_of_a_later_program_are_passed_over(tmp_path: Path) -> None:
    one = document("a.png", tmp_path)
    assert read_document(changed(written(tmp_path, one), colour="blue")) == one


def test_another_schema_version_is_refused_with_both_versions(tmp_path: Path) -> None:
    path = changed(written(tmp_path, document("a.png", tmp_path)), schema_version=99)
    with pytest.raises(UnreadableInput) as refused:
        read_document(path)
    assert str(path) in refused.value.cause
    assert "is 99" in refused.value.cause
    assert f"knows {SCHEMA_VERSION}" in refused.value.cause
    assert "version of digitize that wrote it" in refused.value.remedy


@pytest.mark.parametrize("text", ["{}", "[1, 2]", "7", '{"format": "GeoJSON"}'])
def test_json_of_another_kind_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "other.json"
    path.write_text(text)
    with pytest.raises(UnreadableInput, match=r"other\.json: it is no JSON file that digitize"):
        read_document(path)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"pages": [', '"leaves": ['),
        ('"width": 400', '"width": "400"'),
        ('"line": 1', '"line": true'),
        ('"doubted": false', '"doubted": 0'),
        ('"status": "ok"', '"status": "fine"'),
        ('"box": [40.0, 60.0, 28.5, 30.0]', '"box": [40.0, 60.0, 0.0, 30.0]'),
        ('"box": [40.0, 60.0, 28.5, 30.0]', '"box": [40.0, 60.0, 30.0]'),
        ('"dpi": 100.0', '"dpi": true'),
        ('"numbers": [', '"numbers": [7, '),
        ('"width": 400', '"width": 0'),
        ('"page": 1', '"page": 10000000000000000000'),
        ('"dpi": 100.0', '"dpi": Infinity'),
        ('"turn": 0', '"turn": 4'),
        ('"skew_degrees": 0.0', '"skew_degrees": NaN'),
        ('"text": "17"', '"text": "a\\u0000b"'),
        ('"text": "17"', '"text": ""'),
        ('"text": "17"', '"text": "-"'),
        ('"text": "17"', '"text": "1-7"'),
        ('"text": "17"', '"text": ".17"'),
        ('"text": "17"', '"text": "17."'),
        ('"text": "17"', '"text": "17\\n"'),
        ('"text": "250.5"', '"text": "2.50.5"'),
        ('"confidence": 0.', '"confidence": 7.'),
        ('"box": [40.0, 60.0, 28.5, 30.0]', '"box": [NaN, 60.0, 28.5, 30.0]'),
        ('"box": [40.0, 60.0, 28.5, 30.0]', '"box": [1e308, 60.0, 28.5, 30.0]'),
        ('"digits": [', '"digits": "", "others": ['),
        ('"source": "', '"source": "\\u0000'),
        ("]}\n]}\n", "]}"),
        ("]}\n]}\n", "]}" + "[" * 100_000),
    ],
)
def test_a_damaged_file_is_named_with_cause_and_remedy(tmp_path: Path, old: str, new: str) -> None:
    path = written(tmp_path, document("a.png", tmp_path))
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new))
    with pytest.raises(UnreadableInput, match=r"a\.json: the JSON file is damaged \(.+\)") as told:
        read_document(path)
    assert told.value.remedy


TEXTS = ["7", "007", "12.5", "-12", "-0.5"]
NO_TEXTS = ["", "-", ".", ".5", "5.", "1.2.3", "1-2", "+1", "1,5", "1e5", "\u0663", "\u00bd", "a"]


@pytest.mark.parametrize(("texts", "are"), [(TEXTS, True), (NO_TEXTS, False)])
def test_the_schema_tells_what_a_number_can_be(tmp_path: Path, texts: list[str], are: bool) -> None:
    entry = json.loads(written(tmp_path, document("a.png", tmp_path)).read_text())
    for text in texts:
        entry["pages"][0]["numbers"][0]["text"] = text
        assert VALIDATOR.is_valid(entry) is are, text


def test_a_text_that_its_digits_do_not_fit_is_refused_with_both_counts(tmp_path: Path) -> None:
    path = written(tmp_path, document("a.png", tmp_path))
    path.write_text(path.read_text().replace('"text": "250.5"', '"text": "25.5"'))
    with pytest.raises(UnreadableInput) as told:
        read_document(path)
    assert str(path) in told.value.cause
    assert "the text '25.5' has 3 digits, and 4 are listed with it" in told.value.cause
    assert told.value.remedy.startswith(
        "Remove the JSON file, and repeat the run's own command with --resume"
    )


def test_a_digit_that_somebody_corrected_in_the_text_is_taken(tmp_path: Path) -> None:
    path = written(tmp_path, document("a.png", tmp_path))
    path.write_text(path.read_text().replace('"text": "250.5"', '"text": "259.5"'))
    assert read_document(path).pages[0].numbers[1].text == "259.5"


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", b"\x89PNG"])
def test_bytes_that_are_no_json_are_a_damaged_file(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(content)
    with pytest.raises(UnreadableInput, match=r"a\.json: the JSON file is damaged"):
        read_document(path)


def test_a_file_that_has_gone_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnreadableInput, match=r"gone\.json: the JSON file cannot be read \(no su"):
        read_document(tmp_path / "gone.json")
