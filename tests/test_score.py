"""A run is worth what its truth says, and bad folders are told with a remedy."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from score_folders import document, number, run_left, true, with_digit_confidence, write_truth

from digitize.errors import UnreadableInput, UsageError
from digitize.records import Status
from digitize.score import Confusion, score


def test_a_run_that_reads_all_is_worth_all(tmp_path: Path) -> None:
    out = run_left(tmp_path / "out", document("a.png", (number("123"), number("45", y=200))))
    write_truth(tmp_path / "truth", "a.png", true("123"), true("45", y=200))
    found = score(out, tmp_path / "truth").overall
    assert (found.pages, found.numbers) == (1, 2)
    assert (found.number_exact, found.precision, found.digit_f1) == (1, 1, 1)
    assert (found.cer, found.spurious_per_page, found.accepted_error) == (0, 0, 0)
    assert found.number_ece == pytest.approx(0.01)
    assert found.ece == pytest.approx(0.01)


def test_a_wrong_a_missed_and_an_invented_number_each_cost_what_they_should(tmp_path: Path) -> None:
    read = (number("129"), number("7", x=300, y=60, status=Status.REVIEW))
    out = run_left(tmp_path / "out", document("a.png", read))
    write_truth(tmp_path / "truth", "a.png", true("123"), true("45", y=200))
    scores = score(out, tmp_path / "truth")
    found = scores.overall
    assert found.number_exact == 0
    assert found.precision == 0
    assert found.cer == 4 / 5  # a replacement, two digits missed, one invented
    assert found.digit_f1 == pytest.approx(2 * 2 / (4 + 5))
    assert found.digit_accuracy_on_matched == 2 / 3
    assert found.spurious_per_page == 1
    assert (found.accepted, found.accepted_error) == (0.5, 1)
    assert scores.confusions == (Confusion("3", "9", 1),)


def test_confusions_come_by_how_often_they_are_met(tmp_path: Path) -> None:
    read = (number("7"), number("77", y=120), number("4", y=180))
    out = run_left(tmp_path / "out", document("a.png", read))
    truth = (true("2"), true("11", y=120), true("9", y=180))
    write_truth(tmp_path / "truth", "a.png", *truth)
    assert score(out, tmp_path / "truth").confusions == (
        Confusion("1", "7", 2),
        Confusion("2", "7", 1),
        Confusion("9", "4", 1),
    )


def test_a_truth_without_boxes_is_a_bag_of_texts(tmp_path: Path) -> None:
    read = (number("12", y=10), number("12", y=80, confidence=0.5), number("3", y=150))
    out = run_left(tmp_path / "out", document("a.png", read))
    write_truth(tmp_path / "truth", "a.png", {"text": "3"}, {"text": "12"}, {"text": "8"})
    scores = score(out, tmp_path / "truth")
    assert scores.overall.number_exact == scores.overall.precision == 2 / 3
    assert (scores.overall.cer, scores.overall.digit_f1, scores.overall.ece) == (None, None, None)
    right = [one.right for one in scores.pages[0].numbers]
    assert right == [True, False, True], "of two equal texts, the surer is right"


def test_where_not_all_that_is_written_is_listed_more_may_be_read(tmp_path: Path) -> None:
    out = run_left(tmp_path / "out", document("a.png", (number("123"), number("9", y=200))))
    write_truth(tmp_path / "truth", "a.png", true("123"), complete=None)
    found = score(out, tmp_path / "truth").overall
    assert found.number_exact == 1
    assert (found.precision, found.number_ece, found.accepted) == (None, None, None)


def test_numbers_may_have_boxes_where_digits_have_none(tmp_path: Path) -> None:
    out = run_left(tmp_path / "out", document("a.png", (number("123"),)))
    write_truth(tmp_path / "truth", "a.png", {"text": "124", "box": [40, 60, 70, 30]})
    found = score(out, tmp_path / "truth").overall
    assert found.cer == 1 / 3
    assert (found.digit_f1, found.ece) == (None, None)


@pytest.mark.parametrize(("read", "exact"), [("2.5", 1), ("25", 0)])
def test_a_decimal_mark_counts_where_the_page_has_one(
    tmp_path: Path, read: str, exact: float
) -> None:
    out = run_left(tmp_path / "out", document("a.png", (number(read),)))
    write_truth(tmp_path / "truth", "a.png", {"text": "2.5"})
    assert score(out, tmp_path / "truth").overall.number_exact == exact


def test_a_mark_does_not_count_where_the_page_has_none(tmp_path: Path) -> None:
    out = run_left(tmp_path / "out", document("a.png", (number("2.5"),)))
    write_truth(tmp_path / "truth", "a.png", {"text": "25"})
    assert score(out, tmp_path / "truth").overall.number_exact == 1


def test_digits_and_numbers_have_calibration_errors_of_their_own(tmp_path: Path) -> None:
    sure = with_digit_confidence(number("12", confidence=0.75), 0.875)
    out = run_left(tmp_path / "out", document("a.png", (sure,)))
    write_truth(tmp_path / "truth", "a.png", true("12"))
    found = score(out, tmp_path / "truth").overall
    assert (found.ece, found.number_ece) == (0.125, 0.25)


def test_groups_are_those_of_a_key_and_pages_without_it_stand_apart(tmp_path: Path) -> None:
    pages = ((number("1"),), (number("2"),))
    out = run_left(tmp_path / "out", document("a.tif", *pages), document("b/c.png", pages[0]))
    write_truth(tmp_path / "truth", "a.tif", true("1"), name="a-p1", pen="blue")
    write_truth(tmp_path / "truth", "a.tif", true("3"), name="a-p2", page=2, pen=7)
    write_truth(tmp_path / "truth", "c.png", true("1"))
    by_pen = score(out, tmp_path / "truth", "pen").groups
    assert {name: one.number_exact for name, one in by_pen.items()} == {"blue": 1, "7": 0, "?": 1}
    by_document = score(out, tmp_path / "truth", "document").groups
    assert {name: one.pages for name, one in by_document.items()} == {"a.tif": 2, "c.png": 1}
    assert score(out, tmp_path / "truth").groups == {}


def test_what_only_one_side_knows_is_told(tmp_path: Path) -> None:
    out = run_left(tmp_path / "out", document("a.png", (number("1"),)), document("x.png", ()))
    write_truth(tmp_path / "truth", "a.png", true("1"))
    write_truth(tmp_path / "truth", "b.png", true("1"))
    scores = score(out, tmp_path / "truth")
    assert (scores.unread, scores.untold) == (("b.png",), ("x.png",))
    assert scores.overall.number_exact == 0.5


def test_a_page_on_which_nothing_was_read_is_not_taken_for_unread(tmp_path: Path) -> None:
    out = run_left(tmp_path / "out", document("a.png", ()))
    write_truth(tmp_path / "truth", "a.png")
    scores = score(out, tmp_path / "truth")
    assert scores.unread == ()
    assert (scores.overall.numbers, scores.overall.said_per_page) == (0, 0)
    assert (scores.overall.number_exact, scores.overall.precision) == (None, None)


def test_a_run_without_its_report_is_scored_by_its_tables(tmp_path: Path) -> None:
    out = run_left(tmp_path / "out", document("a.png", (number("1"),)), report=False)
    write_truth(tmp_path / "truth", "a.png", true("1"))
    write_truth(tmp_path / "truth", "b.png")
    scores = score(out, tmp_path / "truth")
    assert (scores.overall.precision, scores.unread) == (1, ())


def test_a_name_that_tables_guard_is_that_of_its_truth(tmp_path: Path) -> None:
    out = run_left(tmp_path / "out", document("=a.png", (number("1"),)))
    write_truth(tmp_path / "truth", "=a.png", true("1"))
    assert score(out, tmp_path / "truth").overall.number_exact == 1


def test_all_figures_go_into_json(tmp_path: Path) -> None:
    out = run_left(tmp_path / "out", document("a.png", (number("7"),)))
    write_truth(tmp_path / "truth", "a.png", true("1"), kind="plain")
    plain = json.loads(json.dumps(score(out, tmp_path / "truth", "kind").as_json()))
    assert plain["all"]["cer"] == plain["groups"]["plain"]["cer"] == 1
    assert plain["confusions"] == [{"true": "1", "read": "7", "count": 1}]
    assert (plain["unread"], plain["without_truth"]) == ([], [])


def test_a_run_without_tables_is_told_how_to_get_them(tmp_path: Path) -> None:
    write_truth(tmp_path / "truth", "a.png", true("1"))
    with pytest.raises(UsageError, match=r"numbers\.csv: the table of a run is not there.*csv"):
        score(tmp_path / "nowhere", tmp_path / "truth")


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ("document,page\na.png,1\n", "numbers.csv: the table has no column 'text'"),
        ("document,page\na.png,one\n", "numbers.csv, line 2: the table is damaged"),
        ("document,page\n\xff\n", "numbers.csv, line 0: the table is damaged"),
    ],
)
def test_a_damaged_table_is_named_with_its_line(tmp_path: Path, table: str, message: str) -> None:
    out = run_left(tmp_path / "out", document("a.png", (number("1"),)))
    (out / "numbers.csv").write_bytes(table.encode("latin-1"))
    write_truth(tmp_path / "truth", "a.png", true("1"))
    with pytest.raises(UnreadableInput) as refused:
        score(out, tmp_path / "truth")
    assert message in refused.value.cause
    assert "csv among its formats" in refused.value.remedy


def test_a_confidence_beyond_1_is_damage(tmp_path: Path) -> None:
    out = run_left(tmp_path / "out", document("a.png", (number("1", confidence=1.5),)))
    write_truth(tmp_path / "truth", "a.png", true("1"))
    with pytest.raises(UnreadableInput, match=r"line 2: the table is damaged \(1\.5 is no confid"):
        score(out, tmp_path / "truth")


def test_a_run_and_a_truth_of_other_documents_are_told_apart(tmp_path: Path) -> None:
    out = run_left(tmp_path / "out", document("a.png", (number("1"),)))
    write_truth(tmp_path / "truth", "b.png", true("1"))
    with pytest.raises(UsageError, match=r"the first there is a\.png, the first here b\.png"):
        score(out, tmp_path / "truth")


def test_two_documents_of_one_name_are_not_mixed(tmp_path: Path) -> None:
    read = (number("1"),)
    out = run_left(tmp_path / "out", document("x/a.png", read), document("y/a.png", read))
    write_truth(tmp_path / "truth", "a.png", true("1"))
    with pytest.raises(UsageError, match=r"that of x/a\.png or of y/a\.png"):
        score(out, tmp_path / "truth")


def test_a_key_that_no_truth_has_is_refused_with_those_that_some_have(tmp_path: Path) -> None:
    out = run_left(tmp_path / "out", document("a.png", (number("1"),)))
    write_truth(tmp_path / "truth", "a.png", true("1"), kind="plain")
    with pytest.raises(UsageError, match=r"--by pen: .*Take one of document, image, kind"):
        score(out, tmp_path / "truth", "pen")
