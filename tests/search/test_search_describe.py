from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from digitize.errors import UnreadableInput
from digitize.export.originals import Original
from digitize.records import Box, Status
from digitize.search import Hit, describe_hits, describe_missing

PLACE = Original(Path("a.png"), 1, 10, 10, 0.0, 0)


def hit(text: str, read: str, document: str = "a.png") -> Hit:
    return Hit(document, 2, 3, 14, text, read, 0.98765, Status.OK, Box(1, 1, 1, 1), PLACE)


def test_each_hit_is_a_line_and_says_what_it_was_read_as() -> None:
    hits = [hit("1203", "1203"), hit("1203", "1263", "exams/long name.pdf")]
    assert describe_hits(hits).splitlines() == [
        "text  confidence  page  line  number  document",
        "1203  0.9876      2     3     14      a.png",
        "1203  0.9876      2     3     14      exams/long name.pdf  read as 1263",
        "2 numbers found",
    ]


def test_pictures_stand_beside_their_hits() -> None:
    hits = [hit("12", "12"), hit("12", "72")]
    shown = describe_hits(hits, [None, "hit-002.png"]).splitlines()
    assert shown[1].endswith("a.png")
    assert shown[2].endswith("read as 72, hit-002.png")


def test_nothing_found_is_said() -> None:
    assert describe_hits([]) == "0 numbers found"


def test_a_file_name_cannot_steer_the_terminal() -> None:
    assert "\x1b" not in describe_hits([hit("12", "12", "\x1b[2J.png")])


CHANGED = {"b\x1b.png": UnreadableInput("it was changed", "Put it back")}


def test_a_changed_document_is_named_once_and_its_hits_are_not_counted_as_gone() -> None:
    hits = [hit("12", "12", document) for document in ("b\x1b.png", "a.png", "b\x1b.png", "c.png")]
    changed, others = describe_missing(hits, [None, None, None, "hit-004.png"], CHANGED)
    assert changed == "b\\x1b.png: it was changed. Put it back."
    assert others.startswith("1 hit without a picture: the document is gone, protected or")


def test_hits_in_stores_are_not_said_to_be_gone() -> None:
    afar = replace(hit("12", "12"), origin="s3://scans/a.png")
    (told,) = describe_missing([afar, afar], [None, None], {})
    assert told.startswith("2 hits without a picture: the document lies in a store, from where sea")
    assert "digitize export OUT --format pdf" in told
    here, there = describe_missing([afar, hit("12", "12")], [None, None], {})
    assert here.startswith("1 hit without a picture: the document is gone")
    assert there.startswith("1 hit without a picture: the document lies in a store")


def test_nothing_is_said_where_each_hit_has_its_picture() -> None:
    assert describe_missing([hit("12", "12")], ["hit-001.png"], {}) == []
