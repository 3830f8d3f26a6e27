"""Models side by side on the same digits: every figure that the report shows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timezone
from itertools import combinations
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

import digitize
from digitize.classify import DIGITS, NOT_A_DIGIT
from digitize.records import Floats, Pixels
from digitize.train.evaluation import Evaluation, LabelledImages, judge, timed_scores
from digitize.train.report.contenders import Contender
from digitize.train.report.metrics.confusion import class_figures, confusion_matrix, mean_known
from digitize.train.report.metrics.coverage import risk_coverage
from digitize.train.report.metrics.mcnemar import mcnemar
from digitize.train.report.metrics.reliability import reliability_bins
from digitize.train.report.metrics.roc import roc_curve
from digitize.train.report.mistakes import worst_mistakes
from digitize.train.report.record import (
    SCHEMA_VERSION,
    Comparison,
    DataReport,
    ModelReport,
    PairReport,
)

CHANCE = 0.05  # the usual level: what chance alone does less often counts as a difference
Flags: TypeAlias = NDArray[np.bool_]


def compare(contenders: Sequence[Contender], data: LabelledImages) -> Comparison:
    """Return every figure of every contender on `data`, and McNemar's test of every pair.

    UsageError where there are no digits, or images are not 28 x 28.
    """
    models, right = [], {}
    digits = data.labels != NOT_A_DIGIT
    for one in contenders:
        scores, seconds = timed_scores(one.classifier, data.images)
        evaluation = judge(scores, data.labels, seconds)
        models.append(model_report(one, evaluation, scores, data.labels))
        right[one.name] = (scores.argmax(axis=1) == data.labels)[digits]
    return Comparison(
        schema_version=SCHEMA_VERSION,
        program="digitize",
        version=digitize.__version__,
        made=datetime.now(timezone.utc).isoformat(timespec="seconds"),
        data=data_report(data),
        models=tuple(models),
        pairs=tuple(
            pair_report(first, second, right[first], right[second])
            for first, second in combinations(right, 2)
        ),
    )


def data_report(data: LabelledImages) -> DataReport:
    """Return what there is to say about a set of images."""
    digits = int((data.labels != NOT_A_DIGIT).sum())
    return DataReport(
        folder=data.data,
        split=data.split,
        normalised=data.normalised,
        digits=digits,
        not_digits=len(data.labels) - digits,
        note=data.note,
    )


def model_report(
    one: Contender, evaluation: Evaluation, all_scores: Floats, all_labels: Pixels
) -> ModelReport:
    """Return all figures of one contender from its (count, 11) scores; labels (count,) 0 to 10."""
    digits = all_labels != NOT_A_DIGIT
    scores, labels = all_scores[digits], all_labels[digits].astype(np.int64)
    answers, best = scores.argmax(axis=1), scores[:, :DIGITS]
    right, confidence = answers == labels, scores.max(axis=1)
    matrix = confusion_matrix(labels, answers)
    classes = class_figures(matrix)
    curves = tuple(roc_curve(scores[:, digit], labels == digit) for digit in range(DIGITS))
    card = one.card
    return ModelReport(
        name=one.name,
        family=card.family,
        sha256=one.sha256,
        size_bytes=one.size_bytes,
        training_seconds=card.seconds,
        training_data=card.data,
        not_digits=card.not_digits,
        calibration=card.calibration,
        made_with=card.made_with,
        learning_curve=card.learning_curve,
        evaluation=evaluation,
        accuracy_among_digits=1 - evaluation.digit_errors / evaluation.count,
        refused_share=evaluation.refused / evaluation.count,
        confusion=tuple(tuple(row) for row in matrix.tolist()),
        classes=classes,
        macro_precision=mean_known(tuple(one.precision for one in classes)),
        macro_recall=mean_known(tuple(one.recall for one in classes)),
        macro_f1=mean_known(tuple(one.f1 for one in classes)),
        roc=curves,
        macro_auc=mean_known(tuple(curve.area for curve in curves)),
        reliability=reliability_bins(confidence, right),
        risk_coverage=risk_coverage(best.max(axis=1), best.argmax(axis=1) == labels),
        mistakes=worst_mistakes(all_scores, all_labels),
    )


def pair_report(first: str, second: str, first_right: Flags, second_right: Flags) -> PairReport:
    """Return McNemar's test of two models, by name; (count,) whether each digit was read right."""
    only_first_wrong = int((~first_right & second_right).sum())
    only_second_wrong = int((first_right & ~second_right).sum())
    p_value = mcnemar(only_first_wrong, only_second_wrong)
    return PairReport(first, second, only_first_wrong, only_second_wrong, p_value, p_value < CHANCE)
