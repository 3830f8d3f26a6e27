from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path

import pytest
from export_pages import NUMBERS, document, number, page
from hypothesis import given
from hypothesis import strategies as st

from digitize.errors import OutputNotWritable
from digitize.export import ExportOptions, TableWriter
from digitize.export.tables import FORMULA_STARTS, guarded, shown_confidence, shown_length
from digitize.records import DocumentResult


def written(out: Path, *documents: DocumentResult) -> tuple[list[str], list[str]]:
    """The lines of numbers.csv and digits.csv."""
    with TableWriter(out, [one.document for one in documents]) as tables:
        for one in documents:
            assert tables.add(one) == ()
    return tuple((out / f"{name}.csv").read_text().splitlines() for name in ("numbers", "digits"))


def test_headers_are_those_of_the_design(tmp_path: Path) -> None:
    numbers, digits = written(tmp_path)
    assert numbers == ["document,page,line,number,text,confidence,status,x,y,width,height"]
    assert digits == ["document,page,line,number,position,digit,confidence,status,x,y,width,height"]


def test_a_row_per_number_and_a_row_per_digit(tmp_path: Path) -> None:
    numbers, digits = written(tmp_path, document("a/b.png", tmp_path))
    assert numbers[1] == "a/b.png,1,1,1,17,0.9900,ok,40,60,28.5,30"
    assert numbers[4] == "a/b.png,1,2,4,90817263,0.2000,review,150,158,163.5,30"
    assert digits[1:3] == [
        "a/b.png,1,1,1,1,1,0.9900,ok,40,60,6,30",
        "a/b.png,1,1,1,2,7,0.9900,ok,50.5,60,18,30",
    ]
    assert len(numbers) == 1 + len(NUMBERS)
    assert len(digits) == 1 + sum(len(one.digits) for one in NUMBERS)


def test_numbers_count_from_1_on_each_page_and_documents_follow_each_other(tmp_path: Path) -> None:
    two = (page((number("1"), number("2", y=99))), page((number("3"),), count=2))
    numbers, _ = written(tmp_path, document("a", tmp_path, *two), document("b", tmp_path, *two))
    assert [row.split(",")[:5] for row in numbers[1:4]] == [
        ["a", "1", "1", "1", "1"],
        ["a", "1", "1", "2", "2"],
        ["a", "2", "1", "1", "3"],
    ]
    assert numbers[4].startswith("b,1,")


def test_a_decimal_mark_is_in_the_text_and_is_no_digit(tmp_path: Path) -> None:
    numbers, digits = written(tmp_path, document("a", tmp_path, page((number("2.5"),))))
    assert ",2.5," in numbers[1]
    assert [row.split(",")[5] for row in digits[1:]] == ["2", "5"]


@pytest.mark.parametrize("name", ['says "hi", twice.png', "line\nbreak.png", "naïve 数字.png"])
def test_odd_names_come_back_from_a_csv_reader(tmp_path: Path, name: str) -> None:
    written(tmp_path, document(name, tmp_path))
    with (tmp_path / "numbers.csv").open(encoding="utf-8", newline="") as file:
        assert {row["document"] for row in csv.DictReader(file)} == {name}


def test_a_name_that_is_no_unicode_is_shown_with_backslashes(tmp_path: Path) -> None:
    numbers, _ = written(tmp_path, document("caf\udce9.png", tmp_path))
    assert numbers[1].startswith("caf\\udce9.png,")


@pytest.mark.parametrize("start", "=+-@\t\r\n＝＋－＠")
def test_a_name_that_looks_like_a_formula_is_guarded(start: str) -> None:
    assert guarded(f"{start}1.png") == f"'{start}1.png"
    assert guarded("a=1.png") == "a=1.png"


@given(st.text(min_size=1))
def test_what_is_guarded_begins_as_no_formula_does(text: str) -> None:
    assert not guarded(text).startswith(FORMULA_STARTS)
    assert guarded(text).removeprefix("'") == text.removeprefix("'")


def test_the_dialect_of_spreadsheets_has_semicolons_and_a_byte_order_mark(tmp_path: Path) -> None:
    one = document("a;b,c.png", tmp_path, page((number("007"),)))
    with TableWriter(tmp_path, [], ExportOptions(csv_dialect="excel")) as tables:
        tables.add(one)
    content = (tmp_path / "numbers.csv").read_bytes()
    assert content.startswith("\ufeffdocument;page;line;".encode())
    assert content.decode().endswith('"a;b,c.png";1;1;1;007;0.9900;ok;40;60;63;30\r\n')
    assert (tmp_path / "digits.csv").read_bytes().startswith("\ufeffdocument;".encode())


def test_the_usual_dialect_has_no_byte_order_mark(tmp_path: Path) -> None:
    written(tmp_path, document("a;b,c.png", tmp_path))
    assert (tmp_path / "numbers.csv").read_bytes().startswith(b"document,page,")


@given(st.floats(0, 1))
def test_confidence_is_rounded_down_to_four_decimals(confidence: float) -> None:
    shown = shown_confidence(confidence)
    assert len(shown) == 6
    assert 0 <= Decimal(str(confidence)) - Decimal(shown) < Decimal("0.0001")
    assert (shown == "1.0000") == (confidence == 1)


def test_a_decimal_confidence_is_not_rounded_a_step_too_far() -> None:
    assert shown_confidence(0.9999) == "0.9999"
    assert shown_confidence(0.99999) == "0.9999"


@pytest.mark.parametrize(
    ("pixels", "shown"),
    [(3, "3"), (3.04, "3"), (3.06, "3.1"), (-0.01, "0"), (123456.78, "123456.8")],
)
def test_lengths_have_one_decimal_at_most(pixels: float, shown: str) -> None:
    assert shown_length(pixels) == shown


def test_an_interrupted_run_leaves_the_tables_of_the_one_before(tmp_path: Path) -> None:
    (tmp_path / "numbers.csv").write_text("old")

    def interrupted() -> None:
        with TableWriter(tmp_path) as tables:
            tables.add(document("a", tmp_path))
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert (tmp_path / "numbers.csv").read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["numbers.csv"]


def test_an_os_error_from_elsewhere_is_not_blamed_on_the_tables(tmp_path: Path) -> None:
    with pytest.raises(ConnectionError), TableWriter(tmp_path):
        raise ConnectionError("the bucket is gone")


def test_a_folder_in_the_place_of_a_table_is_explained(tmp_path: Path) -> None:
    (tmp_path / "numbers.csv").mkdir()
    with pytest.raises(OutputNotWritable, match=r"numbers\.csv: cannot be written"):
        written(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["numbers.csv"]
