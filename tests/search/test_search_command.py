"""`digitize search` as users run it."""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image
from written_digits import write_digits

DIGITIZE = (sys.executable, "-m", "digitize")
PATIENCE = 120  # seconds; far more than any of these commands takes


def digitize(*arguments: str | Path, here: Path | None = None) -> subprocess.CompletedProcess[str]:
    """What the command says; here: the folder in which it is started."""
    command = [*DIGITIZE, *map(str, arguments)]
    return subprocess.run(
        command, capture_output=True, text=True, timeout=PATIENCE, check=False, cwd=here
    )


def draw(path: Path, *numbers: str) -> None:
    page = np.full((100 + 110 * len(numbers), 500, 3), 255, dtype=np.uint8)
    for line, number in enumerate(numbers, 1):
        write_digits(page, number, 60, 110 * line - 56, height=44, pen=4, colour=(20, 20, 20))
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(cv2.GaussianBlur(page, (0, 0), 0.7).astype(np.uint8)).save(path)


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a run that left JSON files and no index."""
    folder = tmp_path_factory.mktemp("run")
    draw(folder / "scans" / "a.png", "3812", "47")
    draw(folder / "scans" / "in" / "b.png", "66", "3812")
    done = digitize("run", folder / "scans", "-o", folder / "out", "--format", "json")
    assert done.returncode == 0, done.stderr
    return folder / "out"


def test_a_number_is_told_with_its_document_and_page(out: Path) -> None:
    done = digitize("search", out, "3812")
    assert done.returncode == 0, done.stderr
    head, *hits, last = done.stdout.splitlines()
    assert head.split() == ["text", "confidence", "page", "line", "number", "document"]
    assert [line.split()[0] for line in hits] == ["3812", "3812"]
    assert sorted(line.split()[-1] for line in hits) == ["a.png", "in/b.png"]
    assert last == "2 numbers found"
    assert done.stderr == ""


def test_hits_are_printed_as_json_with_their_boxes(out: Path) -> None:
    (hit,) = json.loads(digitize("search", out, "4*", "--json").stdout)
    assert (hit["document"], hit["page"], hit["text"], hit["picture"]) == ("a.png", 1, "47", None)
    left, top, width, height = hit["box"]
    assert abs(left - 60) < 6
    assert abs(top - 164) < 6
    assert abs(height - 44) < 8
    assert width > 30


def test_every_hit_is_drawn_with_its_number_boxed(out: Path, tmp_path: Path) -> None:
    done = digitize("search", out, "3812", "--show", tmp_path / "hits")
    assert done.returncode == 0, done.stderr
    assert sorted(path.name for path in (tmp_path / "hits").iterdir()) == [
        "hit-001.png",
        "hit-002.png",
    ]
    for path in (tmp_path / "hits").iterdir():
        pixels = np.asarray(Image.open(path).convert("RGB"))
        assert (pixels == (213, 94, 0)).all(axis=2).any()
        assert pixels.min() < 60


def test_pictures_of_an_earlier_search_do_not_lie_beside_the_new_ones(
    out: Path, tmp_path: Path
) -> None:
    hits = tmp_path / "hits"
    digitize("search", out, "3812", "--show", hits)
    (hits / "hit-list.png").write_bytes(b"mine")
    digitize("search", out, "47", "--show", hits)
    assert sorted(path.name for path in hits.iterdir()) == ["hit-001.png", "hit-list.png"]
    digitize("search", out, "999", "--show", hits)
    assert [path.name for path in hits.iterdir()] == ["hit-list.png"]


def test_nothing_found_is_said_and_is_no_failure(out: Path) -> None:
    done = digitize("search", out, "999")
    assert (done.stdout, done.returncode) == ("0 numbers found\n", 0)


def test_a_negative_number_is_no_option(out: Path) -> None:
    done = digitize("search", out, "-47")
    assert (done.stdout, done.stderr, done.returncode) == ("0 numbers found\n", "", 0)
    assert digitize("search", out, "47", "--jsno").returncode == 2


def test_a_hit_without_a_picture_says_what_to_do(out: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(out, tmp_path / "out")
    digitize("search", copy, "47")  # makes the index
    with closing(sqlite3.connect(copy / "search.sqlite")) as index:
        index.execute("UPDATE documents SET source = 'gone.png'")
        index.commit()
    done = digitize("search", copy, "47", "--show", tmp_path / "hits")
    assert done.stdout.endswith("1 number found\n")
    assert done.stderr.startswith("1 hit without a picture: the document is gone, protected or")
    assert "the folder in which the run was started" in done.stderr


@pytest.mark.parametrize("formats", ["json", "csv,sqlite"])
def test_no_box_is_drawn_on_a_document_that_was_changed_since(tmp_path: Path, formats: str) -> None:
    scans, out, hits = tmp_path / "scans", tmp_path / "out", tmp_path / "hits"
    for name in ("a.png", "b.png"):
        draw(scans / name, "3812", "47")
    again = ("run", scans, "-o", out, "--format", formats, "--resume")
    assert digitize(*again).returncode == 0
    draw(scans / "a.png", "47", "3812")  # of the same size
    done = digitize("search", out, "47", "--show", hits)
    assert done.returncode == 0
    assert done.stderr == (
        f"a.png: its original, {scans / 'a.png'}, was changed after it was read. Put it back as "
        "it was, or read it again: the run's own command with --resume.\n"
    )
    assert len(list(hits.iterdir())) == 1
    assert digitize(*again).returncode == 0
    assert digitize("search", out, "47", "--show", hits).stderr == ""
    assert len(list(hits.iterdir())) == 2


@pytest.mark.parametrize(
    ("text", "told"),
    [("abc", "'abc' is no number to search for"), ("", "is no number to search for")],
)
def test_what_is_no_number_is_refused(out: Path, text: str, told: str) -> None:
    done = digitize("search", out, text)
    assert done.returncode == 2
    assert told in done.stderr
    assert done.stdout == ""


@pytest.mark.parametrize("address", ["s3://bucket/hits", "s3:/bucket/hits", "https://u:pw@x.org/h"])
def test_pictures_are_not_written_into_a_store(out: Path, tmp_path: Path, address: str) -> None:
    done = digitize("search", out, "3812", "--show", address, here=tmp_path)
    assert done.returncode == 2
    assert "this is not written into a store. Give a folder of this machine." in done.stderr
    assert "pw" not in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_pictures_go_to_a_folder_that_is_named_by_an_address(out: Path, tmp_path: Path) -> None:
    done = digitize("search", out, "47", "--show", f"file://{tmp_path}/hits")
    assert (done.returncode, done.stderr) == (0, "")
    assert [path.name for path in (tmp_path / "hits").iterdir()] == ["hit-001.png"]


def test_a_folder_without_a_run_is_refused(tmp_path: Path) -> None:
    done = digitize("search", tmp_path, "12")
    assert done.returncode == 2
    assert "there are no results of a run in it" in done.stderr
