"""What a comparison comes to: plain records that are the same in report.json and on the page."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

from digitize.train.datasets import Split
from digitize.train.evaluation import Evaluation
from digitize.train.report.metrics.confusion import ClassFigures
from digitize.train.report.metrics.coverage import RiskCoverage
from digitize.train.report.metrics.reliability import ReliabilityBin
from digitize.train.report.metrics.roc import Roc
from digitize.train.report.mistakes import Mistake

SCHEMA_VERSION = 1


@dataclass(frozen=True, slots=True)
class ModelReport:
    """One model: what it is, and all it came to.

    size_bytes: of its file. training_seconds, calibration, training_data, not_digits, made_with,
    learning_curve: from its card. classes, roc: by digit, 0 to 9; macro figures are the means over
    digits. confusion: 10 rows of 11 counts. mistakes: surest first.
    """

    name: str
    family: str
    sha256: str
    size_bytes: int
    training_seconds: float
    training_data: str
    not_digits: str
    calibration: str
    made_with: str
    learning_curve: tuple[tuple[int, float], ...]
    evaluation: Evaluation
    accuracy_among_digits: float
    refused_share: float
    confusion: tuple[tuple[int, ...], ...]
    classes: tuple[ClassFigures, ...]
    macro_precision: float | None
    macro_recall: float | None
    macro_f1: float | None
    roc: tuple[Roc, ...]
    macro_auc: float | None
    reliability: tuple[ReliabilityBin, ...]
    risk_coverage: RiskCoverage
    mistakes: tuple[Mistake, ...]


@dataclass(frozen=True, slots=True)
class PairReport:
    """Two models on the same digits: those that only one gets wrong, and McNemar's p-value.

    different: whether the p-value is below 0.05, with no correction for the number of pairs.
    """

    first: str
    second: str
    only_first_wrong: int
    only_second_wrong: int
    p_value: float
    different: bool


@dataclass(frozen=True, slots=True)
class DataReport:
    """What was measured on. digits, not_digits: how many images; note: a warning, or empty."""

    folder: str
    split: Split
    normalised: bool
    digits: int
    not_digits: int
    note: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """Everything in a report, without the pixels. made: ISO 8601, in UTC."""

    schema_version: int
    program: str
    version: str
    made: str
    data: DataReport
    models: tuple[ModelReport, ...]
    pairs: tuple[PairReport, ...]

    def as_json(self) -> str:
        """Return report.json's text; equal comparisons give equal text."""
        return json.dumps(asdict(self), ensure_ascii=False, allow_nan=False) + "\n"
