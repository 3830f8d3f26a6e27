"""A run's report, journal, tables and files: whatever one of them lacks or has too much is told."""

from __future__ import annotations

import json

import many_files
import pytest
from machine_speed import arithmetic
from many_files_checks import compare_outputs, count_pages, disagreements, read_journal

SLOWNESS = 36.0  # on a machine where ten seconds are few: the overhead over `arithmetic`
NAMES = ("000/a.png", "000/b.png", "001/c.png")


@pytest.fixture
def out(tmp_path):
    """What a run over three files leaves, the first of which came from the journal."""
    folder = tmp_path / "out"
    write_run(folder)
    return folder


def write_run(folder):
    entries, lines, rows = [], ['{"format": "digitize journal"}'], ["document,page,text"]
    for number, name in enumerate(NAMES):
        made = name.replace(".png", ".pdf")
        (folder / made).parent.mkdir(parents=True, exist_ok=True)
        (folder / made).write_text(name)
        entries.append(
            {
                "document": name,
                "pages": [{"page": 1}],
                "outputs": [made],
                "pages_from_journal": int(number == 0),
            }
        )
        page = {"unit": "page", "document": name, "page": 1, "result": {"numbers": [{}] * number}}
        lines.append(json.dumps(page))
        rows += [f"{name},1,7"] * number
    report = {"totals": {"documents": 3, "done": 3, "pages": 3}, "documents": entries}
    (folder / "report.json").write_text(json.dumps(report))
    (folder / "journal.jsonl").write_text("\n".join(lines) + "\n")
    (folder / "numbers.csv").write_text("\n".join(rows) + "\n")
    (folder / "digits.csv").write_text("document\n")


def change(path, old, new):
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))


def test_a_whole_run_agrees(out):
    assert disagreements(out, NAMES, known=1) == []


def test_a_file_that_nobody_tells_of_is_found(out):
    (out / "000" / "a.pdf.part").touch()
    assert disagreements(out, NAMES, 1) == [
        "1 things are in the disk and not in the report: 000/a.pdf.part"
    ]


def test_a_file_that_is_missing_is_found(out):
    (out / "000" / "a.pdf").unlink()
    assert disagreements(out, NAMES, 1) == [
        "1 things are in the report and not in the disk: 000/a.pdf"
    ]


def test_a_document_that_the_report_lacks_is_found(out):
    assert "1 things are in the folder and not in the report: new.png" in disagreements(
        out, (*NAMES, "new.png"), 1
    )


def test_a_page_read_twice_is_found(out):
    journal = out / "journal.jsonl"
    lines = journal.read_text().splitlines()
    journal.write_text("\n".join([*lines, lines[1]]) + "\n")
    assert read_journal(out).read_twice == 1
    assert "1 pages stand in the journal twice" in disagreements(out, NAMES, 1)


def test_a_page_that_the_journal_lacks_is_found(out):
    change(out / "journal.jsonl", '"document": "001/c.png"', '"document": "001/d.png"')
    told = disagreements(out, NAMES, 1)
    assert "1 things are in the report and not in the journal: ('001/c.png', 1)" in told
    assert any("numbers.csv and not in the journal" in line for line in told)


def test_a_number_that_the_table_lacks_is_found(out):
    change(out / "numbers.csv", "000/b.png,1,7\n", "")
    assert disagreements(out, NAMES, 1) == [
        "1 things are in the journal and not in numbers.csv: ('000/b.png', 1)"
    ]


def test_a_line_cut_in_the_middle_is_found(out):
    with (out / "journal.jsonl").open("a") as journal:
        journal.write('{"unit": "page", "docum')
    assert "1 lines of the journal are damaged" in disagreements(out, NAMES, 1)


def test_pages_that_were_read_again_without_need_are_found(out):
    assert disagreements(out, NAMES, known=2) == ["1 pages came from the journal, which held 2"]


def test_totals_that_do_not_add_up_are_found(out):
    change(out / "report.json", '"done": 3', '"done": 2')
    assert "of 3 files" in disagreements(out, NAMES, 1)[0]


def test_outputs_are_compared_byte_by_byte_but_for_times_and_order(out, tmp_path):
    other = tmp_path / "unbroken"
    write_run(other)
    change(other / "report.json", '"done": 3', '"done": 3, "seconds": 7')
    assert compare_outputs(out, other) == []
    (other / "001" / "c.pdf").write_text("else")
    assert compare_outputs(out, other) == ["1 files differ from the unbroken run's: 001/c.pdf"]


def test_pages_in_a_journal_are_counted_while_it_is_written(out, tmp_path):
    assert count_pages(tmp_path) == 0
    assert count_pages(out) == 3
    assert read_journal(tmp_path).count == 0


def test_no_two_files_of_the_folder_are_the_same(tmp_path):
    names = many_files.make_files(tmp_path, 150)
    there = {path.relative_to(tmp_path).as_posix(): path for path in tmp_path.rglob("*.png")}
    assert sorted(there) == sorted(names)
    assert len({path.read_bytes() for path in there.values()}) == 150


@pytest.mark.clocked
def test_a_folder_is_killed_resumed_and_checked(capsys):
    allowed = max(many_files.MOST_OVERHEAD_SECONDS, SLOWNESS * arithmetic())
    limit = ["--most-overhead", str(allowed)]
    assert many_files.main(["--files", "12", "--format", "csv", *limit]) == 0
    assert "report, journal, tables and files agree" in capsys.readouterr().out
