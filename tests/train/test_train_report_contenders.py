"""Which models are compared, and under which names."""

from __future__ import annotations

import shutil

import pytest

from digitize.errors import ModelUnusable, UsageError
from digitize.onnx_models import find_model, list_classifiers
from digitize.train.report.contenders import chosen_models, contenders


def test_all_are_those_that_ship():
    assert chosen_models(["all"]) == list_classifiers()


def test_names_may_be_repeated_or_listed_and_count_once():
    assert [model.name for model in chosen_models(["cnn, svm", "cnn"])] == ["cnn", "svm"]


def test_an_unknown_name_says_which_there_are():
    with pytest.raises(ModelUnusable, match="cnn"):
        chosen_models(["all", "nobody"])


@pytest.mark.parametrize("names", [[], ["", " , "]])
def test_no_name_at_all_is_refused(names):
    with pytest.raises(UsageError, match="no model is named"):
        chosen_models(names)


def test_two_files_of_the_same_name_are_told_apart(tmp_path):
    copy = tmp_path / "cnn.onnx"
    shutil.copy(find_model("cnn").path, copy)
    first, second = contenders(chosen_models(["cnn", str(copy)]))
    assert (first.name, second.name) == ("cnn", "cnn (2)")
    assert first.sha256 == second.sha256
    assert first.size_bytes == copy.stat().st_size
    assert first.card.family == "cnn"
