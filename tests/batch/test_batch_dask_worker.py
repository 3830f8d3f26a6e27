"""What a Dask worker answers, step by step, even where it is asked twice or has forgotten."""

from __future__ import annotations

import pickle
from dataclasses import replace
from pathlib import Path

import pytest
from dask_places import contract_of, reading_place
from PIL import Image
from small_pages import small_page

import digitize
from digitize.batch.dask_worker import (
    KEPT_RUNS,
    Astray,
    Employed,
    OtherVersion,
    Unseen,
    employ,
    hire,
    leave,
    step,
)
from digitize.batch.tasks import Done, Ended, Failed, Opened, PageRead, ReadTask, Ready
from digitize.errors import ModelUnusable
from digitize.load import InputDocument


@pytest.fixture
def document(tmp_path: Path) -> InputDocument:
    """A document of six pages: more than are read before it is known how many there are."""
    pages = [small_page(number) for number in range(6)]
    pages[0].save(tmp_path / "six.tif", save_all=True, append_images=pages[1:])
    return InputDocument("six.tif", tmp_path / "six.tif")


def employed(tmp_path: Path) -> Employed:
    return Employed(reading_place(tmp_path), looks=True)


def test_each_step_gives_one_page_and_the_last_one_the_end(
    document: InputDocument, tmp_path: Path
) -> None:
    worker = employed(tmp_path)
    task = ReadTask(0, document, (2, 5))
    (first,) = worker.do(1, 0, task)
    assert isinstance(first, PageRead)
    last, end = worker.do(1, 1, None)
    assert isinstance(last, PageRead)
    assert (first.number, last.number, end) == (2, 5, Done())


def test_a_document_is_opened_before_its_pages_are_read(
    document: InputDocument, tmp_path: Path
) -> None:
    worker = employed(tmp_path)
    (opened,) = worker.do(1, 0, ReadTask(0, document, None))
    assert opened == Opened((1, 2, 3, 4, 5, 6), (1, 2, 3, 4))
    said = [one for number in range(1, 5) for one in worker.do(1, number, None)]
    assert [one.number for one in said if isinstance(one, PageRead)] == [1, 2, 3, 4]
    assert said[-1] == Done()


def test_a_step_asked_twice_is_done_once(document: InputDocument, tmp_path: Path) -> None:
    worker = employed(tmp_path)
    task = ReadTask(0, document, (1, 2, 3))
    assert worker.do(7, 0, task) == worker.do(7, 0, task)
    assert worker.do(7, 1, None) == worker.do(7, 1, None)
    (last, _) = worker.do(7, 2, None)
    assert isinstance(last, PageRead)
    assert last.number == 3


def test_a_step_whose_beginning_was_elsewhere_is_not_done(
    document: InputDocument, tmp_path: Path
) -> None:
    worker = employed(tmp_path)
    assert worker.do(1, 1, None) == (Astray(),)
    worker.do(1, 0, ReadTask(0, document, (1, 2)))
    assert worker.do(1, 2, None) == (Astray(),)
    assert worker.do(2, 1, None) == (Astray(),)
    (page, _) = worker.do(1, 1, None)
    assert isinstance(page, PageRead)


def test_a_task_left_midway_gives_way_to_another(document: InputDocument, tmp_path: Path) -> None:
    worker = employed(tmp_path)
    worker.do(1, 0, ReadTask(0, document, (1, 2, 3)))
    (page, end) = worker.do(2, 0, ReadTask(0, document, (6,)))
    assert isinstance(page, PageRead)
    assert (page.number, end) == (6, Done())


def test_a_damaged_file_ends_its_task_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "bad.png").touch()
    Image.new("L", (400, 200), 255).save(tmp_path / "good.png")
    worker = employed(tmp_path)
    said = worker.do(1, 0, ReadTask(0, InputDocument("bad.png", tmp_path / "bad.png"), None))
    assert isinstance(said[0], Failed)
    assert said[-1] == Done()
    good = InputDocument("good.png", tmp_path / "good.png")
    opened, page, end = worker.do(2, 0, ReadTask(0, good, None))
    assert isinstance(page, PageRead)
    assert (opened, end) == (Opened((1,), (1,)), Done())


def test_a_file_that_is_not_there_is_told_apart_where_the_disk_may_be_another(
    tmp_path: Path,
) -> None:
    task = ReadTask(0, InputDocument("no.png", tmp_path / "no.png"), None)
    elsewhere = employed(tmp_path).do(1, 0, task)
    assert elsewhere[0] == Unseen()
    here = Employed(reading_place(tmp_path), looks=False).do(1, 0, task)
    assert here == elsewhere[1:]
    assert isinstance(here[0], Failed)


def test_another_version_is_told_before_anything_of_it_is_understood() -> None:
    assert pickle.loads(hire("0.0.1", "run", b"no pickle")) == (OtherVersion(digitize.__version__),)


def test_who_was_never_hired_does_nothing(document: InputDocument) -> None:
    said = step("a run nobody knows", 1, 0, ReadTask(0, document, None))
    assert pickle.loads(said) == (Astray(),)


def test_models_travel_as_bytes_and_are_known_by_their_sum(
    document: InputDocument, tmp_path: Path
) -> None:
    contract = contract_of(tmp_path)
    nowhere = replace(contract.setup.files.classifier, path=Path("/nowhere/cnn.onnx"))
    setup = replace(contract.setup, files=replace(contract.setup.files, classifier=nowhere))
    (page, _) = employ(replace(contract, setup=setup)).do(1, 0, ReadTask(0, document, (1,)))
    assert isinstance(page, PageRead)
    damaged = {name: content[:-1] for name, content in contract.models.items()}
    with pytest.raises(ModelUnusable, match="not the one that was sent"):
        employ(replace(contract, models=damaged))
    (ended,) = pickle.loads(
        hire(digitize.__version__, "damaged", pickle.dumps(replace(contract, models=damaged)))
    )
    assert isinstance(ended, Ended)
    assert isinstance(ended.error, ModelUnusable)


def test_a_run_that_is_over_leaves_nothing(document: InputDocument, tmp_path: Path) -> None:
    hire(digitize.__version__, "over", pickle.dumps(contract_of(tmp_path)))
    task = ReadTask(0, document, (1, 2))
    step("over", 1, 0, task)
    leave("over")
    leave("over")
    assert pickle.loads(step("over", 1, 1, None)) == (Astray(),)


def test_the_models_of_few_runs_stay_open(document: InputDocument, tmp_path: Path) -> None:
    contract = pickle.dumps(contract_of(tmp_path))
    runs = [f"run {number}" for number in range(KEPT_RUNS + 1)]
    for one in runs:
        assert pickle.loads(hire(digitize.__version__, one, contract)) == (Ready(),)
    task = ReadTask(0, document, (1,))
    assert pickle.loads(step(runs[0], 1, 0, task)) == (Astray(),)
    (page, _) = pickle.loads(step(runs[-1], 1, 0, task))
    assert isinstance(page, PageRead)
