from __future__ import annotations

from pathlib import Path

import pytest

from digitize.batch.journal import JOURNAL
from digitize.batch.journal_lines import line, page_line
from digitize.batch.left_contents import UNKNOWN, LeftContent, left_contents

FILES = {"unit": "files", "made": "x", "formats": []}


def test_the_contents_of_a_document_are_those_of_which_files_were_written(tmp_path: Path) -> None:
    told = [
        line({"format": "digitize journal"}),
        line({"unit": "document", "sha256": "aa", "document": "only/begun.png", "pages": [1]}),
        line({**FILES, "sha256": "aa", "document": "a.png"}),
        page_line({"unit": "page", "sha256": "bb", "document": "a.png", "page": 1}, b"{}", 0)[0],
        line({**FILES, "sha256": "cc", "document": "in/b.tif"}),
        line({**FILES, "sha256": "bb", "document": "a.png"}),
    ]
    (tmp_path / JOURNAL).write_bytes(b"".join(told))
    assert left_contents(tmp_path) == {
        "a.png": (LeftContent("aa"), LeftContent("bb")),
        "in/b.tif": (LeftContent("cc"),),
    }


def test_of_what_was_fetched_the_content_itself_is_told_too(tmp_path: Path) -> None:
    begun = {"unit": "document", "document": "a.png", "pages": [1]}
    told = [
        line({**begun, "sha256": "aa", "fetched_sha256": "ff"}),
        line({**FILES, "sha256": "aa", "document": "a.png"}),
        line({**begun, "sha256": "bb"}),
        line({**FILES, "sha256": "bb", "document": "a.png"}),
    ]
    (tmp_path / JOURNAL).write_bytes(b"".join(told))
    assert left_contents(tmp_path) == {"a.png": (LeftContent("aa", "ff"), LeftContent("bb"))}


def test_of_a_document_of_which_its_server_tells_nothing_what_was_fetched_is_told(
    tmp_path: Path,
) -> None:
    begun = {"unit": "document", "sha256": None, "pages": [1]}
    told = [
        line({**begun, "document": "a.png", "fetched_sha256": "ff"}),
        line({**begun, "document": "b.png", "fetched_sha256": "ee"}),
        line({**FILES, "sha256": None, "document": "a.png"}),
        line({**FILES, "sha256": None, "document": "c.png"}),
    ]
    (tmp_path / JOURNAL).write_bytes(b"".join(told))
    assert left_contents(tmp_path) == {"a.png": (LeftContent(None, "ff"),), "c.png": (UNKNOWN,)}


@pytest.mark.parametrize("unknown", [None, 7, ["aa"]])
def test_a_content_that_could_not_be_told_is_none_and_not_the_one_before(
    tmp_path: Path, unknown: object
) -> None:
    told = [line({**FILES, "sha256": content, "document": "a.png"}) for content in ("aa", unknown)]
    (tmp_path / JOURNAL).write_bytes(b"".join(told))
    assert left_contents(tmp_path) == {"a.png": (LeftContent("aa"), UNKNOWN)}


@pytest.mark.parametrize("journal", [None, b"", b"\xff\x00", b'{"unit": "files"', b"[1]\n7\n"])
def test_a_journal_that_tells_nothing_is_none(tmp_path: Path, journal: bytes | None) -> None:
    if journal is not None:
        (tmp_path / JOURNAL).write_bytes(journal)
    assert left_contents(tmp_path) == {}
