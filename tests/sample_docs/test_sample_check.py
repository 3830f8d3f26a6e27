from __future__ import annotations

import csv
import json
import subprocess
import sys

import pytest

COLUMNS = ["document", "page", "line", "number", "text", "confidence", "status"]
COLUMNS += ["x", "y", "width", "height"]


def perfect_rows(sample_docs):
    """What a run that reads everything would write."""
    rows = []
    for path in sorted((sample_docs / "truth").glob("*.json")):
        truth = json.loads(path.read_text(encoding="utf-8"))
        for count, number in enumerate(truth["numbers"], 1):
            rows.append([f"archive/{truth['image']}", truth["page"], 1, count, number["text"],
                         0.99, "ok", *number["box"]])  # fmt: skip
    return rows


@pytest.fixture
def check(sample_docs, tmp_path):
    """Write rows as a run's numbers.csv and check them: exit code, and the printed table."""

    def run(rows):
        with (tmp_path / "numbers.csv").open("w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows([COLUMNS, *rows])
        done = subprocess.run(
            [sys.executable, "-S", sample_docs / "check.py", tmp_path],
            capture_output=True,
            text=True,
            check=False,
        )
        lines = [line.split() for line in done.stdout.splitlines()]
        return done.returncode, {line[0]: line[1:] for line in lines}

    return run


def test_a_perfect_run_passes(check, sample_docs):
    rows = perfect_rows(sample_docs)
    code, table = check(rows)
    assert code == 0
    assert table["overall"] == [str(len(rows)), str(len(rows)), "1.000", "0"]


def test_a_wrong_text_and_a_number_out_of_nothing_are_counted_in_their_document(check, sample_docs):
    rows = perfect_rows(sample_docs)
    row = next(row for row in rows if row[0].endswith("notebook.png"))
    row[4] += "0"
    rows.append(["notebook.png", 1, 1, 99, "7", 0.9, "ok", 1, 1, 20, 20])
    in_notebook = sum(row[0].endswith("notebook.png") for row in rows) - 1
    code, table = check(rows)
    assert code == 0
    assert table["notebook.png"][:2] == [str(in_notebook), str(in_notebook - 1)]
    assert table["notebook.png"][3] == "1"
    assert table["mark_table.jpg"][2:] == ["1.000", "0"]


def test_a_number_read_in_two_pieces_is_one_wrong_and_one_spurious(check, sample_docs):
    rows = perfect_rows(sample_docs)
    row = next(row for row in rows if len(row[4]) == 4)
    x, width = row[7], row[9]
    text = row[4]
    halves = [row.copy(), row.copy()]
    halves[0][4], halves[0][9] = text[:2], width / 2
    halves[1][4], halves[1][7], halves[1][9] = text[2:], x + width / 2, width / 2
    rows.remove(row)
    _, table = check(rows + halves)
    assert table["overall"][1] == str(len(rows))
    assert table["overall"][3] == "1"


def test_a_run_that_misses_a_document_fails(check, sample_docs):
    rows = [row for row in perfect_rows(sample_docs) if not row[0].endswith("register.tif")]
    code, table = check(rows)
    assert code == 1
    assert table["register.tif"][1:] == ["0", "0.000", "0"]


def test_a_folder_without_numbers_says_what_to_do(sample_docs, tmp_path):
    done = subprocess.run(
        [sys.executable, sample_docs / "check.py", tmp_path],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert "digitize run sample_docs" in done.stderr
