"""`digitize export` as users run it."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import pikepdf
import pytest
from export_runs import digitize, draw, draw_scans

from digitize.errors import ExitCode
from digitize.export import PDF_FORMATS, WRITERS

LATER = [name for name in WRITERS if name not in ("json", *PDF_FORMATS[1:])]


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a run with JSON files; its documents lie beside it, one is none."""
    folder = tmp_path_factory.mktemp("run")
    draw_scans(folder / "scans")
    (folder / "scans" / "torn.png").touch()
    done = digitize("run", folder / "scans", "-o", folder / "out", "--format", "json")
    assert done.returncode == ExitCode.SOME_FAILED, done.stderr
    return folder


@pytest.fixture
def out(run: Path, tmp_path: Path) -> Path:
    shutil.copytree(run / "out", tmp_path / "out")
    return tmp_path / "out"


def rows(path: Path, delimiter: str = ",") -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8-sig") as file:
        return list(csv.DictReader(file, delimiter=delimiter))


@pytest.mark.parametrize("command", ["run", "export"])
def test_help_names_every_format(command: str) -> None:
    told = " ".join(digitize(command, "--help").stdout.split())
    listed = told.split("separated by commas: ", 1)[1].split(";", 1)[0]
    named = set(listed.replace("(or ", ",").replace(")", "").replace(" ", "").split(","))
    assert named == set(WRITERS) - ({"json"} if command == "export" else set())


def test_every_format_is_written_at_once_and_told_in_a_line(out: Path) -> None:
    done = digitize("export", out, "--format", ",".join(LATER))
    assert done.returncode == 0, done.stderr
    assert done.stderr == f"3 documents written as {', '.join(LATER)}: {out}\n"
    assert done.stdout == ""
    names = {path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file()}
    assert names >= {
        *("numbers.csv", "digits.csv", "numbers.parquet", "digits.parquet", "results.xlsx"),
        *("search.sqlite", "results.html", "a.pdf", "in/b.hocr", "c.alto.xml"),
    }
    assert [row["text"] for row in rows(out / "numbers.csv")] == [
        "3812",
        "47",
        "3812",
        "66",
        "5",
        "007",
    ]


def test_the_page_of_a_run_tells_what_failed_when_it_was_read(out: Path) -> None:
    assert digitize("export", out, "--format", "html", "--quiet").stderr == ""
    page = (out / "results.html").read_text("utf-8")
    assert "torn.png" in page
    assert "the file is empty" in page


def test_a_dialect_for_spreadsheets_is_written_instead(out: Path) -> None:
    digitize("export", out, "--format", "csv", "--csv-dialect", "excel", "--quiet")
    assert (out / "numbers.csv").read_bytes().startswith(b"\xef\xbb\xbfdocument;page;")
    assert rows(out / "numbers.csv", ";")[-1]["text"] == "007"
    digitize("export", out, "--format", "csv", "--quiet")
    assert (out / "numbers.csv").read_bytes().startswith(b"document,page,")


def test_a_run_writes_that_dialect_too(tmp_path: Path) -> None:
    page = draw(tmp_path / "a.png", ("007",))
    options = ("--format", "csv", "--csv-dialect", "excel")
    assert digitize("run", page, "-o", tmp_path / "out", *options).returncode == 0
    assert [row["text"] for row in rows(tmp_path / "out" / "numbers.csv", ";")] == ["007"]


def test_formats_are_written_again_as_in_the_run(tmp_path: Path) -> None:
    page, out = draw(tmp_path / "a.png", ("007",)), tmp_path / "out"
    digitize("run", page, "-o", out, "--format", "json", "--marks", "off", "--csv-dialect", "excel")
    assert digitize("export", out, "--format", "csv,pdf").returncode == 0
    assert [row["text"] for row in rows(out / "numbers.csv", ";")] == ["007"]
    assert marks_shown(out / "a.pdf") == []
    again = ("--csv-dialect", "rfc4180", "--marks", "on")
    assert digitize("export", out, "--format", "csv,pdf", *again).returncode == 0
    assert [row["text"] for row in rows(out / "numbers.csv")] == ["007"]
    assert marks_shown(out / "a.pdf") == ["digitize marks"]


def marks_shown(pdf: Path) -> list[str]:
    with pikepdf.open(pdf) as opened:
        return [str(layer.Name) for layer in opened.Root.OCProperties.D.get("/ON", [])]


def test_a_document_that_is_gone_costs_only_its_pdf(run: Path, tmp_path: Path) -> None:
    scans = shutil.copytree(run / "scans", tmp_path / "scans")
    digitize("run", scans, "-o", tmp_path / "out", "--format", "json", "--quiet")
    (scans / "a.png").unlink()
    done = digitize("export", tmp_path / "out", "--format", "pdf,csv,xlsx,html")
    assert done.returncode == ExitCode.SOME_FAILED
    assert "a.png: its original," in done.stderr
    assert "so no pdf is made of it" in done.stderr
    assert "1 of them in part" in done.stderr
    assert "so results.html lacks pictures of it." in done.stderr
    assert len(rows(tmp_path / "out" / "numbers.csv")) == 6
    assert (tmp_path / "out" / "c.pdf").is_file()
    assert not (tmp_path / "out" / "a.pdf").exists()


def test_documents_of_which_nothing_is_written_are_not_counted_as_written(
    run: Path, tmp_path: Path
) -> None:
    scans, out = shutil.copytree(run / "scans", tmp_path / "scans"), tmp_path / "out"
    digitize("run", scans, "-o", out, "--format", "json", "--quiet")
    (scans / "a.png").unlink()
    some = digitize("export", out, "--format", "pdf")
    assert some.returncode == ExitCode.SOME_FAILED
    assert f"2 of 3 documents written as pdf: {out}" in some.stderr
    shutil.rmtree(scans)
    none = digitize("export", out, "--format", "pdf")
    assert none.returncode == ExitCode.NOTHING_READ
    assert f"0 of 3 documents written as pdf: {out}" in none.stderr


def test_no_pdf_is_made_of_a_document_that_was_changed_since(run: Path, tmp_path: Path) -> None:
    scans, out = shutil.copytree(run / "scans", tmp_path / "scans"), tmp_path / "out"
    digitize("run", scans, "-o", out, "--format", "json", "--quiet")
    draw(scans / "a.png", ("47", "3812"))  # of the same size
    done = digitize("export", out, "--format", "pdf,csv,html")
    assert done.returncode == ExitCode.SOME_FAILED
    assert f"a.png: its original, {scans / 'a.png'}, was changed after it was read" in done.stderr
    assert "so results.html lacks pictures of it." in done.stderr
    assert not (out / "a.pdf").exists()
    assert (out / "c.pdf").is_file()
    assert [row["text"] for row in rows(out / "numbers.csv")][:2] == ["3812", "47"]
    digitize("run", scans, "-o", out, "--format", "json", "--quiet", "--resume")
    assert digitize("export", out, "--format", "pdf,csv").returncode == 0
    assert [row["text"] for row in rows(out / "numbers.csv")][:2] == ["47", "3812"]


@pytest.mark.parametrize("file", ["results.html", "results.xlsx"])
def test_a_file_that_lacks_pictures_says_of_which_documents_and_nothing_fails(
    run: Path, tmp_path: Path, file: str
) -> None:
    scans, out = shutil.copytree(run / "scans", tmp_path / "scans"), tmp_path / "out"
    digitize("run", scans, "-o", out, *("--format", "json", "--review-below", "1", "--quiet"))
    draw(scans / "a.png", ("47", "3812"))  # of the same size
    (scans / "c.tif").unlink()
    done = digitize("export", out, "--format", file.removeprefix("results."))
    assert done.returncode == 0
    *notes, summary = done.stderr.splitlines()
    assert notes == [
        f"{name}: its original, {scans / name}, could not be opened again as it was, so {file} "
        "lacks pictures of it."
        for name in ("a.png", "c.tif")
    ]
    assert summary.startswith("3 documents written")


def test_a_verbose_export_names_each_document(out: Path) -> None:
    told = digitize("export", out, "--format", "csv", "--verbose").stderr
    assert [line.split(":")[0] for line in told.splitlines()[:3]] == ["a.png", "c.tif", "in/b.png"]


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (["missing", "--format", "csv"], ExitCode.USAGE, "does not exist"),
        ([".", "--format", "csv"], ExitCode.USAGE, "the report of a run cannot be read"),
        ([".", "--format", "json"], ExitCode.USAGE, "json is what the others are written from"),
        ([".", "--format", "docx"], ExitCode.USAGE, "choose from csv, pdf"),
        (["."], ExitCode.USAGE, "Missing option '--format'"),
    ],
)
def test_what_cannot_be_exported_is_said(
    arguments: list[str], code: ExitCode, told: str, tmp_path: Path
) -> None:
    done = digitize("export", tmp_path / arguments[0], *arguments[1:])
    assert done.returncode == code
    assert told in done.stderr
    assert "Traceback" not in done.stderr


def test_a_json_file_that_was_cut_short_is_named(out: Path) -> None:
    path = out / "in" / "b.json"
    path.write_text(path.read_text()[:200])
    done = digitize("export", out, "--format", "csv")
    assert done.returncode == ExitCode.SOME_FAILED
    assert f"{path}: the JSON file is damaged" in done.stderr
    assert not (out / "numbers.csv").exists()
