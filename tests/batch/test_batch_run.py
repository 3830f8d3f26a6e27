"""A whole run: outcomes in order, to every writer, whatever a document or a writer does."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from digitize.batch import REPORT, run
from digitize.batch.folder import check_folder, make_folder
from digitize.batch.held import HeldHere
from digitize.batch.journal import JOURNAL
from digitize.batch.plan import shown
from digitize.batch.run import write_outcome
from digitize.errors import ModelUnusable, OutputNotWritable, UnreadableInput, UsageError
from digitize.load import InputDocument, LoadOptions
from digitize.options import RunOptions
from digitize.records import DocumentResult, Failure, Outcome


def bars(path: Path, count: int) -> InputDocument:
    """Draw so many upright bars: the number 1, 11, 111."""
    page = Image.new("L", (400, 200), 255)
    for bar in range(count):
        ImageDraw.Draw(page).rectangle((60 + 40 * bar, 60, 67 + 40 * bar, 120), fill=0)
    page.save(path)
    return InputDocument(path.name, path)


class Watcher:
    """Progress that remembers what it was told."""

    def __init__(self) -> None:
        self.told: list[tuple[str, object]] = []

    def page_read(self, document: str, page: int) -> None:
        self.told.append((document, page))

    def document_done(self, outcome: Outcome) -> None:
        self.told.append((outcome.document, "done" if outcome.result else "failed"))


class FakeWriter:
    """A writer that takes every document, or raises `error`."""

    def __init__(self, name: str, error: Exception | None = None) -> None:
        self.name, self.error = name, error
        self.taken: list[str] = []

    def __enter__(self) -> FakeWriter:
        return self

    def __exit__(self, *_: object) -> None:
        return None

    def add(self, document: DocumentResult) -> tuple[str, ...]:
        if self.error:
            raise self.error
        self.taken.append(document.document)
        return (self.name,)


def read(name: str = "a.png") -> Outcome:
    return Outcome(name, DocumentResult(name, Path(name), ()))


def test_documents_are_read_in_the_order_given_and_told_one_by_one(tmp_path: Path) -> None:
    (tmp_path / "bad.png").touch()
    documents = [
        bars(tmp_path / "z.png", 2),
        InputDocument("bad.png", tmp_path / "bad.png"),
        bars(tmp_path / "a.png", 1),
    ]
    watcher = Watcher()
    summary = run(documents, tmp_path / "out", RunOptions(), watcher)
    done = [("z.png", "done"), ("bad.png", "failed"), ("a.png", "done")]
    assert [told for told in watcher.told if told in done] == done
    assert sorted(told for told in watcher.told if told not in done) == [("a.png", 1), ("z.png", 1)]
    assert [entry["document"] for entry in summary.entries] == ["z.png", "bad.png", "a.png"]
    assert (summary.documents, summary.done, summary.failed, summary.pages) == (3, 2, 1, 2)
    report = json.loads((tmp_path / "out" / REPORT).read_text())
    assert report["documents"] == summary.entries
    assert report["totals"] == summary.totals()


def test_a_run_without_a_model_makes_no_folder(tmp_path: Path) -> None:
    with pytest.raises(ModelUnusable):
        run([bars(tmp_path / "a.png", 1)], tmp_path / "out", RunOptions(model="oracle"))
    assert not (tmp_path / "out").exists()


def test_the_same_documents_give_the_same_bytes_twice(tmp_path: Path) -> None:
    documents = [bars(tmp_path / "a.png", 2), bars(tmp_path / "b.jpg", 3)]
    for out in ("one", "two"):
        run(documents, tmp_path / out, RunOptions())
    names = {path.name for path in (tmp_path / "one").iterdir()}
    assert names == {"a.pdf", "b.pdf", "digits.csv", "numbers.csv", REPORT, JOURNAL}
    for name in names - {REPORT, JOURNAL}:
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


def test_what_is_no_result_of_a_run_stays_in_the_folder(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine.txt").write_text("mine")
    run([bars(tmp_path / "a.png", 1)], tmp_path / "out", RunOptions())
    assert (tmp_path / "out" / "mine.txt").read_text() == "mine"


def test_a_folder_with_a_report_is_only_taken_with_overwrite(tmp_path: Path) -> None:
    (tmp_path / REPORT).touch()
    with pytest.raises(UsageError, match="--overwrite"):
        check_folder(HeldHere(tmp_path), RunOptions(), list)
    check_folder(HeldHere(tmp_path), RunOptions(overwrite=True), list)


def test_a_folder_is_made_with_those_above_it(tmp_path: Path) -> None:
    make_folder(tmp_path / "a" / "b")
    assert (tmp_path / "a" / "b").is_dir()


def test_a_file_in_the_folders_place_is_not_writable(tmp_path: Path) -> None:
    (tmp_path / "a").touch()
    with pytest.raises(OutputNotWritable, match="a: the output folder cannot be made"):
        make_folder(tmp_path / "a")


def test_a_format_that_cannot_take_a_document_leaves_the_others_theirs() -> None:
    csv, pdf = FakeWriter("t.csv"), FakeWriter("t.pdf", UnreadableInput("it is gone", "Find it"))
    json_ = FakeWriter("t.json")
    outcome, outputs = write_outcome(read(), [csv, pdf, json_])
    assert outputs == ("t.csv", "t.json")
    assert (csv.taken, json_.taken) == (["a.png"], ["a.png"])
    assert outcome.failures == (Failure("UnreadableInput", "it is gone", "Find it"),)
    assert outcome.result is not None


def test_a_document_that_was_not_read_is_not_written() -> None:
    writer = FakeWriter("t.csv")
    outcome = Outcome("a.png", None, (Failure("X", "y", "z"),))
    assert write_outcome(outcome, [writer]) == (outcome, ())
    assert writer.taken == []


def test_a_full_disk_ends_the_run() -> None:
    with pytest.raises(OutputNotWritable):
        write_outcome(read(), [FakeWriter("a", OutputNotWritable("the disk is full", "Empty it"))])


def test_a_writer_that_breaks_on_a_document_costs_only_that_document() -> None:
    csv, pdf = FakeWriter("t.csv"), FakeWriter("t.pdf", RuntimeError("a library gave up"))
    outcome, outputs = write_outcome(read(), [pdf, csv])
    assert outputs == ("t.csv",)
    assert [failure.kind for failure in outcome.failures] == ["InternalError"]


@pytest.mark.parametrize(
    "names",
    [
        [r"\xe9t\xe9.png"],  # as a name in Latin-1, été.png, is shown
        ["c:scan.png"],
        ["n" * 251 + ".png", "n" * 251 + ".jpg"],  # .png.pdf and .jpg.pdf are too long for a disk
    ],
    ids=["backslash", "drive", "long"],
)
def test_a_name_that_can_make_no_pdf_costs_only_that_pdf(names: list[str], tmp_path: Path) -> None:
    path = bars(tmp_path / "a.png", 1).path
    documents = [InputDocument(name, path) for name in ("good.png", *names)]
    summary = run(documents, tmp_path / "out", RunOptions())
    assert (tmp_path / "out" / "numbers.csv").is_file()
    assert (tmp_path / "out" / "good.pdf").is_file()
    assert summary.pages == len(documents)


def test_passwords_are_counted_in_the_report_not_shown() -> None:
    options = shown(RunOptions(load=LoadOptions(passwords=("sesame", "1234"))))
    assert options["load"]["passwords"] == "2 given"  # type: ignore[index]
    assert "sesame" not in str(options)


def test_the_report_shows_every_option() -> None:
    options = shown(RunOptions(model="svm", formats=("csv",), jobs=3))
    assert (options["model"], options["formats"], options["jobs"]) == ("svm", ("csv",), 3)
    assert {"clean", "orient", "separate", "segment", "normalise", "decode", "group"} == set(
        options["page"]  # type: ignore[call-overload]
    )
