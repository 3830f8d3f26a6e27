from __future__ import annotations

import os
from pathlib import Path

from digitize.batch.content import content_hash
from digitize.batch.journal import JOURNAL
from digitize.batch.journal_lines import line
from digitize.export.originals import Original
from digitize.export.sqlite import INDEX
from digitize.records import NOT_AT_HAND, Box, Status
from digitize.search import Hit, changed_originals


def hit(source: Path, document: str | None = None) -> Hit:
    place = Original(source, 1, 10, 10, 0.0, 0)
    name = document or source.name
    return Hit(name, 1, 1, 1, "12", "12", 0.9, Status.OK, Box(1, 1, 1, 1), place)


def read(out: Path, *sources: Path) -> None:
    """Leave a journal that tells what these documents hold now."""
    told = [
        {"unit": "files", "document": source.name, "sha256": content_hash(source)}
        for source in sources
    ]
    (out / JOURNAL).write_bytes(b"".join(map(line, told)))


def pages(folder: Path, *names: str) -> list[Path]:
    for name in names:
        (folder / name).write_text(f"the page {name}")
    return [folder / name for name in names]


def test_a_document_that_was_written_since_is_told_once(tmp_path: Path) -> None:
    same, changed = pages(tmp_path, "a.png", "b.png")
    read(tmp_path, same, changed)
    changed.write_text("another page")
    found = changed_originals(tmp_path, [hit(changed), hit(same), hit(changed)])
    assert list(found) == ["b.png"]
    assert found["b.png"].cause == f"its original, {changed}, was changed after it was read"


def test_while_a_run_goes_on_the_index_is_of_what_was_read_before(tmp_path: Path) -> None:
    (page,) = pages(tmp_path, "a.png")
    read(tmp_path, page)
    (tmp_path / INDEX).touch()
    before = (tmp_path / JOURNAL).read_bytes()
    page.write_text("another page")
    read(tmp_path, page)
    (tmp_path / JOURNAL).write_bytes(before + (tmp_path / JOURNAL).read_bytes())
    later = (tmp_path / INDEX).stat().st_mtime + 5
    os.utime(tmp_path / JOURNAL, (later, later))
    assert list(changed_originals(tmp_path, [hit(page)])) == ["a.png"]
    os.utime(tmp_path / INDEX, (later, later))  # the run has ended
    assert changed_originals(tmp_path, [hit(page)]) == {}


def test_a_document_that_was_read_last_without_knowing_its_content_is_not_told(
    tmp_path: Path,
) -> None:
    (page,) = pages(tmp_path, "a.png")
    read(tmp_path, page)
    unknown = line({"unit": "files", "document": "a.png", "sha256": None})
    (tmp_path / JOURNAL).write_bytes((tmp_path / JOURNAL).read_bytes() + unknown)
    page.write_text("another page")
    assert changed_originals(tmp_path, [hit(page)]) == {}


def test_a_document_that_is_gone_or_of_which_nothing_is_known_is_not_told(tmp_path: Path) -> None:
    gone, known, new = pages(tmp_path, "a.png", "b.png", "c.png")
    read(tmp_path, gone, known)
    gone.unlink()
    hits = [hit(gone), hit(known), hit(new), hit(NOT_AT_HAND, "b.png")]
    assert changed_originals(tmp_path, hits) == {}
    (tmp_path / JOURNAL).unlink()
    known.write_text("another page")
    assert changed_originals(tmp_path, hits) == {}
