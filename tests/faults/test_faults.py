"""A night's folder with every bad and odd input at once: each is read, or refused by its name."""

from __future__ import annotations

import csv
import json
import os
from pathlib import Path

import pytest
from fault import Fault, written
from fault_folder import DOCUMENTS, FAULTS, GOOD, Run
from fault_pdfs import PASSWORD

from digitize.load import LoadOptions, load_pages
from digitize.records import Page

pytestmark = pytest.mark.skipif(os.name == "nt", reason="needs links, pipes or bytes in names")

MOST_DIFFERENT = 8  # grey levels on average: one bit a pixel takes half of an edge's shades
LONGEST_SECONDS = 20  # for one document


def shown(fault: Fault) -> str:
    return ascii(fault.name)[1:40]


@pytest.mark.parametrize("fault", DOCUMENTS, ids=shown)
def test_it_is_read_or_refused_by_name(fault: Fault, run: Run) -> None:
    entry = run.documents[fault.document]
    assert tuple(page["page"] for page in entry["pages"]) == fault.pages, entry["failures"]
    assert len(entry["failures"]) == len(fault.refused), entry["failures"]
    for failure, words in zip(entry["failures"], fault.refused, strict=True):
        assert words in failure["cause"]
        assert failure["remedy"]
    assert entry["seconds"] < LONGEST_SECONDS


@pytest.mark.parametrize(
    "fault", [fault for fault in DOCUMENTS if fault.pages and not fault.blank], ids=shown
)
def test_what_is_read_looks_as_it_was_drawn(fault: Fault, desk: Path) -> None:
    drawn = written()
    height, width = drawn.shape[:2]
    for page in load_pages(desk / "in" / fault.name, LoadOptions(passwords=(PASSWORD,))):
        if isinstance(page, Page):
            rows, columns = page.pixels.shape[:2]
            assert (rows - height, columns - width) in ((0, 0), (1, 1))  # drawn: rounded up
            difference = page.pixels[:height, :width].astype(int) - drawn
            assert abs(difference).mean() < MOST_DIFFERENT


@pytest.mark.parametrize("fault", [fault for fault in FAULTS if fault.passed_over], ids=shown)
def test_what_is_passed_over_is_told_with_the_reason(fault: Fault, run: Run) -> None:
    (told,) = [one for one in run.report["passed_over"] if one["name"] == f"in/{fault.name}"]
    assert fault.passed_over in told["cause"]
    assert told["remedy"]


def test_nothing_else_is_spoken_of(run: Run) -> None:
    assert set(run.documents) == {*GOOD, *(fault.document for fault in DOCUMENTS)}
    assert len(run.report["passed_over"]) == len(FAULTS) - len(DOCUMENTS)


def test_there_are_faults_enough() -> None:
    assert len(FAULTS) >= 120
    assert len({fault.document for fault in FAULTS}) == len(FAULTS)


@pytest.mark.parametrize("table", ["numbers.csv", "digits.csv"])
def test_the_tables_say_of_good_pages_what_they_say_without_the_bad(
    run: Run, alone: Path, table: str
) -> None:
    assert rows_of_good(run.out / table)
    assert rows_of_good(run.out / table) == rows_of_good(alone / table)


def rows_of_good(table: Path) -> list[list[str]]:
    with table.open(newline="", encoding="utf-8") as file:
        return [row for row in csv.reader(file) if row[0] in GOOD]


@pytest.mark.parametrize("suffix", [".pdf", ".json", ".hocr", ".alto.xml"])
@pytest.mark.parametrize("name", GOOD)
def test_the_files_of_good_pages_are_those_without_the_bad(
    run: Run, alone: Path, name: str, suffix: str
) -> None:
    here = (run.out / f"{name}{suffix}").read_bytes()
    assert here == (alone / f"{name}{suffix}").read_bytes()


def test_the_run_ends_with_3_and_names_every_failure_on_the_screen(run: Run) -> None:
    assert run.code == 3
    assert run.stdout == b""
    lines = run.stderr.decode().splitlines()
    notes = {entry["document"]: entry["notes"] for entry in run.report["documents"]}
    assert [name for name, said in notes.items() if said] == ["unlocked.pdf"]
    for fault in DOCUMENTS:
        signs = (sign if sign.isprintable() else ascii(sign)[1:-1] for sign in fault.document)
        name = "".join(signs)
        told = [line for line in lines if line.startswith((f"{name}: ", f"{name}, page "))]
        assert len(told) == len(fault.refused) + len(notes[fault.document])
    assert f"Passed over: {len(FAULTS) - len(DOCUMENTS)} files, in/" in run.stderr.decode()


def test_the_user_sees_no_traceback(run: Run) -> None:
    told = run.stderr.decode() + json.dumps(run.report)
    for word in ("Traceback", "InternalError", "Error:", "object at 0x"):
        assert word not in told


def test_no_control_character_reaches_the_screen(run: Run) -> None:
    assert all(sign == "\n" or sign.isprintable() for sign in run.stderr.decode())


def test_nothing_is_written_outside_the_output_folder(run: Run) -> None:
    assert run.after == run.before


def test_no_half_file_is_left(run: Run) -> None:
    assert not [path for path in run.out.rglob("*") if ".part" in path.name]
