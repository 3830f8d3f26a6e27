"""The command line: what it takes, what it says, and the code it ends with."""

from __future__ import annotations

import csv
import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import click
import cv2
import numpy as np
import pikepdf
import pytest
from click.testing import CliRunner, Result
from PIL import Image
from written_digits import write_digits

from digitize.cli import main

DIGITIZE = [sys.executable, "-m", "digitize"]
PATIENCE = 60  # seconds; far more than any of these runs takes
BROKEN = {
    "cut.jpg": ("UnreadableInput", "truncated"),
    "empty.png": ("UnreadableInput", "empty"),
    "letter.png": ("UnreadableInput", "text"),
    "locked.pdf": ("EncryptedInput", "encrypted"),
}
INK = (20, 20, 20)
SOFT = 0.7  # pixels: as soft as a scanner's edges
STEERING = "\x1b]0;owned\x07"  # sets a terminal's title; click strips colours alone from a pipe


def draw(path: Path, *numbers: str) -> Path:
    """Draw each number on a line of its own."""
    page = np.full((100 + 110 * len(numbers), 500, 3), 255, dtype=np.uint8)
    for line, number in enumerate(numbers, 1):
        write_digits(page, number, 60, 110 * line - 56, height=44, pen=4, colour=INK)
    page = cv2.GaussianBlur(page, (0, 0), SOFT).astype(np.uint8)
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(page).save(path, dpi=(150, 150))
    return path


def digitize(*arguments: str | Path) -> Result:
    """Run the command line in this process."""
    return CliRunner().invoke(main, [str(one) for one in arguments])


def digitize_outside(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Run the command line as users do, in a process of its own."""
    command = [*DIGITIZE, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=False)


def rows(out: Path, table: str = "numbers.csv") -> list[dict[str, str]]:
    with (out / table).open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def documents(out: Path) -> list[dict[str, object]]:
    report: dict[str, list[dict[str, object]]] = json.loads((out / "report.json").read_text())
    return report["documents"]


# --- one bad document costs only itself ---


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a folder with a good page and four files that nobody can read."""
    folder = tmp_path_factory.mktemp("mixed")
    draw(folder / "good.png", "3812", "47")
    whole = draw(folder / "cut.jpg", "509").read_bytes()
    (folder / "cut.jpg").write_bytes(whole[: len(whole) // 2])
    (folder / "empty.png").touch()
    (folder / "letter.png").write_text("Dear Sir, find the numbers below.\n")
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(folder / "locked.pdf", encryption=pikepdf.Encryption(owner="o", user="secret"))
    return folder


@pytest.fixture(scope="module")
def mixed_run(mixed: Path) -> tuple[subprocess.CompletedProcess[str], Path]:
    out = mixed.parent / "mixed-results"
    return digitize_outside("run", mixed, "-o", out), out


def test_bad_files_cost_the_good_page_nothing(
    mixed: Path, mixed_run: tuple[subprocess.CompletedProcess[str], Path], tmp_path: Path
) -> None:
    _, out = mixed_run
    alone = digitize_outside("run", mixed / "good.png", "-o", tmp_path / "alone")
    assert alone.returncode == 0, alone.stderr
    assert rows(out)
    for table in ("numbers.csv", "digits.csv"):
        assert (out / table).read_bytes() == (tmp_path / "alone" / table).read_bytes()
    assert (out / "good.pdf").read_bytes() == (tmp_path / "alone" / "good.pdf").read_bytes()


def test_a_run_that_lost_documents_ends_with_3(
    mixed_run: tuple[subprocess.CompletedProcess[str], Path],
) -> None:
    assert mixed_run[0].returncode == 3


def test_the_report_gives_each_bad_file_a_cause_and_a_remedy(
    mixed_run: tuple[subprocess.CompletedProcess[str], Path],
) -> None:
    failed = {entry["document"]: entry for entry in documents(mixed_run[1])}
    assert failed.pop("good.png")["status"] == "done"
    assert failed.keys() == BROKEN.keys()
    for name, (kind, cause) in BROKEN.items():
        assert (failed[name]["status"], failed[name]["pages"]) == ("failed", [])
        (failure,) = failed[name]["failures"]  # type: ignore[misc]
        assert (failure["kind"], failure["page"]) == (kind, None), name
        assert cause in failure["cause"]
        assert failure["remedy"]
        assert name not in failure["cause"], "the report names the document already"
    assert "Traceback" not in (mixed_run[1] / "report.json").read_text()


def test_each_bad_file_is_named_on_stderr_and_stdout_stays_clean(
    mixed_run: tuple[subprocess.CompletedProcess[str], Path],
) -> None:
    run, _ = mixed_run
    lines = run.stderr.splitlines()
    for name, (_, cause) in BROKEN.items():
        assert [line for line in lines if line.startswith(f"{name}: ") and cause in line]
    assert not [line for line in lines if line.startswith("good.png")]
    assert lines[-2].startswith("5 documents, 1 page: ")
    assert "; 4 documents failed; " in lines[-2]
    assert "Traceback" not in run.stderr
    assert run.stdout == ""


def test_failures_are_told_even_when_quiet(mixed: Path, tmp_path: Path) -> None:
    given = [mixed / "good.png", mixed / "empty.png"]
    result = digitize("run", *given, "-q", "--jobs", "1", "-o", tmp_path / "out")
    assert result.exit_code == 3
    told, summary = result.output.splitlines()
    assert told.startswith("empty.png: the file is empty. Copy or scan it again.")
    assert "1 document failed" in summary


# --- what is said on the screen ---


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a disk that is full")
def test_what_a_full_standard_output_asks_for_can_be_done(tmp_path: Path) -> None:
    command = [*DIGITIZE, "run", str(draw(tmp_path / "a.png", "47")), "-o", "-"]
    with Path("/dev/full").open("w") as full:
        ended = subprocess.run(
            command, stdout=full, stderr=subprocess.PIPE, text=True, timeout=PATIENCE, check=False
        )
    assert ended.returncode == 5
    assert "Free some space, or choose another place for it, then run again." in ended.stderr


# --- exit codes ---


def test_a_run_that_read_all_ends_with_0_and_its_results(tmp_path: Path) -> None:
    draw(tmp_path / "page.png", "3812", "47")
    result = digitize("run", tmp_path / "page.png", "-o", tmp_path / "out")
    assert result.exit_code == 0, result.output
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "digits.csv",
        "journal.jsonl",
        "numbers.csv",
        "page.pdf",
        "report.json",
    ]
    assert [(row["document"], row["page"], row["line"], len(row["text"])) for row in rows(
        tmp_path / "out"
    )] == [("page.png", "1", "1", 4), ("page.png", "1", "2", 2)]  # fmt: skip


def test_a_quiet_run_that_read_all_says_nothing(tmp_path: Path) -> None:
    draw(tmp_path / "page.png", "47")
    result = digitize("run", tmp_path / "page.png", "-q", "-o", tmp_path / "out")
    assert (result.exit_code, result.output) == (0, "")


def test_a_verbose_run_names_each_document(tmp_path: Path) -> None:
    draw(tmp_path / "in" / "a.png", "47")
    draw(tmp_path / "in" / "b.png", "6", "9")
    result = digitize("run", tmp_path / "in", "-v", "-j", "1", "-o", tmp_path / "out")
    first, second = result.output.splitlines()[:2]
    assert re.fullmatch(r"a\.png: 1 page, 1 number, \d+\.\d s", first)
    assert re.fullmatch(r"b\.png: 1 page, 2 numbers, \d+\.\d s", second)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["run", "nowhere.png", "-o", "out"], "nowhere.png: no such file or folder"),
        (["run", "*.tif", "-o", "out"], "*.tif: nothing matches"),
        (["run", "xyz://host/a.pdf", "-o", "out"], "such an address cannot be opened"),
        (["run", "page.png"], "'--output'"),
        (["run", "-o", "out"], "INPUT"),
        (["run", "page.png", "-o", "out", "--format", "csv,docx"], "choose from csv, pdf"),
        (["run", "page.png", "-o", "out", "--format", ","], "choose from csv, pdf"),
        (["run", "page.png", "-o", "out", "--pages", "3-1"], "'3-1' runs backwards"),
        (["run", "page.png", "-o", "out", "--pages", "all"], "'all' is not a page"),
        (["run", "page.png", "-o", "out", "--jobs", "0"], "--jobs"),
        (["run", "page.png", "-o", "out", "--debug", "s3://b/x"], "not written into a store"),
        (["run", "page.png", "-o", "out", "--debug", "page.png"], "'page.png' is a file"),
        (
            ["train", "svm", "-o", "s3://b/m.onnx"],
            "s3://b/m.onnx: this is not written into a store",
        ),
        (["train", "svm", "-o", "s3:/b/m.onnx"], "Give a file of this machine"),
        (["train", "svm", "-o", ""], "give a file"),
        (["run", "page.png", "-o", "out", "--review-below", "95"], "--review-below"),
        (["run", "page.png", "-o", "out", "--password-file", "none.txt"], "none.txt"),
        (["frobnicate"], "frobnicate"),
    ],
)
def test_what_cannot_be_meant_ends_with_2_and_says_why(
    arguments: list[str], told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    draw(tmp_path / "page.png", "47")
    result = digitize(*arguments)
    assert result.exit_code == 2, result.output
    assert told in result.output
    assert [path.name for path in tmp_path.iterdir()] == ["page.png"]


def test_earlier_results_are_replaced_only_with_overwrite(tmp_path: Path) -> None:
    draw(tmp_path / "old.png", "47")
    draw(tmp_path / "new.png", "3812")
    digitize("run", tmp_path / "old.png", "-o", tmp_path / "out")
    before = {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()}
    refused = digitize("run", tmp_path / "new.png", "-o", tmp_path / "out")
    assert refused.exit_code == 2
    assert "--overwrite" in refused.output
    assert {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()} == before
    taken = digitize("run", tmp_path / "new.png", "-o", tmp_path / "out", "--overwrite")
    assert taken.exit_code == 0
    assert {row["document"] for row in rows(tmp_path / "out")} == {"new.png"}


def test_a_run_that_could_read_nothing_ends_with_4_and_still_reports(tmp_path: Path) -> None:
    (tmp_path / "one.png").touch()
    (tmp_path / "two.pdf").write_text("no PDF")
    given = [tmp_path / "one.png", tmp_path / "two.pdf"]
    result = digitize("run", *given, "--jobs", "1", "-o", tmp_path / "out")
    assert result.exit_code == 4
    assert [entry["status"] for entry in documents(tmp_path / "out")] == ["failed", "failed"]
    assert rows(tmp_path / "out") == []


@pytest.mark.parametrize("out", ["file", "file/below"])
def test_an_output_that_cannot_be_a_folder_ends_with_5(out: str, tmp_path: Path) -> None:
    draw(tmp_path / "page.png", "47")
    (tmp_path / "file").write_text("mine")
    result = digitize("run", tmp_path / "page.png", "-o", tmp_path / out)
    assert result.exit_code == 5, result.output
    assert str(tmp_path / out) in result.output
    assert "-o" in result.output
    assert (tmp_path / "file").read_text() == "mine"


def test_a_read_only_output_ends_with_5(tmp_path: Path) -> None:
    draw(tmp_path / "page.png", "47")
    out = tmp_path / "out"
    if os.geteuid() == 0:
        out = Path("/proc/out")  # root may write anywhere else
    else:
        out.mkdir(mode=0o500)
    result = digitize("run", tmp_path / "page.png", "-o", out)
    assert result.exit_code == 5, result.output
    assert str(out) in result.output


def test_a_table_that_cannot_take_its_place_ends_with_5(tmp_path: Path) -> None:
    draw(tmp_path / "page.png", "47")
    (tmp_path / "out" / "numbers.csv").mkdir(parents=True)
    result = digitize("run", tmp_path / "page.png", "-o", tmp_path / "out", "--overwrite")
    assert result.exit_code == 5, result.output
    assert "numbers.csv" in result.output


@pytest.mark.parametrize("name", ["numbers.csv", "page.pdf"])
def test_a_file_that_is_somebody_elses_is_not_replaced(name: str, tmp_path: Path) -> None:
    draw(tmp_path / "page.png", "47")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / name).write_text("mine")
    result = digitize("run", tmp_path / "page.png", "-o", tmp_path / "out")
    assert result.exit_code == 2, result.output
    assert name in result.output
    assert (tmp_path / "out" / name).read_text() == "mine"


@pytest.mark.parametrize("model", ["oracle", "oracle.onnx"])
def test_a_model_that_is_not_there_ends_with_6_and_names_those_that_are(
    model: str, tmp_path: Path
) -> None:
    draw(tmp_path / "page.png", "47")
    result = digitize("run", tmp_path / "page.png", "-o", tmp_path / "out", "--model", model)
    assert result.exit_code == 6
    assert f"no model '{model}'" in result.output
    assert "cnn" in result.output.partition(". ")[2]


def test_a_model_file_of_garbage_ends_with_6(tmp_path: Path) -> None:
    draw(tmp_path / "page.png", "47")
    (tmp_path / "bad.onnx").write_bytes(b"garbage" * 100)
    result = digitize(
        *("run", tmp_path / "page.png", "-o", tmp_path / "out"),
        *("--model", tmp_path / "bad.onnx"),
    )
    assert result.exit_code == 6
    assert "bad.onnx: this is not a readable ONNX file" in result.output
    assert "Traceback" not in result.output


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGINT to send")
@pytest.mark.parametrize("jobs", ["1", "2"])
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_run_ends_with_130_and_keeps_what_is_finished(
    how: signal.Signals, jobs: str, tmp_path: Path
) -> None:
    for number in range(100):
        draw(tmp_path / "in" / f"{number:03}.png", "3812", "47")
    command = ["run", str(tmp_path / "in"), "-v", "--jobs", jobs, "-o", str(tmp_path / "out")]
    with subprocess.Popen([*DIGITIZE, *command], stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        assert process.stderr.readline().startswith("000.png: 1 page")
        process.send_signal(how)
        _, said = process.communicate(timeout=PATIENCE)
    assert process.returncode == 130, said
    assert "interrupted" in said.splitlines()[-1]
    assert "--resume" in said.splitlines()[-1]
    assert "Traceback" not in said
    left = {path.name for path in (tmp_path / "out").iterdir()}
    assert "000.pdf" in left
    assert "099.pdf" not in left
    assert {name for name in left if not name.endswith(".pdf")} == {"journal.jsonl"}


# --- what is read and what it is called ---


@pytest.mark.parametrize(
    ("wanted", "written"),
    [
        ("csv", {"numbers.csv", "digits.csv"}),
        ("PDF", {"page.pdf"}),
        (" pdf , csv,pdf", {"numbers.csv", "digits.csv", "page.pdf"}),
    ],
)
def test_only_the_formats_asked_for_are_written(
    wanted: str, written: set[str], tmp_path: Path
) -> None:
    draw(tmp_path / "page.png", "47")
    result = digitize("run", tmp_path / "page.png", "-o", tmp_path / "out", "--format", wanted)
    assert result.exit_code == 0, result.output
    left = {path.name for path in (tmp_path / "out").iterdir()}
    assert left == {"report.json", "journal.jsonl", *written}


def test_only_the_pages_asked_for_are_read(tmp_path: Path) -> None:
    pages = [Image.open(draw(tmp_path / f"{n}.png", *["47"] * n)) for n in (1, 2, 3, 4)]
    pages[0].save(tmp_path / "all.tif", save_all=True, append_images=pages[1:])
    for page in pages:
        page.close()
    digitize("run", tmp_path / "all.tif", "-o", tmp_path / "out", "--pages", "2,4-")
    assert [row["page"] for row in rows(tmp_path / "out")] == ["2"] * 2 + ["4"] * 4


def test_a_page_behind_the_end_costs_that_document_only(tmp_path: Path) -> None:
    draw(tmp_path / "one.png", "47")
    with Image.open(tmp_path / "one.png") as page:
        page.save(tmp_path / "two.tif", save_all=True, append_images=[page])
    given = [tmp_path / "one.png", tmp_path / "two.tif"]
    result = digitize("run", *given, "-o", tmp_path / "out", "--pages", "2", "--jobs", "1")
    assert result.exit_code == 3
    assert "one.png: it has 1 page, and --pages asks for 2" in result.output
    assert [(row["document"], row["page"]) for row in rows(tmp_path / "out")] == [("two.tif", "2")]


def test_a_password_file_opens_what_is_locked_and_stays_out_of_the_report(tmp_path: Path) -> None:
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        lock = pikepdf.Encryption(owner="o", user="open sesame")
        pdf.save(tmp_path / "locked.pdf", encryption=lock)
    (tmp_path / "passwords.txt").write_text("wrong\nopen sesame\n")
    result = digitize(
        *("run", tmp_path / "locked.pdf", "-o", tmp_path / "out"),
        *("--dpi", "72", "--password-file", tmp_path / "passwords.txt"),
    )
    assert result.exit_code == 0, result.output
    assert "sesame" not in (tmp_path / "out" / "report.json").read_text()


def test_results_inside_the_input_folder_are_not_read_again(tmp_path: Path) -> None:
    draw(tmp_path / "in" / "page.png", "47")
    out = tmp_path / "in" / "out"
    for _ in range(2):
        result = digitize("run", tmp_path / "in", "-o", out, "--overwrite")
        assert result.exit_code == 0, result.output
        assert [entry["document"] for entry in documents(out)] == ["page.png"]
    nothing = digitize("run", out, "-o", out, "--overwrite")
    assert nothing.exit_code == 2
    assert f"lies in the output folder {out}" in nothing.output


def test_files_of_one_name_in_two_folders_stay_apart(tmp_path: Path) -> None:
    one = draw(tmp_path / "one" / "scan.png", "3812")
    two = draw(tmp_path / "two" / "scan.png", "47")
    twin = draw(tmp_path / "two" / "scan.jpg", "6")
    result = digitize("run", one, two, twin, "-o", tmp_path / "out", "--jobs", "1")
    assert result.exit_code == 0, result.output
    outputs = {entry["document"]: entry["outputs"] for entry in documents(tmp_path / "out")}
    assert outputs == {
        "one/scan.png": ["one/scan.pdf"],
        "two/scan.png": ["two/scan.pdf"],
        "scan.jpg": ["scan.pdf"],
    }
    lengths = {row["document"]: len(row["text"]) for row in rows(tmp_path / "out")}
    assert lengths == {"one/scan.png": 4, "two/scan.png": 2, "scan.jpg": 1}
    sizes = set()
    for (name,) in outputs.values():  # type: ignore[misc]
        sizes.add((tmp_path / "out" / name).read_bytes())
    assert len(sizes) == 3


def test_a_cropped_number_stays_whole_with_layout_number(tmp_path: Path) -> None:
    page = np.full((100, 600, 3), 255, dtype=np.uint8)
    for x, part in ((20, "38"), (420, "12")):  # too far apart for one number on a page
        write_digits(page, part, x, 24, height=44, pen=4, colour=INK)
    page = cv2.GaussianBlur(page, (0, 0), SOFT).astype(np.uint8)
    Image.fromarray(page).save(tmp_path / "crop.png")
    found = {}
    for layout in ("page", "number"):
        digitize("run", tmp_path / "crop.png", "-o", tmp_path / layout, "--layout", layout)
        found[layout] = [len(row["text"]) for row in rows(tmp_path / layout)]
    assert found == {"page": [2, 2], "number": [4]}


def test_every_number_less_certain_than_asked_goes_to_review(tmp_path: Path) -> None:
    draw(tmp_path / "page.png", "3812", "47")
    for bound, status in (("0", "ok"), ("1", "review")):
        digitize("run", tmp_path / "page.png", "-o", tmp_path / bound, "--review-below", bound)
        table = rows(tmp_path / bound)
        assert {row["status"] for row in table if row["confidence"] != "1.0000"} == {status}


@pytest.mark.skipif(sys.platform == "win32", reason="Windows forbids such names")
def test_no_file_name_steers_the_terminal(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / f"{STEERING}.png").touch()
    draw(tmp_path / "in" / f"good{STEERING}.png", "47")
    result = digitize("run", tmp_path / "in", "-v", "-j", "1", "-o", tmp_path / "out")
    assert result.exit_code == 3, result.output
    assert r"\x1b]0;owned\x07.png: the file is empty" in result.output
    assert r"good\x1b]0;owned\x07.png: 1 page" in result.output
    assert not set("\x1b\x07") & set(result.output)


def test_no_name_in_an_error_steers_the_terminal(tmp_path: Path) -> None:
    result = digitize("run", tmp_path / f"{STEERING}.png", "-o", tmp_path / "out")
    assert result.exit_code == 2
    assert r"\x1b]0;owned\x07.png: no such file" in result.output
    assert not set("\x1b\x07") & set(result.output)


@pytest.mark.parametrize(
    "given",
    [
        ("run", "s3:/me:s3cret@b/x.png", "-o", "out"),
        ("run", "http:/h/x.png?sig=s3cret", "-o", "out"),
        ("run", "a.png", "-o", "s3:/me:s3cret@b/x"),
        ("run", "a.png", "-o", "https://h/x?s3cret"),
        ("run", "a.png", "-o", "out", "--model", "https://h/m.onnx?sig=s3cret"),
        ("run", "a.png", "-o", "out", "--log-json", "--model", "https://h/m.onnx?sig=s3cret"),
        ("run", "a.png", "-o", "out", "--password-file", "https://h/p?sig=s3cret"),
        ("export", "http:/h/out?sig=s3cret", "--format", "csv"),
        ("search", "https://h/out?s3cret", "12"),
        ("search", "results", "12", "--password-file", "https://me:s3cret@h/p"),
        ("https://h/p?sig=s3cret",),
    ],
)
def test_no_error_shows_the_secret_of_an_address(
    given: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    draw(tmp_path / "a.png", "12")
    done = digitize(*given)
    assert done.exit_code in (2, 6)
    assert "s3cret" not in done.output
    assert "/h/" in done.output or "b/x" in done.output


def test_a_password_file_in_another_encoding_is_bad_usage(tmp_path: Path) -> None:
    draw(tmp_path / "page.png", "47")
    (tmp_path / "passwords.txt").write_bytes("café".encode("latin-1"))
    result = digitize(
        *("run", tmp_path / "page.png", "-o", tmp_path / "out"),
        *("--password-file", tmp_path / "passwords.txt"),
    )
    assert result.exit_code in (0, 2), result.exception


# --- help ---


def command_lines(command: click.Command, *names: str) -> list[tuple[str, ...]]:
    below = command.commands.items() if isinstance(command, click.Group) else ()
    return [names, *(line for name, one in below for line in command_lines(one, *names, name))]


@pytest.mark.parametrize("names", command_lines(main), ids=" ".join)
def test_help_explains_every_option(names: tuple[str, ...]) -> None:
    command: click.Command = main
    for name in names:
        assert isinstance(command, click.Group)
        command = command.commands[name]
    said = digitize(*names, "--help").output
    assert said.startswith("Usage: ")
    assert digitize(*names, "-h").output == said
    options = [one for one in command.params if isinstance(one, click.Option)]
    for option in options:
        assert option.help, option.name
        for spelling in option.opts:
            assert re.search(rf"(?<![\w-]){spelling}(?![\w-])", said), spelling
        assert option.help.split()[0] in said
    if options:
        assert "Example" in said
        assert f"digitize {' '.join(names)}" in said.partition("Example")[2]


def test_help_lists_every_command() -> None:
    said = digitize("--help").output
    for name, command in main.commands.items():
        assert re.search(rf"^  {name}  +\w", said, re.MULTILINE), name
        assert command.help


def test_help_of_run_tells_formats_defaults_and_exit_codes() -> None:
    said = " ".join(digitize("run", "--help").output.split())
    assert "[default: csv,pdf]" in said
    for told in ("[default: cnn]", "[default: 0.95; 0<=x<=1]", "0 all read", "130 interrupted"):
        assert told in said


def test_every_option_that_a_message_names_is_there() -> None:
    offered = {"--help", "--version"}
    for command in main.commands.values():
        offered.update(spelling for one in command.params for spelling in one.opts)
    for path in Path(sys.modules["digitize"].__path__[0]).rglob("*.py"):
        own = re.sub(r"`dask [^`]*`", "", path.read_text("utf-8"))  # that program's are its own
        named = set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", own))
        assert named <= offered, path.name


def test_the_version_is_told() -> None:
    assert re.fullmatch(r"digitize, version \d+\.\d+\S*\n", digitize("--version").output)


def test_models_that_ship_are_listed_with_what_they_reach() -> None:
    result = digitize("models")
    assert result.exit_code == 0, result.output
    header, *lines = result.output.splitlines()
    assert header.split() == ["name", "error", "ECE", "size", "sha256", "made", "with"]
    assert "cnn" in [line.split()[0] for line in lines]
    for line in lines:
        assert re.match(r"[\w-]+ +\d+\.\d\d% +\d\.\d{4} +\d+\.\d MB  [0-9a-f]{12}  \S", line), line


# --- evaluate ---


def idx_folder(folder: Path, labels: bytes) -> Path:
    """Write upright bars as an IDX test set with these labels."""
    image = bytes(255 if 4 <= row < 24 and 13 <= column < 15 else 0
                  for row in range(28) for column in range(28))  # fmt: skip
    count = len(labels).to_bytes(4, "big")
    folder.mkdir()
    (folder / "t10k-images-idx3-ubyte").write_bytes(
        b"\0\0\x08\x03" + count + (28).to_bytes(4, "big") * 2 + image * len(labels)
    )
    (folder / "t10k-labels-idx1-ubyte").write_bytes(b"\0\0\x08\x01" + count + labels)
    return folder


@pytest.mark.parametrize("model", ["cnn", "svm"])
def test_evaluate_tells_error_count_ece_and_speed(model: str, tmp_path: Path) -> None:
    data = idx_folder(tmp_path / "bars", bytes([1, 1, 1, 5]))
    said = digitize("evaluate", "--model", model, "--data", str(data)).output
    assert "error 25.00% (1 of 4;" in said
    assert "ECE 0." in said
    assert "digits per second" in said


def test_evaluate_prints_one_json_object(tmp_path: Path) -> None:
    data = idx_folder(tmp_path / "bars", bytes([1, 1]))
    found = json.loads(digitize("evaluate", "--data", str(data), "--json").output)
    assert found["model"] == "cnn"
    assert found["evaluation"]["count"] == 2
    assert found["evaluation"]["errors"] == 0


def test_evaluate_compares_models_side_by_side(tmp_path: Path) -> None:
    data = idx_folder(tmp_path / "bars", bytes([1, 1, 1, 5]))
    said = digitize("evaluate", "--model", "cnn,svm", "--data", data).output
    assert re.search(r"^ +cnn +svm$", said, re.MULTILINE)
    assert re.search(r"^Error +25\.00% +25\.00%$", said, re.MULTILINE)
    assert "nothing tells them apart" in said


def test_evaluate_writes_a_report_and_prints_the_same_json(tmp_path: Path) -> None:
    pytest.importorskip("matplotlib")
    pytest.importorskip("jinja2")
    data, out = idx_folder(tmp_path / "bars", bytes([1, 5])), tmp_path / "new" / "report"
    done = digitize("evaluate", "--model", "cnn", "--model", "svm", "--data", data, "-o", out,
                    "--json")  # fmt: skip
    assert done.exit_code == 0, done.output
    assert json.loads(done.stdout) == json.loads((out / "report.json").read_text("utf-8"))
    assert f"Report: {out / 'report.html'}" in done.stderr
    assert (out / "report.html").stat().st_size > 100_000
    assert (out / "plots" / "svm-confusion.svg").exists()

    again = digitize("evaluate", "--model", "cnn", "--data", data, "-o", out)
    assert again.exit_code == 2
    assert "already holds a file named report.json" in again.output
    replaced = digitize("evaluate", "--model", "cnn", "--data", data, "-o", out, "--overwrite")
    assert replaced.exit_code == 0, replaced.output
    assert len(json.loads((out / "report.json").read_text("utf-8"))["models"]) == 1


def test_evaluate_into_what_is_no_folder_is_an_output_error(tmp_path: Path) -> None:
    pytest.importorskip("matplotlib")
    data = idx_folder(tmp_path / "bars", bytes([1]))
    (tmp_path / "file").write_text("")
    done = digitize("evaluate", "--data", data, "-o", tmp_path / "file" / "report")
    assert done.exit_code == 5
    assert "cannot be made" in done.output


def test_evaluate_of_a_folder_without_digits_says_so(tmp_path: Path) -> None:
    done = digitize("evaluate", "--data", str(tmp_path))
    assert done.exit_code == 3
    assert str(tmp_path) in done.output


# --- what a script may get wrong ---


@pytest.mark.parametrize(
    "wrong",
    [
        ("", "-o", "out"),
        ("page.png", "-o", ""),
        ("page.png", "-o", "out", "--review-below", "nan"),
        ("page.png", "-o", "out", "--max-megapixels", "inf"),
        ("page.png", "-o", "out", "--pages", ""),
    ],
)
def test_an_empty_or_endless_value_is_bad_usage(
    wrong: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    draw(tmp_path / "page.png", "47")
    done = digitize("run", *wrong)
    assert done.exit_code == 2, done.output
    assert not (tmp_path / "out").exists()


def test_a_pdf_that_digitize_made_is_not_read_again(tmp_path: Path) -> None:
    draw(tmp_path / "page.png", "47")
    digitize("run", str(tmp_path / "page.png"), "-o", str(tmp_path / "first"))
    again = digitize("run", str(tmp_path / "first" / "page.pdf"), "-o", str(tmp_path / "second"))
    assert again.exit_code == 4
    assert "digitize made this PDF" in again.output


def test_white_writing_on_black_reads_as_black_on_white_does(tmp_path: Path) -> None:
    draw(tmp_path / "page.png", "3812", "47")
    page = cv2.imread(str(tmp_path / "page.png"))
    assert page is not None
    cv2.imwrite(str(tmp_path / "negative.png"), 255 - page)
    digitize("run", str(tmp_path), "-o", str(tmp_path / "out"), "--format", "csv")
    with (tmp_path / "out" / "numbers.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    read = {
        name: [row["text"] for row in rows if row["document"] == name]
        for name in ("page.png", "negative.png")
    }
    assert len(read["page.png"]) == 2
    assert read["negative.png"] == read["page.png"]


# --- a promise about error ---


def test_a_promise_says_what_it_promises_and_when_it_cannot_hold(tmp_path: Path) -> None:
    """Two numbers are too few to be compared with what the model was calibrated on."""
    page = draw(tmp_path / "in/page.png", "12", "305")
    result = digitize("run", page, "-o", tmp_path / "out", "--format", "csv", "--max-error", "5%")
    assert result.exit_code == 0
    assert "the promise of an error of at most 5 % does NOT hold" in result.stderr
    assert "numbers are too few to compare with the calibration set" in result.stderr
    promise = json.loads((tmp_path / "out/report.json").read_text())["promise"]
    assert promise["max_error"] == 0.05
    assert promise["error"] <= 0.05
    assert promise["holds"] is False
    assert promise["calibration_numbers"] > 1000


def test_a_stricter_promise_asks_for_surer_numbers(tmp_path: Path) -> None:
    page = draw(tmp_path / "in/page.png", "12")
    for share in ("2%", "0.10"):
        digitize("run", page, "-o", tmp_path / share, "--format", "csv", "--max-error", share)
    strict, loose = (
        json.loads((tmp_path / share / "report.json").read_text())["promise"]["threshold"]
        for share in ("2%", "0.10")
    )
    assert strict > loose


def test_without_a_promise_the_report_has_none(tmp_path: Path) -> None:
    page = draw(tmp_path / "in/page.png", "12")
    digitize("run", page, "-o", tmp_path / "out", "--format", "csv")
    assert json.loads((tmp_path / "out/report.json").read_text())["promise"] is None


def test_what_cannot_be_promised_is_said_before_anything_is_read(tmp_path: Path) -> None:
    page = draw(tmp_path / "in/page.png", "12")
    result = digitize("run", page, "-o", tmp_path / "out", "--max-error", "0.001%")
    assert result.exit_code == 2
    assert "cnn cannot promise an error of 0.001%" in result.stderr
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("share", ["0.5", "0%", "-1%", "30%", "nan", "half", ""])
def test_a_share_that_is_none_is_refused(tmp_path: Path, share: str) -> None:
    page = draw(tmp_path / "in/page.png", "12")
    result = digitize("run", page, "-o", tmp_path / "out", f"--max-error={share}")
    assert result.exit_code == 2
    assert "such as 0.5%" in result.stderr


def test_two_ways_of_saying_how_sure_are_refused(tmp_path: Path) -> None:
    page = draw(tmp_path / "in/page.png", "12")
    both = ("--max-error", "5%", "--review-below", "0.9")
    result = digitize("run", page, "-o", tmp_path / "out", *both)
    assert result.exit_code == 2
    assert "--max-error and --review-below both say how sure" in result.stderr
