"""What a run left is written again to any format, as the run itself would have written it."""

from __future__ import annotations

import json
from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path

import pytest
from PIL import Image

from digitize.batch import REPORT
from digitize.batch.again import export_again
from digitize.batch.run import write_outcome
from digitize.errors import OutputNotWritable, UnreadableInput, UsageError
from digitize.export import WRITERS, Summary, TracedOptions, write_report
from digitize.options import RunOptions
from digitize.records import (
    Box,
    Digit,
    DocumentResult,
    Failure,
    Number,
    Outcome,
    PageResult,
    Provenance,
    Status,
)

NAMES = ("z.png", "bad.png", "in/a.png", "in/a.jpg")  # in the order of the run, not of the names
LATER = ("csv", "pdf", "hocr", "alto")
MADE = Provenance("digitize", "1.2.3", "cnn", "ab" * 32, {"ink": "cd" * 32}, asdict(RunOptions()))


class Watcher:
    """Progress that remembers the failures it was told of."""

    def __init__(self) -> None:
        self.told: dict[str, tuple[Failure, ...]] = {}

    def page_read(self, document: str, page: int) -> None:
        raise AssertionError(f"page {page} of {document} was read again")

    def document_done(self, outcome: Outcome) -> None:
        self.told[outcome.document] = outcome.failures


def result(name: str, folder: Path) -> DocumentResult:
    """What was read of a picture that is there: a number for review, at a place of its own."""
    source = folder / name
    source.parent.mkdir(parents=True, exist_ok=True)
    Image.new("L", (200, 100), 255).save(source)
    box = Box(20.0 + len(name), 30.0, 20.5, 40.0)
    digit = Digit(7, 0.1 + 0.2, Status.REVIEW, box, ((1, 0.25),))
    number = Number("7", 0.3, Status.REVIEW, 1, box, (digit,))
    return DocumentResult(name, source, (PageResult(1, 200, 100, 100.0, 0.5, (number,)),))


def left_run(tmp_path: Path, formats: tuple[str, ...] = ("json",)) -> Path:
    """The output folder of a run over NAMES, of which one document could not be read."""
    out = tmp_path / "out"
    summary = Summary()
    options = TracedOptions(provenance=MADE)
    with ExitStack() as stack:
        writers = [stack.enter_context(WRITERS[name](out, NAMES, options)) for name in formats]
        for name in NAMES:
            torn = Outcome(name, None, (Failure("UnreadableInput", "it is torn", "scan again"),))
            read = torn if name == "bad.png" else Outcome(name, result(name, tmp_path / "scans"))
            summary.add(*write_outcome(read, writers))
    write_report(out / REPORT, summary, MADE)
    return out


def contents(out: Path) -> dict[str, bytes]:
    files = (path for path in out.rglob("*") if path.is_file())
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in files}


def test_each_format_is_what_the_run_itself_would_have_written(tmp_path: Path) -> None:
    at_once = contents(left_run(tmp_path / "at once", ("json", *LATER)))
    out = left_run(tmp_path / "again")
    summary = export_again(out, LATER)
    assert (summary.documents, summary.done, summary.failed) == (3, 3, 0)
    again = contents(out)
    assert set(again) == set(at_once)
    for name in again:
        if not name.endswith(".json"):  # which say where the originals lie
            assert again[name] == at_once[name], name


def test_a_second_export_gives_the_same_bytes_and_leaves_no_other_files(tmp_path: Path) -> None:
    out = left_run(tmp_path)
    export_again(out, LATER)
    first = contents(out)
    export_again(out, LATER)
    assert contents(out) == first


def test_progress_is_told_of_each_document_and_no_page_is_read(tmp_path: Path) -> None:
    watcher = Watcher()
    export_again(left_run(tmp_path), ["hocr"], progress=watcher)
    assert watcher.told == {"z.png": (), "in/a.png": (), "in/a.jpg": ()}


def test_originals_are_needed_for_pdfs_alone(tmp_path: Path) -> None:
    out = left_run(tmp_path)
    (tmp_path / "scans" / "z.png").unlink()
    watcher = Watcher()
    summary = export_again(out, LATER, progress=watcher)
    assert (summary.done, summary.partly) == (2, 1)
    (failure,) = watcher.told["z.png"]
    assert failure.kind == "UnreadableInput"
    assert str(tmp_path / "scans" / "z.png") in failure.cause
    assert "no pdf" in failure.cause
    assert "folder in which the run was started" in failure.remedy
    made = contents(out)
    assert {"z.hocr", "z.alto.xml", "in/a.png.pdf"} <= set(made)
    assert "z.pdf" not in made
    assert b"z.png,1,1,1,7," in made["numbers.csv"]
    assert export_again(out, ["csv", "hocr"]).partly == 0


@pytest.mark.parametrize("pages", [0, 2])
def test_a_json_file_without_its_pages_or_with_one_twice_is_refused(
    tmp_path: Path, pages: int
) -> None:
    out = left_run(tmp_path)
    left = json.loads((out / "z.json").read_text("utf-8"))
    (out / "z.json").write_text(json.dumps({**left, "pages": pages * left["pages"]}), "utf-8")
    with pytest.raises(UnreadableInput, match="it has no page, or one twice"):
        export_again(out, ["csv"])


def test_an_original_with_a_name_too_long_for_this_disk_is_gone(tmp_path: Path) -> None:
    out = left_run(tmp_path)
    left = json.loads((out / "z.json").read_text())
    (out / "z.json").write_text(json.dumps({**left, "source": f"{'z' * 300}.png"}))
    entries = {entry["document"]: entry for entry in export_again(out, LATER).entries}
    assert [failure["kind"] for failure in entries["z.png"]["failures"]] == ["UnreadableInput"]
    assert entries["z.png"]["outputs"] == ["z.hocr", "z.alto.xml"]


def test_a_damaged_json_file_costs_its_own_document_and_no_row_of_the_tables(
    tmp_path: Path,
) -> None:
    out = left_run(tmp_path)
    export_again(out, ["csv"])
    tables = contents(out)["numbers.csv"]
    (out / "z.json").write_text('{"format": ')
    with pytest.raises(UnreadableInput, match=r"z\.json: the JSON file is damaged") as told:
        export_again(out, ["csv", "hocr", "html"])
    assert told.value.cause.endswith(
        "; csv and html hold all documents, so they were not written, and what was there stays"
    )
    assert told.value.remedy == (
        "Remove the JSON file, and repeat the run's own command with --resume, which writes it "
        "again from the journal; then repeat this command"
    )
    made = contents(out)
    assert made["numbers.csv"] == tables
    assert {"in/a.png.hocr", "in/a.jpg.hocr"} <= set(made)
    assert not any(name.endswith(".part") for name in made)


def test_a_file_that_cannot_be_written_costs_its_own_document(tmp_path: Path) -> None:
    out = left_run(tmp_path)
    (out / "in" / "a.jpg.hocr").mkdir()
    (out / "z.json").write_text("[]")
    with pytest.raises(OutputNotWritable, match=r"a\.jpg\.hocr: cannot be written") as told:
        export_again(out, ["hocr", "csv"])
    assert "with 1 more of the run's files; csv holds all documents" in told.value.cause
    assert "in/a.png.hocr" in contents(out)
    (out / "in" / "a.jpg.hocr").rmdir()
    (out / "z.hocr").mkdir()
    with pytest.raises(UnreadableInput, match=r"z\.json"):
        export_again(out, ["hocr"])
    assert "in/a.jpg.hocr" in contents(out)


def test_several_unusable_json_files_are_counted(tmp_path: Path) -> None:
    out = left_run(tmp_path)
    (out / "z.json").unlink()
    (out / "in" / "a.jpg.json").write_text("[]")
    with pytest.raises(
        UnreadableInput, match=r"z\.json: .+ with 1 more of the run's JSON files\. Put"
    ):
        export_again(out, ["hocr"])


def test_a_json_file_of_another_document_is_not_taken_for_this_one(tmp_path: Path) -> None:
    out = left_run(tmp_path)
    (out / "z.json").write_bytes((out / "in" / "a.jpg.json").read_bytes())
    with pytest.raises(UnreadableInput, match=r"it belongs to in/a\.jpg, and .+ says z\.png"):
        export_again(out, ["hocr"])


def changed(out: Path, **values: object) -> None:
    report = json.loads((out / REPORT).read_text())
    (out / REPORT).write_text(json.dumps({**report, **values}))


def test_a_report_that_leads_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    out = left_run(tmp_path)
    entry = {"document": "z.png", "status": "done", "outputs": ["../z.json", "z.json"]}
    (tmp_path / "z.json").write_bytes((out / "z.json").read_bytes())
    changed(out, documents=[entry])
    with pytest.raises(UnreadableInput, match="outside the output folder"):
        export_again(out, ["hocr"])


def test_a_document_whose_json_file_was_not_written_is_named(tmp_path: Path) -> None:
    out = left_run(tmp_path)
    report = json.loads((out / REPORT).read_text())
    report["documents"][0]["outputs"] = []
    changed(out, documents=report["documents"])
    with pytest.raises(UnreadableInput, match=r"z\.png: the run left no JSON file of it"):
        export_again(out, ["hocr"])


def test_a_run_without_json_says_how_to_get_it_and_keep_its_other_files_new(
    tmp_path: Path,
) -> None:
    out = left_run(tmp_path, ("csv",))
    changed(out, not_renewed={"pdf": ["z.pdf"], "json": ["z.json"]})
    options = json.loads((out / REPORT).read_text())["options"]
    changed(out, options={**options, "formats": ["csv", "hocr"]})
    with pytest.raises(UsageError, match="no JSON file to export from") as told:
        export_again(out, ["hocr"])
    assert told.value.remedy == (
        "Repeat the run's own command with --resume --format csv,hocr,pdf,json, which takes what "
        "was read from the journal; then repeat this command"
    )


def test_json_is_not_written_from_itself(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="not written again"):
        export_again(left_run(tmp_path), ["csv", "json"])


def test_a_folder_without_a_report_is_no_run(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"report\.json: the report of a run cannot be read"):
        export_again(tmp_path, ["hocr"])
    assert not list(tmp_path.iterdir())


OURS = '{"schema_version": 1, "program": "digitize"}'


@pytest.mark.parametrize("text", ["", "{", OURS, "[" * 100_000])
def test_a_damaged_report_is_named(tmp_path: Path, text: str) -> None:
    (tmp_path / REPORT).write_text(text)
    with pytest.raises(UsageError, match=r"report\.json: the report is damaged \(.+\)") as told:
        export_again(tmp_path, ["hocr"])
    assert "--resume" in told.value.remedy


@pytest.mark.parametrize(
    "text",
    ["[]", "{}", "7", OURS.replace("schema_version", "v"), OURS.replace("digitize", "lint")],
)
def test_the_report_of_another_program_is_no_run_and_not_to_be_replaced(
    tmp_path: Path, text: str
) -> None:
    (tmp_path / REPORT).write_text(text)
    with pytest.raises(UsageError, match=r"holds no run of digitize") as told:
        export_again(tmp_path, ["hocr"])
    assert told.value.remedy == "Give the folder that digitize run -o named"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"version": "1.2.3"', '"version": 1'),
        ('"ink": "cd', '"odd": 7, "ink": "cd'),
        ('"review_below": 0.95', '"review_below": NaN'),
        ('"seconds": 0.0', '"seconds": Infinity'),
        ('"seconds": 0.0', f'"seconds": 1{"0" * 400}'),
        ('"document": "z.png"', '"document": ""'),
        ('"page": null', '"page": "x"'),
        ('"cause": "it is torn"', '"cause": []'),
    ],
)
def test_a_report_with_a_value_that_cannot_be_is_damaged(
    tmp_path: Path, old: str, new: str
) -> None:
    out = left_run(tmp_path)
    report = (out / REPORT).read_text()
    assert old in report
    (out / REPORT).write_text(report.replace(old, new))
    with pytest.raises(UsageError, match=r"report\.json: the report is damaged \(.+\)"):
        export_again(out, ["hocr"])


def test_a_report_of_another_version_is_refused(tmp_path: Path) -> None:
    out = left_run(tmp_path)
    changed(out, schema_version=99)
    with pytest.raises(UsageError, match="schema version is 99, and this program knows 1"):
        export_again(out, ["hocr"])


def test_an_output_that_cannot_be_written_ends_the_export(tmp_path: Path) -> None:
    out = left_run(tmp_path)
    (out / "z.hocr").mkdir()
    with pytest.raises(OutputNotWritable, match=r"z\.hocr: cannot be written"):
        export_again(out, ["hocr"])
