from __future__ import annotations

import json
from pathlib import Path

import pytest
from export_pages import document, page
from export_records import MADE, OPTIONS, PAGES
from hypothesis import given
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from digitize.export import JsonWriter, read_document
from digitize.export.json_pages import SCHEMA as DOCUMENT_SCHEMA
from digitize.export.ndjson import SCHEMA, page_line
from digitize.records import DocumentResult, Failure, PageResult

FAILURE = Failure("UnreadableInput", "it is torn", "Scan it again", page=2)
VALID = Draft202012Validator(
    json.loads(SCHEMA.read_text()),
    registry=Registry().with_resource(
        "urn:digitize:document:1",
        Resource.from_contents(json.loads(DOCUMENT_SCHEMA.read_text())),
    ),
)


def entry(found: PageResult | Failure, name: str = "a.png") -> dict[str, object]:
    return json.loads(page_line(name, Path("in") / name, found, MADE).encode("utf-8", "replace"))


def test_a_page_has_the_keys_that_it_has_in_a_json_file(tmp_path: Path) -> None:
    with JsonWriter(tmp_path, ["a.png"], OPTIONS) as files:
        files.add(document("a.png", tmp_path))
    (written,) = json.loads((tmp_path / "a.json").read_text())["pages"]
    assert written.items() <= entry(page()).items()


def test_a_line_stands_by_itself() -> None:
    one = entry(page(count=3), "b.tif")
    assert (one["document"], one["source"], one["page"]) == ("b.tif", "in/b.tif", 3)
    assert (one["program"], one["version"]) == ("digitize", "1.2.3")
    assert one["model"] == {"name": "cnn", "sha256": MADE.model_sha256}
    assert one["failure"] is None


def test_a_page_that_failed_has_a_line_without_numbers() -> None:
    one = entry(FAILURE)
    assert (one["page"], one["numbers"], one["width"]) == (2, [], None)
    assert one["failure"] == {
        "kind": "UnreadableInput",
        "cause": "it is torn",
        "remedy": "Scan it again",
    }
    assert entry(Failure("EncryptedInput", "locked", "unlock it"))["page"] is None


@given(PAGES)
def test_any_page_is_one_line_that_obeys_the_schema_and_reads_back(one: PageResult) -> None:
    line = page_line("a.png", Path("a.png"), one, MADE)
    assert line.endswith("\n")
    assert len(line.splitlines()) == 1
    VALID.validate(json.loads(line))


@given(PAGES)
def test_nothing_of_a_page_is_lost(one: PageResult) -> None:
    parsed = entry(one)
    whole = {**parsed, "format": "digitize document", "pages": [parsed]}
    assert read_back(whole) == DocumentResult("a.png", Path("in/a.png"), (one,))


def read_back(whole: dict[str, object]) -> DocumentResult:
    """The document that a JSON file with such a page would give."""
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.json"
        path.write_text(json.dumps(whole))
        return read_document(path)


def test_a_failure_obeys_the_schema() -> None:
    VALID.validate(entry(FAILURE))
    VALID.validate(entry(Failure("InternalError", "x", "y")))


@pytest.mark.parametrize(
    "changes",
    [
        {"page": 0},
        {"width": None},
        {"failure": {"kind": "x"}},
        {"failure": {"kind": "x", "cause": "y", "remedy": "z"}},
        {"format": "x"},
    ],
)
def test_the_schema_refuses_what_is_no_such_line(changes: dict[str, object]) -> None:
    assert not VALID.is_valid({**entry(page()), **changes})


@pytest.mark.parametrize("name", ["a\nb.png", 'q"\\.png', "数字.png", "\u2028.png"])
def test_no_name_breaks_a_line(name: str) -> None:
    line = page_line(name, Path(name), page(()), MADE)
    assert line.count("\n") == 1
    assert json.loads(line)["document"] == name


def test_a_name_that_is_no_unicode_is_shown_by_backslashes() -> None:
    line = page_line("caf\udce9.png", Path("x"), page(()), MADE)
    assert json.loads(line.encode("utf-8", "backslashreplace"))["document"] == "caf\udce9.png"
