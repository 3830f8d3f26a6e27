"""What a worker does with a document: whatever goes wrong on a page stays on that page."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NoReturn

import numpy as np
import pytest
from PIL import Image, ImageDraw
from reading_here import read_here

from digitize.batch.failures import as_failure
from digitize.classify import AlwaysDigit
from digitize.errors import (
    DigitizeError,
    EncryptedInput,
    ModelUnusable,
    OutputNotWritable,
    UsageError,
)
from digitize.load import InputDocument, LoadOptions, OpenDocument, open_document
from digitize.options import RunOptions
from digitize.records import Failure, Floats, Outcome, Page


@dataclass
class FailsOnce:
    """A classifier that raises `error` at the call so numbered, and sees sevens at the others."""

    call: int
    error: BaseException
    calls: list[int] = field(default_factory=list)

    def scores(self, images: Floats) -> Floats:
        self.calls.append(len(images))
        if len(self.calls) == self.call:
            raise self.error
        return AlwaysDigit(7).scores(images)


@pytest.fixture
def three_pages(tmp_path: Path) -> InputDocument:
    """Make a TIFF with one bar on its first page, two on its second, three on its third."""
    pages = []
    for bars in (1, 2, 3):
        page = Image.new("L", (400, 200), 255)
        for bar in range(bars):
            ImageDraw.Draw(page).rectangle((60 + 40 * bar, 60, 67 + 40 * bar, 120), fill=0)
        pages.append(page)
    pages[0].save(tmp_path / "bars.tif", save_all=True, append_images=pages[1:])
    return InputDocument("bars.tif", tmp_path / "bars.tif")


def read(document: InputDocument, classifier: object = None, **load: object) -> Outcome:
    options = RunOptions(load=LoadOptions(**load))  # type: ignore[arg-type]
    with TemporaryDirectory() as out:
        (done,) = read_here([document], Path(out), options, classifier)  # type: ignore[arg-type]
        return done.outcome


def texts(outcome: Outcome) -> dict[int, list[str]]:
    pages = outcome.result.pages if outcome.result else ()
    return {page.number: [number.text for number in page.numbers] for page in pages}


def test_bars_become_the_digit_that_the_classifier_sees(three_pages: InputDocument) -> None:
    outcome = read(three_pages)
    assert outcome.failures == ()
    assert texts(outcome) == {1: ["7"], 2: ["77"], 3: ["777"]}
    assert outcome.seconds > 0  # of a page each, rounded to a thousandth


def test_a_page_that_upsets_a_stage_fails_alone(three_pages: InputDocument) -> None:
    outcome = read(three_pages, FailsOnce(2, ZeroDivisionError("no strokes")))
    assert texts(outcome) == {1: ["7"], 3: ["777"]}
    (failure,) = outcome.failures
    assert (failure.kind, failure.page) == ("InternalError", 2)
    assert failure.cause == "digitize failed on it (ZeroDivisionError: no strokes)"
    assert "report" in failure.remedy


def test_a_page_too_large_for_the_memory_fails_alone(three_pages: InputDocument) -> None:
    outcome = read(three_pages, FailsOnce(1, MemoryError()))
    assert texts(outcome) == {2: ["77"], 3: ["777"]}
    assert [(failure.kind, failure.page) for failure in outcome.failures] == [("OutOfMemory", 1)]


def test_a_loader_that_breaks_halfway_keeps_the_pages_before(
    three_pages: InputDocument, monkeypatch: pytest.MonkeyPatch
) -> None:
    @contextmanager
    def breaks(path: Path, options: LoadOptions) -> Iterator[OpenDocument]:
        def load(number: int) -> Page | Failure:
            if number > 1:
                raise RuntimeError("a library gave up")
            return opened.load(number)

        with open_document(path, options) as opened:
            yield OpenDocument(opened.numbers, load)

    monkeypatch.setattr("digitize.batch.work.open_document", breaks)
    outcome = read(three_pages)
    assert texts(outcome) == {1: ["7"]}
    assert [(failure.kind, failure.page) for failure in outcome.failures] == [
        ("InternalError", None)
    ]


@pytest.mark.parametrize("end", [KeyboardInterrupt(), SystemExit(1)])
def test_our_own_end_is_no_failure_of_a_page(
    end: BaseException, three_pages: InputDocument
) -> None:
    with pytest.raises(type(end)):
        read(three_pages, FailsOnce(2, end))


@pytest.mark.parametrize("kind", [ModelUnusable, OutputNotWritable])
def test_what_concerns_the_whole_run_is_no_failure_of_a_page(
    kind: type[DigitizeError], three_pages: InputDocument
) -> None:
    with pytest.raises(kind):
        read(three_pages, FailsOnce(2, kind("it is gone", "Bring it back")))


@pytest.mark.parametrize("kind", [ModelUnusable, OutputNotWritable, UsageError])
def test_what_concerns_the_whole_run_is_no_failure_of_a_document(
    kind: type[DigitizeError], three_pages: InputDocument, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(path: Path, options: LoadOptions) -> NoReturn:
        raise kind("no renderer", "Install it")

    monkeypatch.setattr("digitize.batch.work.open_document", breaks)
    with pytest.raises(kind):
        read(three_pages)


@pytest.mark.parametrize("content", [b"", b"hello", b"\x89PNG\r\n\x1a\n", b"%PDF-1.7\n", b"\x00"])
def test_a_file_that_is_no_document_has_no_result_and_says_why(
    content: bytes, tmp_path: Path
) -> None:
    (tmp_path / "a.png").write_bytes(content)
    outcome = read(InputDocument("a.png", tmp_path / "a.png"))
    assert outcome.result is None
    (failure,) = outcome.failures
    assert (failure.kind, failure.page) == ("UnreadableInput", None)
    assert failure.cause
    assert failure.remedy


def test_a_file_that_is_gone_says_so(tmp_path: Path) -> None:
    (failure,) = read(InputDocument("a.png", tmp_path / "a.png")).failures
    assert (failure.kind, failure.cause) == (
        "UnreadableInput",
        "it cannot be opened (no such file or directory)",
    )


def test_a_picture_larger_than_the_limit_is_refused(three_pages: InputDocument) -> None:
    outcome = read(three_pages, max_megapixels=0.05)
    assert outcome.result is None
    assert {failure.kind for failure in outcome.failures} == {"OversizedPicture"}


def test_an_empty_page_is_read_and_holds_no_number(tmp_path: Path) -> None:
    Image.fromarray(np.full((300, 300), 255, np.uint8)).save(tmp_path / "a.png")
    outcome = read(InputDocument("a.png", tmp_path / "a.png"))
    assert outcome.failures == ()
    assert texts(outcome) == {1: []}


def test_our_errors_become_failures_word_for_word() -> None:
    assert as_failure(EncryptedInput("it is locked", "Unlock it"), page=3) == Failure(
        "EncryptedInput", "it is locked", "Unlock it", 3
    )


@pytest.mark.parametrize(
    "error",
    [
        MemoryError(),
        RuntimeError("OpenCV(4.9) error: (-4:Insufficient memory) Failed to allocate 9 bytes"),
        RuntimeError("std::bad_alloc"),
    ],
)
def test_a_lack_of_memory_is_told_whatever_library_says_so(error: Exception) -> None:
    failure = as_failure(error, page=1)
    assert failure.kind == "OutOfMemory"
    assert "--worker-memory" in failure.remedy
