from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from digitize.errors import OutputNotWritable, UnreadableInput, UsageError
from digitize.export import SqliteWriter
from digitize.export.sqlite import INDEX
from digitize.records import Box, Digit, DocumentResult, Number, PageResult, Status
from digitize.search import draw_hits, search

WIDTH, HEIGHT = 300, 200
INK, FRAME = (20, 20, 60), (213, 94, 0)


def number(text: str, *, y: float = 40, confidence: float = 0.9, **others: float) -> Number:
    """A number at (100, y) whose digits are 20 wide and 30 high; others: "at2_0" is a share."""
    alternatives: dict[int, list[tuple[int, float]]] = {}
    for key, share in others.items():
        place, digit = key.removeprefix("at").split("_")
        alternatives.setdefault(int(place), []).append((int(digit), share))
    digits = tuple(
        Digit(
            int(sign),
            confidence,
            Status.OK,
            Box(100 + 20 * place, y, 20, 30),
            tuple(alternatives.get(place, ())),
        )
        for place, sign in enumerate(text.strip("-").replace(".", ""))
    )
    return Number(text, confidence, Status.OK, 1, Box(100, y, 20 * len(digits), 30), digits)


def document(name: str, *numbers: Number, source: Path = Path("gone.png")) -> DocumentResult:
    return DocumentResult(name, source, (PageResult(1, WIDTH, HEIGHT, 100.0, 0.0, numbers),))


def indexed(out: Path, *documents: DocumentResult) -> Path:
    with SqliteWriter(out) as index:
        for one in documents:
            index.add(one)
    return out


def texts(out: Path, asked: str) -> list[tuple[str, str]]:
    return [(hit.text, hit.read) for hit in search(out, asked)]


def test_a_number_is_found_where_it_was_read(tmp_path: Path) -> None:
    out = indexed(tmp_path, document("a/b.png", number("17"), number("1203", y=80)))
    (hit,) = search(out, "1203")
    assert (hit.document, hit.page, hit.line, hit.number) == ("a/b.png", 1, 1, 2)
    assert (hit.read, hit.confidence, hit.status) == ("1203", 0.9, Status.OK)
    assert hit.box == Box(100, 80, 80, 30)


def test_a_number_is_found_where_it_was_first_read_as_another(tmp_path: Path) -> None:
    out = indexed(tmp_path, document("a.png", number("1263", at2_0=0.05)))
    (hit,) = search(out, "1203")
    assert (hit.text, hit.read) == ("1203", "1263")
    assert hit.confidence == pytest.approx(0.9**3 * 0.05)
    assert texts(out, "1263") == [("1263", "1263")]
    assert search(out, "1253") == []


def test_the_surest_hit_comes_first_then_the_order_of_the_run(tmp_path: Path) -> None:
    doubtful = number("1263", at2_0=0.05)
    names = ("b", "a", "c", "d")
    read = (doubtful, number("1203"), number("1203", confidence=0.99), number("1203"))
    out = indexed(tmp_path, *(document(*one) for one in zip(names, read, strict=True)))
    assert [hit.document for hit in search(out, "1203")] == ["c", "a", "d", "b"]


def test_hits_that_are_shown_as_equally_sure_keep_the_order_of_the_run(tmp_path: Path) -> None:
    shares = (0.91231, 0.91239, 0.91235, 0.9)
    read = [number("12", y=10 * place, confidence=one) for place, one in enumerate(shares)]
    out = indexed(tmp_path, document("a", *read))
    assert [hit.number for hit in search(out, "12")] == [1, 2, 3, 4]


def test_a_beginning_finds_just_it_first_then_what_goes_on(tmp_path: Path) -> None:
    sure = number("123", confidence=0.99)
    out = indexed(tmp_path, document("a", sure, number("12"), number("12.5"), number("312")))
    assert texts(out, "12*") == [("12", "12"), ("123", "123"), ("12.5", "12.5")]
    assert texts(out, "12") == [("12", "12")]


def test_a_beginning_finds_a_number_once_as_the_likeliest_of_its_texts(tmp_path: Path) -> None:
    out = indexed(tmp_path, document("a", number("1263", at2_0=0.05, at3_8=0.08)))
    assert texts(out, "12*") == [("1263", "1263")]
    assert texts(out, "120*") == [("1203", "1263")]


@pytest.mark.parametrize("text", ["007", "2.5", "0.75", "40.00"])
def test_zeros_and_decimal_marks_count(tmp_path: Path, text: str) -> None:
    read = [number(one) for one in ("7", "007", "25", "2.5", "75", "0.75", "40", "40.00")]
    out = indexed(tmp_path, document("a", *read))
    assert texts(out, text) == [(text, text)]


def test_a_minus_is_looked_for_where_it_is_given(tmp_path: Path) -> None:
    read = [number(one) for one in ("-12", "12", "-123", "-7")]
    out = indexed(tmp_path, document("a", *read))
    assert texts(out, "-12") == [("-12", "-12")]
    assert texts(out, "-12*") == [("-12", "-12"), ("-123", "-123")]
    assert texts(out, "12") == [("12", "12"), ("-12", "-12")]


@pytest.mark.parametrize(
    "text", ["", "*", "12a", '1" OR "2', "1*2", "1 2", "1203**", "5-", "--5", "-", "١٢"]
)
def test_what_is_no_number_is_refused(tmp_path: Path, text: str) -> None:
    out = indexed(tmp_path, document("a", number("12")))
    with pytest.raises(UsageError, match="is no number to search for"):
        search(out, text)


def test_nothing_found_is_an_empty_list(tmp_path: Path) -> None:
    assert search(indexed(tmp_path), "12") == []


def test_a_folder_without_results_is_told_from_one_without_an_index(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="there are no results of a run in it"):
        search(tmp_path, "12")
    (tmp_path / "report.json").write_text("{}")
    with pytest.raises(UsageError, match=r"no index.*digitize export .* --format sqlite"):
        search(tmp_path, "12")


def damage(path: Path, command: str) -> None:
    with closing(sqlite3.connect(path)) as index:
        index.execute(command)
        index.commit()


@pytest.mark.parametrize(
    ("command", "cause"),
    [
        ("DROP TABLE readings", "damaged"),
        ("DROP TABLE numbers", "damaged"),
        ("UPDATE numbers SET status = 'lost'", "damaged"),
        ("UPDATE numbers SET height = NULL", "damaged"),
        ("PRAGMA user_version = 99", "of version 99, and this program knows 1"),
        ("PRAGMA application_id = 5", "it is no index that digitize made"),
    ],
)
def test_an_index_that_cannot_be_used_is_named(tmp_path: Path, command: str, cause: str) -> None:
    out = indexed(tmp_path, document("a", number("12")))
    damage(out / INDEX, command)
    with pytest.raises(UnreadableInput, match=cause) as caught:
        search(out, "12")
    assert str(out / INDEX) in caught.value.cause
    assert "Make it again with digitize export" in caught.value.remedy


@pytest.mark.parametrize("content", [b"", b"not a database" * 99])
def test_a_file_that_is_no_database_is_named(tmp_path: Path, content: bytes) -> None:
    (tmp_path / INDEX).write_bytes(content)
    with pytest.raises(UnreadableInput, match=INDEX):
        search(tmp_path, "12")


def test_an_index_that_was_cut_short_is_named(tmp_path: Path) -> None:
    out = indexed(tmp_path, document("a", *(number(str(count)) for count in range(10, 2000))))
    whole = (out / INDEX).read_bytes()
    (out / INDEX).write_bytes(whole[: len(whole) // 3])
    with pytest.raises(UnreadableInput, match="the index is damaged"):
        search(out, "12*")


def test_searching_changes_nothing_in_the_folder(tmp_path: Path) -> None:
    out = indexed(tmp_path, document("a", number("12")))
    before = (out / INDEX).read_bytes()
    search(out, "12")
    assert [path.name for path in out.iterdir()] == [INDEX]
    assert (out / INDEX).read_bytes() == before


def test_a_folder_of_an_odd_name_can_be_searched(tmp_path: Path) -> None:
    out = indexed(tmp_path / "a b?c#d%20é", document("a", number("12")))
    assert texts(out, "12") == [("12", "12")]


def test_a_hit_is_an_object_of_json(tmp_path: Path) -> None:
    out = indexed(tmp_path, document("caf\udce9", number("12"), source=Path("/x/caf\udce9")))
    (hit,) = search(out, "12")
    entry = json.loads(json.dumps(hit.as_json()))
    assert entry["document"] == "caf\\udce9"
    assert entry["box"] == [100, 40, 40, 30]
    assert hit.place.source == Path("/x/caf\udce9")


@given(st.lists(st.from_regex(r"[0-9]{1,4}(\.[0-9]{1,2})?", fullmatch=True), max_size=12))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=20)
def test_every_number_is_found_by_its_text_and_by_how_it_begins(
    tmp_path: Path, read: list[str]
) -> None:
    out = indexed(tmp_path, document("a", *(number(text) for text in read)))
    for text in read:
        assert [hit.text for hit in search(out, text)] == [text] * read.count(text)
        begun = [other for other in read if other.startswith(text)]
        assert sorted(hit.text for hit in search(out, f"{text}*")) == sorted(begun)


def page_picture(path: Path, *numbers: Number) -> Path:
    pixels = np.full((HEIGHT, WIDTH, 3), 255, np.uint8)
    for one in numbers:
        left, top = round(one.box.x), round(one.box.y)
        pixels[top : round(one.box.bottom), left : round(one.box.right)] = INK
    Image.fromarray(pixels).save(path)
    return path


def spread(pixels: np.ndarray, colour: tuple[int, int, int]) -> Box:
    down, across = np.nonzero((pixels == colour).all(axis=2))
    x, y = across.min(), down.min()
    return Box(x, y, across.max() + 1 - x, down.max() + 1 - y)


def test_the_picture_of_a_hit_has_a_box_about_the_number(tmp_path: Path) -> None:
    one = number("12", y=100)
    source = page_picture(tmp_path / "a.png", one)
    out = indexed(tmp_path / "out", document("a.png", one, source=source))
    assert draw_hits(search(out, "12"), tmp_path / "hits") == ["hit-001.png"]
    pixels = np.asarray(Image.open(tmp_path / "hits" / "hit-001.png"))
    ink, frame = spread(pixels, INK), spread(pixels, FRAME)
    assert (ink.width, ink.height) == (40, 30)
    assert frame.x < ink.x < ink.right < frame.right
    assert frame.y < ink.y < ink.bottom < frame.bottom
    assert frame.width < ink.width + 12


def test_hits_whose_page_is_gone_have_no_picture(tmp_path: Path) -> None:
    one = number("12")
    source = page_picture(tmp_path / "a.png", one)
    gone = document("gone.png", replace(one, confidence=0.95))
    out = indexed(tmp_path / "out", gone, document("a.png", one, source=source))
    assert draw_hits(search(out, "12"), tmp_path / "hits") == [None, "hit-002.png"]
    assert [path.name for path in (tmp_path / "hits").iterdir()] == ["hit-002.png"]


def test_hits_in_a_changed_document_have_no_picture(tmp_path: Path) -> None:
    one = number("12")
    source = page_picture(tmp_path / "a.png", one)
    read = [document(name, one, source=source) for name in ("a.png", "b.png")]
    hits = search(indexed(tmp_path / "out", *read), "12")
    assert draw_hits(hits, tmp_path / "hits", changed=["a.png"]) == [None, "hit-002.png"]


def test_pictures_that_cannot_be_written_are_said(tmp_path: Path) -> None:
    one = number("12")
    source = page_picture(tmp_path / "a.png", one)
    out = indexed(tmp_path / "out", document("a.png", one, source=source))
    with pytest.raises(OutputNotWritable):
        draw_hits(search(out, "12"), source / "hits")


@pytest.mark.parametrize("name", ["a.png", "notes", "new.png", "new.PDF"])
def test_no_pictures_are_drawn_into_what_is_no_folder(tmp_path: Path, name: str) -> None:
    one = number("12")
    source = page_picture(tmp_path / "a.png", one)
    (tmp_path / "notes").write_text("mine")
    before = {path: path.read_bytes() for path in tmp_path.iterdir()}
    out = indexed(tmp_path / "out", document("a.png", one, source=source))
    for asked in ("12", "99"):
        with pytest.raises(UsageError, match="writes a picture of each hit, into a folder"):
            draw_hits(search(out, asked), tmp_path / name)
    assert {path: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()} == before


def test_a_scan_that_is_named_as_a_hit_is_never_replaced_or_removed(tmp_path: Path) -> None:
    one = number("12")
    source = page_picture(tmp_path / "hit-001.png", one)
    scan = source.read_bytes()
    out = indexed(tmp_path / "out", document("hit-001.png", one, source=source))
    for asked in ("12", "99"):
        with pytest.raises(UsageError, match=r"hit-001\.png: --show would replace this, which no"):
            draw_hits(search(out, asked), tmp_path)
    assert source.read_bytes() == scan
    draw_hits(search(out, "12"), tmp_path / "hits")
    (tmp_path / "hits" / "hit-002.png").mkdir()
    with pytest.raises(UsageError, match=r"hit-002\.png"):
        draw_hits(search(out, "12"), tmp_path / "hits")
    assert len(list((tmp_path / "hits").iterdir())) == 2
