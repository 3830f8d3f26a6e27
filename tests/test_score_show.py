"""What a person at a terminal sees of scores."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from score_folders import document, number, run_left, true, write_truth

from digitize.score import score
from digitize.score.show import describe_notes, describe_scores

STEERING = "\x1b]0;owned\x07[bold]"


def shown(folder: Path, by: str | None = None, **keys: object) -> list[str]:
    """The lines shown of a page on which a 7 is read as 1, and a number is right."""
    out = run_left(folder / "out", document("a.png", (number("1"), number("25", y=200))))
    write_truth(folder / "truth", "a.png", true("7"), true("25", y=200), **keys)
    return describe_scores(score(out, folder / "truth", by)).splitlines()


def test_the_figures_stand_under_their_headings(tmp_path: Path) -> None:
    lines = shown(tmp_path)
    assert lines[1].split() == [
        *("pages", "numbers", "exact", "precision", "CER", "digit", "F1", "page", "per", "page"),
    ]
    assert lines[2].split() == [
        *("all", "1", "2", "0.5000", "0.5000", "0.3333", "0.6667", "2.00", "0.00"),
    ]
    assert lines[6].split() == ["all", "0.6667", "0.3367", "0.5000", "1.0000", "0.5000"]


def test_a_confused_pair_is_told(tmp_path: Path) -> None:
    assert shown(tmp_path)[-1].split() == ["7", "1", "1"]


def test_each_group_has_a_row_in_both_tables(tmp_path: Path) -> None:
    lines = shown(tmp_path, "kind", kind="plain")
    assert sum(line.startswith("plain ") for line in lines) == 2


def test_what_is_not_measured_is_a_dash(tmp_path: Path) -> None:
    out = run_left(tmp_path / "out", document("a.png", ()))
    write_truth(tmp_path / "truth", "a.png")
    lines = describe_scores(score(out, tmp_path / "truth")).splitlines()
    assert lines[2].split() == ["all", "1", "0", "-", "-", "-", "-", "0.00", "0.00"]
    assert not any("true" in line for line in lines), "no table of confusions"


def test_no_line_is_wider_than_a_terminal(tmp_path: Path) -> None:
    assert max(map(len, shown(tmp_path, "kind", kind="plain"))) <= 80


def test_no_name_of_a_group_steers_the_terminal_or_the_markup(tmp_path: Path) -> None:
    text = "\n".join(shown(tmp_path, "pen", pen=STEERING))
    assert "\\x1b]0;owned\\x07[bold]" in text
    assert "\x1b" not in text


def test_what_is_left_out_is_told_by_a_few_names(tmp_path: Path) -> None:
    out = run_left(tmp_path / "out", *(document(f"{n}.png", ()) for n in range(5)))
    for name in ("0.png", "x.png"):
        write_truth(tmp_path / "truth", name)
    assert describe_notes(score(out, tmp_path / "truth")) == [
        "Not in the run, counted as nothing read: x.png",
        "Without a truth, not counted: 1.png, 2.png, 3.png and 1 other",
    ]


def test_scoring_loads_neither_a_model_runtime_nor_a_training_library() -> None:
    program = (
        "import sys, digitize.score.show, digitize.score.crop_sheet; "
        "print(*{'onnxruntime', 'tensorflow', 'sklearn', 'matplotlib'} & set(sys.modules))"
    )
    ended = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert ended.stdout.strip() == ""
