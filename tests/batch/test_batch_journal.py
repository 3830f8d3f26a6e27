"""The journal: what is written is there when it is read, whatever happened to the file's end."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digitize.batch.journal import JOURNAL, Journal
from digitize.batch.journal_header import differences, header
from digitize.batch.page_text import page_of, page_text
from digitize.batch.read_journal import known_from
from digitize.batch.tasks import OwnFiles
from digitize.errors import OutputNotWritable, UsageError
from digitize.records import Box, Digit, Failure, Number, PageResult, Provenance, Status

HEADER = header(Provenance("digitize", "1", "cnn", "abc"), {"load": {"dpi": 300}})


def a_page(number: int = 1, digits: int = 1, x: float = 1.5) -> PageResult:
    box = Box(x, 2, 3.25, 4)
    found = tuple(
        Digit(digit % 10, 0.1 + 0.2, Status.REVIEW, box, ((1, 0.25),), True, 0.1, 1 / 3)
        for digit in range(digits)
    )
    read = Number("0" * digits, 0.99, Status.OK, 1, box, found)
    return PageResult(number, 100, 200, 300.0, -1.25, (read,), turn=1)


def journal(folder: Path, *, renewed: bool = False) -> Journal:
    return Journal(folder / JOURNAL, HEADER, renewed=renewed)


def fill(folder: Path, *pages: PageResult) -> None:
    with journal(folder) as opened:
        opened.add_document("sha", "a.png", [page.number for page in pages])
        for page in pages:
            opened.add_page("sha", "a.png", page.number, 0.5, page_text(page))


@given(st.floats(-1e6, 1e6, allow_nan=False), st.integers(1, 12))
def test_a_page_comes_back_as_it_was(x: float, digits: int) -> None:
    page = a_page(3, digits, x)
    assert page_of(page_text(page)) == page
    assert b"\n" not in page_text(page)


def test_what_was_written_is_known_when_the_journal_is_opened_again(tmp_path: Path) -> None:
    fill(tmp_path, a_page(1), a_page(2, digits=4))
    with journal(tmp_path) as again:
        (content,) = again.known.contents.values()
        assert content.numbers == (1, 2)
        assert {n: again.page(one.place) for n, one in content.pages.items()} == {
            1: a_page(1),
            2: a_page(2, digits=4),
        }
        assert content.pages[1].seconds == 0.5


def test_files_are_known_by_document_and_format(tmp_path: Path) -> None:
    own = OwnFiles("pdf", (("a\n.pdf", 9),), ("it is unsigned",))
    with journal(tmp_path) as opened:
        opened.add_files("sha", "a\n.png", "made", [own])
        opened.add_failure("sha", "b.png", Failure("UnreadableInput", "it is cut", "Scan it"))
    known = known_from(tmp_path / JOURNAL, HEADER)
    assert known.files["a\n.png", "pdf"].own == own
    assert known.files["a\n.png", "pdf"].made == "made"
    assert not known.contents


def test_a_journal_cut_anywhere_keeps_the_lines_before_the_cut(tmp_path: Path) -> None:
    fill(tmp_path, *(a_page(number) for number in (1, 2, 3)))
    whole = (tmp_path / JOURNAL).read_bytes()
    for cut in range(0, len(whole), 7):
        (tmp_path / JOURNAL).write_bytes(whole[:cut])
        with journal(tmp_path) as opened:
            read = [page for one in opened.known.contents.values() for page in one.pages]
            assert len(read) == max(0, whole[:cut].count(b"\n") - 2)
            opened.add_page("other", "b.png", 1, 0.1, page_text(a_page()))
        known = known_from(tmp_path / JOURNAL, HEADER)
        assert list(known.contents["other"].pages) == [1]


def test_a_damaged_line_counts_for_nothing_and_its_neighbours_do(tmp_path: Path) -> None:
    fill(tmp_path, *(a_page(number) for number in (1, 2, 3)))
    lines = (tmp_path / JOURNAL).read_bytes().splitlines(keepends=True)
    lines[3] = lines[3].replace(b'"digits": [{', b'"digits": [ ', 1)  # of page 2
    lines[2] = b"not JSON\n"
    (tmp_path / JOURNAL).write_bytes(b"".join(lines))
    known = known_from(tmp_path / JOURNAL, HEADER)
    assert list(known.contents["sha"].pages) == [3]


def test_no_journal_tells_nothing(tmp_path: Path) -> None:
    assert not known_from(tmp_path / JOURNAL, HEADER).contents


def test_a_journal_of_other_options_is_refused_and_stays(tmp_path: Path) -> None:
    fill(tmp_path, a_page())
    before = (tmp_path / JOURNAL).read_bytes()
    other = header(Provenance("digitize", "1", "cnn", "xyz"), {"load": {"dpi": 200}})
    with pytest.raises(UsageError, match="the model's file is another; --dpi was 300 and is 200"):
        Journal(tmp_path / JOURNAL, other, renewed=False)
    assert (tmp_path / JOURNAL).read_bytes() == before
    with Journal(tmp_path / JOURNAL, other, renewed=True) as renewed:
        assert not renewed.known.contents


def test_another_file_of_that_name_is_refused(tmp_path: Path) -> None:
    (tmp_path / JOURNAL).write_text('{"diary": true}\nDear diary\n')
    with pytest.raises(UsageError, match="no journal that digitize wrote"):
        journal(tmp_path)


def test_a_journal_in_which_nothing_came_to_be_is_gone_when_the_run_fails(tmp_path: Path) -> None:
    with pytest.raises(KeyError), journal(tmp_path):
        raise KeyError
    assert not (tmp_path / JOURNAL).exists()
    fill(tmp_path, a_page())
    with pytest.raises(KeyError), journal(tmp_path):
        raise KeyError
    assert (tmp_path / JOURNAL).exists()


def test_two_runs_cannot_write_one_journal(tmp_path: Path) -> None:
    pytest.importorskip("fcntl", reason="Windows has no such locks")
    with journal(tmp_path), pytest.raises(UsageError, match="another run is writing"):
        journal(tmp_path)


@pytest.mark.parametrize("gone", [os.unlink, lambda path: path.write_text("")])
def test_a_journal_that_is_gone_is_told(gone: object, tmp_path: Path) -> None:
    with journal(tmp_path) as opened:
        (tmp_path / JOURNAL).unlink()
        if gone is not os.unlink:
            (tmp_path / JOURNAL).write_text("")
        with pytest.raises(OutputNotWritable):
            opened.sync()


def test_passwords_and_pictures_of_stages_do_not_change_what_is_read() -> None:
    made = Provenance("digitize", "1", "cnn", "abc")
    one = header(made, {"load": {"passwords": "0 given", "dpi": 1}, "debug": None})
    two = header(made, {"load": {"passwords": "2 given", "dpi": 1}, "debug": Path("stages")})
    assert one == two
    assert differences(one, two) == []


def test_differences_name_the_option_or_else_the_key() -> None:
    made = Provenance("digitize", "1", "cnn", "abc", {"ink": "a"})
    one = header(made, {"page": {"group": {"review_below": 0.9, "gap": 1}}})
    two = header(made, {"page": {"group": {"review_below": 0.5, "gap": 1}}})
    three = header(made, {"page": {"group": {"review_below": 0.9, "gap": 2}}})
    assert differences(one, two) == ["--review-below was 0.9 and is 0.5"]
    assert differences(one, three) == ["page.group.gap was 1 and is 2"]


def test_every_line_is_an_object_of_json(tmp_path: Path) -> None:
    fill(tmp_path, a_page())
    for line in (tmp_path / JOURNAL).read_text("utf-8").splitlines():
        assert isinstance(json.loads(line), dict)
