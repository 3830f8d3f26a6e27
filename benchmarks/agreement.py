"""How often the two readers agree, how often they are right then, and what their say weighs.

    python benchmarks/agreement.py [--data DIR]... [--rounds N] [--seed S]

Pages of every style and wear are composed of the twelfth of the training digits that no model was
trained on (seed 1 of every training; give the folders that they were given, in their order), and
read up to where `confirm` judges. What is printed are the weights that stand in
digitize/confirm/agreement.py: of a logistic regression on half of the pages, with its calibration
error on the other half.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from digitize.clean import clean
from digitize.confirm.agreement import AHEAD, Trust
from digitize.confirm.hypotheses import Hypothesis, hypotheses_of, read_by_pieces
from digitize.confirm.strips import strip_of
from digitize.options import page_options
from digitize.pipeline import first_reading, onto_page
from digitize.readers import Readers, find_readers, open_readers
from digitize.recognise import recognise
from digitize.segment import find_marks
from digitize.separate import separate
from digitize.train.calibration import calibration_error
from digitize.train.clutter import find_fonts
from digitize.train.compose import compose_round
from digitize.train.compose.pages import ALL_PAGES, ComposedPage
from digitize.train.compose.readings import find_true
from digitize.train.compose.supply import DigitSupply
from digitize.train.datasets import joined
from digitize.train.datasets.held_back import split_held_back
from digitize.train.datasets.training_data import HELD_BACK_SHARE, read_source

DATA = Path(os.environ.get("DIGITIZE_DATA", Path(__file__).parent.parent.parent / "shared/data"))
SPLIT_SEED = 1  # the seed of every training that ships


@dataclass(frozen=True, slots=True)
class Case:
    """A number by both readers: `other` is None where they agree; `truth` where nothing stands."""

    own: Hypothesis
    other: Hypothesis | None
    truth: str | None
    is_doubted: bool
    page: int

    @property
    def own_is_right(self) -> bool:
        """Whether the digits say what is written."""
        return self.own.text == self.truth

    @property
    def other_is_right(self) -> bool:
        """Whether the second reader does where it says something else."""
        return self.other is not None and self.other.text == self.truth


def main() -> None:
    """Print how the readers agree, and the weights."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=4)
    parser.add_argument("--seed", type=int, default=20261121)
    parser.add_argument("--data", type=Path, action="append", help="default: MNIST alone")
    given = parser.parse_args()
    digits = joined([read_source(folder)[0] for folder in given.data or [DATA / "mnist"]])
    _, held = split_held_back(digits.labels, round(len(digits) * HELD_BACK_SHARE), SPLIT_SEED)
    rng = np.random.default_rng(given.seed)
    supply, faces = DigitSupply(digits.subset(held).digits(), rng), find_fonts("train")
    readers = open_readers(find_readers("cnn"))
    cases: list[Case] = []
    for turn in range(given.rounds):
        for number, page in enumerate(compose_round(supply, rng, ALL_PAGES, faces)):
            cases += cases_of(page, readers, turn * 1000 + number)
    agreed = [case for case in cases if case.other is None]
    different = [case for case in cases if case.other is not None]
    right = np.array([case.own_is_right for case in agreed])
    surely = [case.own_is_right for case in agreed if not case.is_doubted]
    print(
        f"{len(cases)} numbers; agreed on {len(agreed) / len(cases):.1%}, right {right.mean():.2%}"
    )
    print(f"agreed and not doubted: {len(surely)}, right {np.mean(surely):.2%}")
    fit("AGREED", [features(case.own, 0.0, case) for case in agreed], right, agreed)
    trust = fit_trust(different)
    ahead = [trust.of(case.own, case.other) for case in different if case.other]
    rows, right_ones = [], []
    for case, lead in zip(different, ahead, strict=True):
        best = case.own if lead >= 0 else case.other
        assert best is not None
        rows.append(features(best, abs(lead), case))
        right_ones.append(best.text == case.truth)
    right = np.array(right_ones)
    print(f"not agreed: the believed one is right in {right.mean():.1%}")
    fit("DIFFERENT", rows, right, different)


def cases_of(composed: ComposedPage, readers: Readers, page: int) -> Iterator[Case]:
    """Yield the numbers of a page as `confirm` has them before it judges."""
    assert readers.sequence is not None, "models/sequence.onnx is not there"
    options = page_options("page", 0.95)
    flat = clean(composed.page, options.clean)
    layers = separate(flat, options.separate, readers.ink)
    found = recognise(layers, readers.classifier, options)
    grouping = replace(options.group, second_reader=True)
    marks = find_marks(layers, found.glyphs, options.segment)
    numbers = first_reading(found, marks, flat, layers, replace(options, group=grouping))
    strips = [strip_of(number, layers, "page") for number in numbers]
    likely = readers.sequence.posteriors([strip.pixels for strip in strips])
    own, proposals = hypotheses_of(numbers, strips, likely)
    others = read_by_pieces(proposals, readers.classifier)
    for number, one, other in zip(numbers, own, others, strict=True):
        home = find_true(onto_page(number, flat, composed.page), composed.numbers)
        truth = None if home is None else composed.numbers[home].text
        yield Case(one, other, truth, number.doubted, page)


def features(hypothesis: Hypothesis, ahead: float, case: Case) -> tuple[float, ...]:
    """Return what a confidence is made of."""
    flags = float(hypothesis.has_cut), float(case.is_doubted)
    return hypothesis.by_digits, hypothesis.by_strip, min(ahead, AHEAD), *flags


def fit(
    name: str, rows: Sequence[tuple[float, ...]], right: NDArray[np.bool_], cases: Sequence[Case]
) -> None:
    """Print the weights fitted on all pages, and how honest those of every second page are."""
    from sklearn.linear_model import LogisticRegression

    values, half = np.array(rows), np.array([case.page % 2 == 0 for case in cases])
    model = LogisticRegression(C=10).fit(values[half], right[half])
    sure = model.predict_proba(values[~half])[:, 1].astype(np.float32)
    error = calibration_error(sure, right[~half])
    whole = LogisticRegression(C=10).fit(values, right)
    weights = ", ".join(
        f"{key}={weight:.2f}"
        for key, weight in zip(
            ("constant", "by_digits", "by_strip", "ahead", "cut", "doubted"),
            (whole.intercept_[0], *whole.coef_[0]),
            strict=True,
        )
    )
    print(f"{name} = Weights({weights})  # calibration error on other pages {error:.4f}")


def fit_trust(cases: Sequence[Case]) -> Trust:
    """Return and print how much either reader is to be trusted where one of the two is right."""
    from sklearn.linear_model import LogisticRegression

    telling = [case for case in cases if case.own_is_right != case.other_is_right]
    rows = np.array(
        [
            (case.own.by_digits - case.other.by_digits, case.own.by_strip - case.other.by_strip)
            for case in telling
            if case.other
        ]
    )
    first = np.array([case.own_is_right for case in telling])
    model = LogisticRegression(C=10).fit(rows, first)
    trust = Trust(*(round(float(weight), 2) for weight in (*model.coef_[0], model.intercept_[0])))
    print(
        f"one right of two: {len(telling)} of {len(cases)}, the digits in {first.mean():.1%}; "
        f"told rightly {model.score(rows, first):.1%}\nTRUST = {trust}"
    )
    return trust


if __name__ == "__main__":
    main()
