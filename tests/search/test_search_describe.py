from __future__ import annotations

from pathlib import Path

from digitize.export.originals import Original
from digitize.records import Box, Status
from digitize.search import Hit, describe_hits

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
