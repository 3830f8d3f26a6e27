"""What a person at a terminal sees of a run."""

from __future__ import annotations

import os
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digitize.export import Summary
from digitize.load import find_documents
from digitize.records import Box, DocumentResult, Failure, Number, Outcome, PageResult, Status
from digitize.terminal import (
    ProgressBar,
    count,
    describe_failures,
    describe_not_renewed,
    describe_outcome,
    describe_summary,
    printable,
)

STEERING = "\x1b]0;owned\x07"
TORN = Failure("UnreadableInput", "it is torn", "Scan it again", page=3)
LOCKED = Failure("EncryptedInput", "it is locked", "Unlock it")


def outcome(name: str, *failures: Failure, numbers: int = 0, pages: int = 0) -> Outcome:
    number = Number("7", 0.9, Status.OK, 1, Box(0, 0, 1, 1), ())
    page = PageResult(1, 10, 10, 0, 0, (number,) * numbers)
    result = DocumentResult(name, Path(name), (page,) * pages) if pages else None
    return Outcome(name, result, failures, seconds=1.25)


@pytest.mark.parametrize(
    ("number", "said"),
    [(0, "0 pages"), (1, "1 page"), (2, "2 pages"), (1000, "1,000 pages"), (3912, "3,912 pages")],
)
def test_counts_read_as_words(number: int, said: str) -> None:
    assert count(number, "page") == said


def test_one_of_each_is_told_in_the_singular() -> None:
    summary = Summary(documents=1, pages=1, numbers=1, accepted=1, failed=1, partly=1)
    assert describe_summary(summary, 0.04) == (
        "1 document, 1 page: 1 of 1 number accepted; 0 to review; "
        "1 document failed; 1 document read in part; 0.0 s"
    )


def test_many_are_told_in_the_plural_with_thousands_apart() -> None:
    summary = Summary(
        documents=4000, pages=12345, numbers=1234567, accepted=1234000, review=567, failed=2
    )
    assert describe_summary(summary, 61.26) == (
        "4,000 documents, 12,345 pages: 1,234,000 of 1,234,567 numbers accepted; 567 to review; "
        "2 documents failed; 61.3 s"
    )


def test_failures_are_told_even_when_there_are_none() -> None:
    assert "; 0 documents failed; " in describe_summary(Summary(documents=2, pages=2), 1)


def test_files_that_were_not_renewed_are_counted_named_and_told_how_to_be() -> None:
    files = {"csv": ("numbers.csv", "digits.csv"), "json": ("a\x1b.json", *"bcde")}
    assert describe_not_renewed(files, ("pdf", "xlsx")) == (
        "Not renewed, in formats not asked for: 7 files, numbers.csv, digits.csv, a\\x1b.json, "
        "b, c and 2 more. To renew, repeat the command with --resume --format pdf,xlsx,csv,json"
    )


def test_who_started_anew_is_told_to_go_on_instead() -> None:
    told = describe_not_renewed({"json": ("a.json",)}, ("csv",), overwrite=True)
    assert told.endswith(
        "To renew, repeat the command with --resume in place of --overwrite, and --format csv,json"
    )


def test_a_failure_is_told_with_its_page_where_it_has_one() -> None:
    assert describe_failures(outcome("a/b.tif", TORN, LOCKED)) == [
        "a/b.tif, page 3: it is torn. Scan it again.",
        "a/b.tif: it is locked. Unlock it.",
    ]


def test_a_remedy_ends_with_one_full_stop() -> None:
    (line,) = describe_failures(outcome("a.tif", Failure("X", "it is torn", "Scan it again.")))
    assert line == "a.tif: it is torn. Scan it again."


def test_a_document_is_told_in_a_line() -> None:
    assert (
        describe_outcome(outcome("a.tif", pages=2, numbers=3)) == "a.tif: 2 pages, 6 numbers, 1.2 s"
    )
    assert describe_outcome(outcome("a.tif", LOCKED)) == "a.tif: failed, 1.2 s"


@given(st.text())
def test_no_control_character_is_printable(text: str) -> None:
    shown = printable(text)
    assert not [sign for sign in shown if unicodedata.category(sign)[0] == "C"]
    shown.encode("utf-8")


@given(st.text(st.characters(categories=["L", "N", "P", "S", "M"]), max_size=40))
def test_what_can_be_seen_is_left_as_it_is(text: str) -> None:
    assert printable(text) == text


def test_a_byte_that_is_no_utf_8_is_shown_as_in_the_names_of_documents(tmp_path: Path) -> None:
    name = os.fsdecode(b"caf\xe9.png")
    assert printable(f"{name}, \ud800") == r"caf\xe9.png, \ud800"
    (tmp_path / name).write_bytes(b"\x89PNG\r\n\x1a\n")
    (document,) = find_documents([str(tmp_path)])
    assert printable(name) == document.name


def test_controls_are_shown_as_escapes() -> None:
    assert printable("a\x1b[2J\r\n\u202eb é\udce9") == r"a\x1b[2J\r\n\u202eb é\xe9"


@pytest.mark.parametrize("describe", [lambda one: describe_failures(one)[0], describe_outcome])
def test_a_name_that_would_steer_the_terminal_is_told_escaped(describe: object) -> None:
    line = describe(outcome(f"{STEERING}.png", LOCKED))  # type: ignore[operator]
    assert line.startswith(r"\x1b]0;owned\x07.png: ")


def test_an_invisible_bar_says_nothing_and_keeps_failures(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with ProgressBar(2, visible=False) as bar:
        bar.page_read("a.tif", 1)
        bar.document_done(outcome("a.tif", TORN, pages=1))
        bar.document_done(outcome("b.tif", LOCKED))
    assert [line.partition(":")[0] for line in bar.failures] == ["a.tif, page 3", "b.tif"]
    assert capsys.readouterr() == ("", "")


def test_a_verbose_bar_names_each_document_on_stderr(capsys: pytest.CaptureFixture[str]) -> None:
    with ProgressBar(1, visible=False, verbose=True) as bar:
        bar.document_done(outcome("a.tif", pages=1))
    assert capsys.readouterr() == ("", "a.tif: 1 page, 0 numbers, 1.2 s\n")


def test_a_visible_bar_writes_to_stderr_alone_and_escapes_names(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "200")
    with ProgressBar(2, visible=True, verbose=True) as bar:
        bar.page_read(f"[red]{STEERING}.tif", 7)
        bar.document_done(outcome(f"[red]{STEERING}.tif", pages=1))
    out, err = capsys.readouterr()
    assert out == ""
    assert r"[red]\x1b]0;owned\x07.tif: 1 page" in err
    assert "\x1b]0;" not in err
    assert "\x07" not in err
