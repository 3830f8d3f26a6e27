"""The models that read a page together are found by name, opened, and shared."""

from __future__ import annotations

import pickle
from typing import TYPE_CHECKING

import pytest

from digitize.classify import AlwaysDigit
from digitize.errors import ModelUnusable
from digitize.normalise import normalise
from digitize.onnx_models import find_model, ships
from digitize.options import PageOptions
from digitize.pipeline import read_page
from digitize.readers import ReaderFiles, Readers, find_readers, open_readers, usual_readers
from digitize.segment import segment

if TYPE_CHECKING:
    from tests.conftest import Paper


def needs(name: str) -> pytest.MarkDecorator:
    return pytest.mark.skipif(not ships(name), reason=f"no model {name} ships")


def test_a_classifier_is_found_with_the_page_readers_that_ship() -> None:
    files = find_readers("cnn")
    assert files.classifier == find_model("cnn")
    assert files.ink == (find_model("ink") if ships("ink") else None)
    assert files.sequence == (find_model("sequence") if ships("sequence") else None)


def test_a_run_may_do_without_the_second_reader() -> None:
    files = find_readers("cnn", second_reader=False)
    assert files.sequence is None
    assert files.ink == find_readers("cnn").ink


def test_a_classifier_that_does_not_exist_is_an_error_that_names_those_that_do() -> None:
    with pytest.raises(ModelUnusable, match="'nonesuch'") as caught:
        find_readers("nonesuch")
    assert "cnn" in caught.value.remedy


def test_page_readers_are_the_models_that_read_more_than_a_digit() -> None:
    cnn, mlp = find_model("cnn"), find_model("mlp")
    assert ReaderFiles(cnn).page_readers == ()
    assert ReaderFiles(cnn, ink=mlp).page_readers == (mlp,)
    assert ReaderFiles(cnn, sequence=mlp).page_readers == (mlp,)
    assert len(ReaderFiles(cnn, mlp, mlp).page_readers) == 2


def test_reader_files_travel_to_workers_and_weigh_nothing() -> None:
    files = find_readers("cnn")
    sent = pickle.dumps(files)
    assert len(sent) < 2000
    assert pickle.loads(sent) == files


def test_a_classifier_alone_reads_a_page(paper: type[Paper]) -> None:
    readers = open_readers(ReaderFiles(find_model("cnn")))
    assert readers.ink is None
    assert readers.sequence is None
    page = paper().digits("25", 100, 100)
    scores = readers.classifier.scores(normalise(segment(page.layers())))
    assert sorted(scores.argmax(axis=1).tolist()) == [2, 5]


@needs("ink")
@needs("sequence")
def test_readers_opened_by_their_files_read_a_page_as_the_usual_ones_do(paper: type[Paper]) -> None:
    readers = open_readers(find_readers("cnn"))
    page = paper(500, 300).digits("2103", 80, 100, 40, 5).digits("2609", 80, 180, 40, 5).page()
    result = read_page(page, readers, PageOptions())
    assert result == read_page(page, usual_readers(readers.classifier), PageOptions())
    without = read_page(page, Readers(readers.classifier), PageOptions())
    assert result != without, "the page readers have a say"


@pytest.mark.parametrize("place", ["ink", "sequence"])
def test_a_model_in_anothers_place_is_an_error_that_names_its_file(place: str) -> None:
    cnn = find_model("cnn")
    with pytest.raises(ModelUnusable) as caught:
        open_readers(ReaderFiles(cnn, **{place: cnn}))
    assert str(cnn.path) in caught.value.cause
    assert f"digitize train {place}" in caught.value.remedy


@needs("ink")
def test_a_page_reader_is_no_classifier() -> None:
    with pytest.raises(ModelUnusable) as caught:
        open_readers(ReaderFiles(find_model("ink")))
    assert "ink.onnx" in caught.value.cause


def test_usual_readers_keep_the_classifier_and_open_what_ships_once() -> None:
    ones, twos = usual_readers(AlwaysDigit(1)), usual_readers(AlwaysDigit(2))
    assert (ones.classifier, twos.classifier) == (AlwaysDigit(1), AlwaysDigit(2))
    assert (ones.ink is not None, ones.sequence is not None) == (ships("ink"), ships("sequence"))
    assert ones.ink is twos.ink
    assert ones.sequence is twos.sequence


def test_readers_are_a_classifier_at_least() -> None:
    assert Readers(AlwaysDigit(1)) == Readers(AlwaysDigit(1), None, None)
