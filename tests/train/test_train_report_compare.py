"""Comparisons of models whose answers are known beforehand."""

from __future__ import annotations

import json

import numpy as np
import pytest
from drawn_contest import contender, contest, drawn_set, noisy_scores

from digitize.classify import AlwaysDigit
from digitize.errors import UsageError
from digitize.train.evaluation import LabelledImages, evaluate
from digitize.train.report.compare import compare

COMPARISON, DATA = contest(others=8)
GOOD, POOR = COMPARISON.models


def test_every_model_is_judged_as_alone():
    scores = noisy_scores(DATA.labels, 4.0, 1)
    alone = evaluate(contender("good", scores).classifier, DATA.images, DATA.labels)
    assert GOOD.evaluation.errors == alone.errors
    assert GOOD.evaluation.ece == alone.ece
    assert GOOD.evaluation.others == alone.others


def test_figures_of_a_model_agree_with_each_other():
    for model in COMPARISON.models:
        matrix = np.array(model.confusion)
        assert matrix.sum() - matrix.trace() == model.evaluation.errors
        assert matrix[:, 10].sum() == model.evaluation.refused
        assert model.risk_coverage.risk[-1] == pytest.approx(1 - model.accuracy_among_digits)
        assert sum(one.count for one in model.reliability) == model.evaluation.count
        assert len(model.mistakes) == min(24, model.evaluation.errors)


def test_the_better_model_is_better_in_every_way():
    assert GOOD.evaluation.error_rate < POOR.evaluation.error_rate
    assert GOOD.macro_auc > POOR.macro_auc
    assert GOOD.macro_f1 > POOR.macro_f1
    assert GOOD.risk_coverage.area < POOR.risk_coverage.area


def test_a_pair_counts_the_digits_that_one_alone_gets_wrong():
    (pair,) = COMPARISON.pairs
    more = pair.only_second_wrong - pair.only_first_wrong
    assert more == POOR.evaluation.errors - GOOD.evaluation.errors
    assert pair.different == (pair.p_value < 0.05)


def test_three_models_make_three_pairs_and_one_makes_none():
    data = drawn_set(each=1)
    three = [contender(str(skill), noisy_scores(data.labels, skill, 1)) for skill in (1, 2, 3)]
    pairs = [(pair.first, pair.second) for pair in compare(three, data).pairs]
    assert pairs == [("1", "2"), ("1", "3"), ("2", "3")]
    assert compare(three[:1], data).pairs == ()


def test_what_was_measured_is_told():
    assert COMPARISON.data.folder == "school"
    assert (COMPARISON.data.digits, COMPARISON.data.not_digits) == (60, 8)
    assert COMPARISON.schema_version == 1
    assert COMPARISON.made.endswith("+00:00")


def test_a_model_that_always_says_seven_still_has_every_figure():
    data = drawn_set(each=1)
    always = contender("seven", AlwaysDigit(7).scores(data.images))
    (model,) = compare([always], data).models
    assert model.classes[7].recall == 1
    assert model.classes[3].precision is None
    assert [curve.area for curve in model.roc] == [0.5] * 10
    json.loads(compare([always], data).as_json())


def test_the_json_holds_every_record_and_no_pixels():
    found = json.loads(COMPARISON.as_json())
    assert set(found) == {
        "schema_version", "program", "version", "made", "data", "models", "pairs"
    }  # fmt: skip
    assert found["models"][0]["evaluation"]["error_rate"] == GOOD.evaluation.error_rate
    assert found["models"][0]["learning_curve"] == [[100, 0.2], [550, 0.05]]


def test_a_set_without_digits_is_refused():
    data = drawn_set(others=3)
    only = LabelledImages(data.images[-3:], data.labels[-3:], "clutter")
    with pytest.raises(UsageError, match="none of the 3 images is a digit"):
        compare([contender("any", noisy_scores(only.labels, 1, 1))], only)
