"""How often the two readers agree, how often they are right then, and what their say weighs.

    python benchmarks/agreement.py [--rounds N] [--seed S]

Pages of every style and wear are composed of the twelfth of MNIST's training digits that no model
was trained on (seed 1 of every training), and read up to where `confirm` judges. What is printed
are the weights that stand in digitize/confirm/agreement.py: of a logistic regression on half of the
pages, with its calibration error on the other half.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from digitize.appearance import appearances
from digitize.clean import clean
from digitize.confirm.agreement import AHEAD
from digitize.confirm.hypotheses import Hypothesis, hypotheses_of, read_by_pieces
from digitize.confirm.strips import strip_of
from digitize.group import group
from digitize.options import page_options
from digitize.pipeline import onto_page, place_digits
from digitize.readers import Readers, find_readers, open_readers
from digitize.recognise import recognise
from digitize.separate import separate
from digitize.train.calibration import calibration_error
from digitize.train.clutter import find_fonts
from digitize.train.compose import compose_round
from digitize.train.compose.pages import ALL_PAGES, ComposedPage
from digitize.train.compose.readings import find_true
from digitize.train.compose.supply import DigitSupply
from digitize.train.datasets import read_idx_folder
from digitize.train.datasets.held_back import split_held_back
from digitize.train.datasets.training_data import HELD_BACK_SHARE

DATA = Path(os.environ.get("DIGITIZE_DATA", Path(__file__).parent.parent.parent / "shared/data"))
SPLIT_SEED = 1  # the seed of every training that ships


@dataclass(frozen=True, slots=True)
class Case:
    """A number by both readers: `other` is None where they agree; `truth` where nothing stands."""

    own: Hypothesis
    other: Hypothesis | None
    truth: str | None
    page: int


def main() -> None:
    """Print how the readers agree, and the weights."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=4)
    parser.add_argument("--seed", type=int, default=20261121)
    given = parser.parse_args()
    digits = read_idx_folder(DATA / "mnist", "train").digits()
    _, held = split_held_back(digits.labels, round(len(digits) * HELD_BACK_SHARE), SPLIT_SEED)
    rng = np.random.default_rng(given.seed)
    supply, faces = DigitSupply(digits.subset(held), rng), find_fonts("train")
    readers = open_readers(find_readers("cnn"))
    cases: list[Case] = []
    for turn in range(given.rounds):
        for number, page in enumerate(compose_round(supply, rng, ALL_PAGES, faces)):
            cases += cases_of(page, readers, turn * 1000 + number)
    agreed = [case for case in cases if case.other is None]
    different = [case for case in cases if case.other is not None]
    right = np.array([case.own.text == case.truth for case in agreed])
    print(
        f"{len(cases)} numbers; agreed on {len(agreed) / len(cases):.1%}, right {right.mean():.2%}"
    )
    fit("AGREED", np.array([features(case.own, 0.0) for case in agreed]), right, pages_of(agreed))
    trust(different)
    chosen = [best_of(case) for case in different]
    rows = np.array([features(best, ahead) for best, ahead in chosen])
    right = np.array([b.text == c.truth for (b, _), c in zip(chosen, different, strict=True)])
    print(f"not agreed: the believed one is right in {right.mean():.1%}")
    fit("DIFFERENT", rows, right, pages_of(different))


def cases_of(composed: ComposedPage, readers: Readers, page: int) -> Iterator[Case]:
    """Yield the numbers of a page as `confirm` has them before it judges."""
    assert readers.sequence is not None, "models/sequence.onnx is not there"
    options = page_options("page", 0.95)
    flat = clean(composed.page, options.clean)
    layers = separate(flat, options.separate, readers.ink)
    found = recognise(layers, readers.classifier, options)
    looks = appearances(found.glyphs, flat)
    digits = place_digits(found.glyphs, found.readings, looks, options.group.review_below)
    grouping = replace(options.group, second_reader=True)
    numbers = group(digits, layers.cells, found.refused, grouping)
    strips = [strip_of(number, layers, "page") for number in numbers]
    likely = readers.sequence.posteriors([strip.pixels for strip in strips])
    own, proposals = hypotheses_of(numbers, strips, likely)
    others = read_by_pieces(proposals, readers.classifier)
    for number, one, other in zip(numbers, own, others, strict=True):
        home = find_true(onto_page(number, flat, composed.page), composed.numbers)
        truth = None if home is None else composed.numbers[home].text
        yield Case(one, other, truth, page)


def features(hypothesis: Hypothesis, ahead: float) -> tuple[float, float, float]:
    """Return what a confidence is made of."""
    return hypothesis.by_digits, hypothesis.by_strip, min(ahead, AHEAD)


def best_of(case: Case) -> tuple[Hypothesis, float]:
    """Return the hypothesis that is believed, and how far it is ahead."""
    assert case.other is not None
    best, worse = (
        (case.own, case.other) if case.own.total >= case.other.total else (case.other, case.own)
    )
    return best, best.total - worse.total


def pages_of(cases: list[Case]) -> NDArray[np.int64]:
    """Return the page of each case."""
    return np.array([case.page for case in cases])


def fit(
    name: str, rows: NDArray[np.float64], right: NDArray[np.bool_], pages: NDArray[np.int64]
) -> None:
    """Print the weights fitted on every second page, and how honest they are on the others."""
    from sklearn.linear_model import LogisticRegression

    half = pages % 2 == 0
    model = LogisticRegression(C=10).fit(rows[half], right[half])
    sure = model.predict_proba(rows[~half])[:, 1].astype(np.float32)
    error = calibration_error(sure, right[~half])
    whole = LogisticRegression(C=10).fit(rows, right)
    weights = ", ".join(f"{weight:.3f}" for weight in whole.coef_[0])
    print(
        f"{name}: constant {whole.intercept_[0]:.3f}, digits, strip, ahead {weights}; "
        f"calibration error on other pages {error:.4f}, certain {float((sure > 0.99).mean()):.1%}, "
        f"errors among those {float((~right[~half])[sure > 0.99].mean()):.3%}"
    )


def trust(cases: list[Case]) -> None:
    """Print how much either reader is to be trusted where they differ and one is right."""
    from sklearn.linear_model import LogisticRegression

    one_right = [
        c for c in cases if c.other and (c.own.text == c.truth) != (c.other.text == c.truth)
    ]
    rows = np.array(
        [
            (c.own.by_digits - c.other.by_digits, c.own.by_strip - c.other.by_strip)
            for c in one_right
            if c.other
        ]
    )
    first = np.array([c.own.text == c.truth for c in one_right])
    model = LogisticRegression(C=10).fit(rows, first)
    print(
        f"one right of two: {len(one_right)} of {len(cases)}, the first {first.mean():.1%}; by total "
        f"{((rows.sum(axis=1) >= 0) == first).mean():.1%}, by weights {model.score(rows, first):.1%}: "
        f"{model.intercept_[0]:.3f}, {model.coef_[0]}"
    )


if __name__ == "__main__":
    main()
