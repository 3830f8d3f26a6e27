from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

DOCUMENTS = ("archive/cheque_amounts.pdf", "archive/register.tif", "answer_sheet.pdf",
             "mark_table.jpg", "notebook.png")  # fmt: skip


@pytest.fixture(scope="module")
def made(sample_docs, tmp_path_factory) -> tuple[Path, Path]:
    """Two folders, each from a run of its own of make.py."""
    folders = tmp_path_factory.mktemp("first"), tmp_path_factory.mktemp("second")
    runs = [
        subprocess.Popen(
            [sys.executable, sample_docs / "make.py", folder], stdout=subprocess.DEVNULL
        )
        for folder in folders
    ]
    assert [run.wait(timeout=120) for run in runs] == [0, 0]
    return folders


def files_of(folder: Path) -> dict[str, bytes]:
    paths = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def test_two_runs_make_the_same_bytes(made):
    first, second = (files_of(folder) for folder in made)
    assert set(DOCUMENTS) < set(first)
    assert first.keys() == second.keys()
    assert [name for name in first if first[name] != second[name]] == []


def test_the_committed_truth_is_what_the_script_makes(made, sample_docs):
    truths = sorted(path.name for path in (sample_docs / "truth").iterdir())
    assert truths == sorted(path.name for path in (made[0] / "truth").iterdir())
    for name in truths:
        committed, fresh = (
            json.loads((folder / "truth" / name).read_text(encoding="utf-8"))
            for folder in (sample_docs, made[0])
        )
        assert [n["text"] for n in committed["numbers"]] == [n["text"] for n in fresh["numbers"]]
        boxes = [np.array([n["box"] for n in truth["numbers"]]) for truth in (committed, fresh)]
        assert np.abs(boxes[0] - boxes[1]).max() <= 2  # another libfreetype may round otherwise


@pytest.mark.parametrize("name", DOCUMENTS)
def test_the_committed_pages_are_what_the_script_draws(name, made, sample_docs, document_pages):
    committed, fresh = document_pages(sample_docs / name), document_pages(made[0] / name)
    assert len(committed) == len(fresh)
    for page, again in zip(committed, fresh, strict=True):
        assert np.abs(page.astype(float) - again).mean() < 1.5  # other codec versions may differ
