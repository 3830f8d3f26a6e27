"""Figures in words."""

from __future__ import annotations

import pytest
from drawn_contest import contest

from digitize.train.report.metrics.mcnemar import mcnemar
from digitize.train.report.record import PairReport
from digitize.train.report.wording import (
    area_text,
    duration,
    frequent_errors,
    p_text,
    pair_sentence,
    percent,
)


def pair(first: int, second: int) -> PairReport:
    p_value = mcnemar(first, second)
    return PairReport("cnn", "svm", first, second, p_value, p_value < 0.05)


def test_a_clear_difference_names_the_better_model():
    said = pair_sentence(pair(12, 40))
    assert "cnn alone is wrong on 12, svm alone on 40" in said
    assert said.endswith("cnn is the better one on digits like these.")
    assert "svm is the better one" in pair_sentence(pair(40, 12))


def test_a_small_difference_may_be_chance():
    assert "chance in" not in pair_sentence(pair(3, 5))
    assert "72.66% of such tests (p = 0.73): the difference may well be chance" in (
        pair_sentence(pair(3, 5))
    )


def test_the_smallest_chances_are_not_told_as_none():
    assert "less than 0.01% of such tests (p < 0.0001)" in pair_sentence(pair(0, 60))


def test_models_with_the_same_errors_are_not_told_apart():
    assert "nothing tells them apart" in pair_sentence(pair(0, 0))


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        (percent(0.0518), "5.18%"),
        (percent(None), "–"),
        (duration(7.354), "7.35 s"),
        (duration(750), "12.5 min"),
        (p_text(0.0312), "= 0.031"),
        (area_text(0.9995123), "0.99951"),
        (area_text(0.9999999), "> 0.99999"),
        (area_text(1.0), "1.00000"),
        (area_text(None), "–"),
    ],
)
def test_figures_are_short(shown, expected):
    assert shown == expected


def test_the_commonest_errors_come_first():
    poor = contest()[0].models[1]
    told = frequent_errors(poor)
    most = max(
        count
        for true, row in enumerate(poor.confusion)
        for answer, count in enumerate(row)
        if answer != true
    )
    assert told.split(", ")[0].split("(")[1].startswith(f"{most} time")
