"""Lines that leave by a pipe: a line per page, in order, as soon as those before it are there."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from small_pages import mixed_folder

from digitize.batch.stream import stream
from digitize.load import find_documents
from digitize.options import RunOptions


@pytest.fixture(scope="module")
def scans(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return mixed_folder(tmp_path_factory.mktemp("stream") / "scans", pictures=2, pages=6)


def lines_of(scans: Path, jobs: int) -> tuple[list[dict[str, Any]], list[str]]:
    said: list[str] = []
    stream(find_documents([str(scans)]), said.append, RunOptions(jobs=jobs))
    return [json.loads(line) for line in said], said


def test_pages_come_in_order_and_failures_in_their_place(scans: Path) -> None:
    lines, said = lines_of(scans, jobs=2)
    places = [(line["document"], line["page"], bool(line["failure"])) for line in lines]
    assert places == [
        ("0000.png", 1, False),
        ("0001.png", 1, False),
        ("0003-bad.png", None, True),
        *(("0005-several.tif", page, False) for page in range(1, 7)),
        *(("0008-several.pdf", page, False) for page in range(1, 7)),
    ]
    assert lines_of(scans, jobs=1)[1] == said


def test_who_has_read_enough_ends_the_run(scans: Path) -> None:
    said: list[str] = []

    def enough(line: str) -> None:
        said.append(line)
        if len(said) == 2:
            raise BrokenPipeError

    with pytest.raises(BrokenPipeError):
        stream(find_documents([str(scans)]), enough, RunOptions(jobs=2))
    assert len(said) == 2
