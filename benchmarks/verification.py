"""What tells a number from other writing that was read as one, and what each sign of it weighs.

    python benchmarks/sheets.py SHEETS --sheets 192 --seed 2 [--data DIR]... [--fonts DIR]...
    python benchmarks/verification.py SHEETS

Sheets with their truth are read up to where `verify` judges. What is printed are the weights that
stand in digitize/verify.py: of a logistic regression on all numbers said, those that stand where a
number is on the sheet against the others; and how well it parts them, sheets left out in turn.
"""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, partial
from multiprocessing import Pool
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import GroupKFold, cross_val_predict
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from digitize.geometry import intersection_over_union
from digitize.load import LoadOptions, load_pages
from digitize.options import page_options
from digitize.pipeline import find_numbers, onto_page
from digitize.readers import Readers, find_readers, open_readers
from digitize.records import Box, Page
from digitize.twins import twin_shares
from digitize.verify import evidence

OVERLAP = 0.1  # of two boxes over both: a number said there is that number, read rightly or not
PARTS = 5  # of the sheets, each left out once


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is known of each number said on a sheet, (count, signs), and whether one is there."""

    signs: NDArray[np.float64]
    is_number: NDArray[np.bool_]


def main() -> None:
    """Print the weights and how well they part numbers from what is none."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("sheets", type=Path, help="folder of benchmarks/sheets.py")
    truths = sorted(parser.parse_args().sheets.glob("*.json"))
    with Pool(os.cpu_count()) as pool:
        sheets = [sheet for sheet in pool.imap(read_sheet, truths) if len(sheet.signs)]
    signs = np.concatenate([sheet.signs for sheet in sheets])
    is_number = np.concatenate([sheet.is_number for sheet in sheets])
    groups = np.repeat(np.arange(len(sheets)), [len(sheet.signs) for sheet in sheets])
    model = make_pipeline(StandardScaler(), LogisticRegression(max_iter=1000))
    folds = GroupKFold(PARTS)
    left_out = cross_val_predict(
        model, signs, is_number, groups=groups, cv=folds, method="decision_function"
    )
    scale, regression = model.fit(signs, is_number)
    weights = regression.coef_[0] / scale.scale_
    constant = regression.intercept_[0] - weights @ scale.mean_
    print(f"{len(is_number)} numbers said on {len(truths)} sheets")
    print(f"area under the curve, sheets left out: {roc_auc_score(is_number, left_out):.4f}")
    print(f"USUAL_SHARE = {is_number.mean():.2f}")
    print(f"CONSTANT = {constant:.2f}")
    print(f"WEIGHTS = {[round(float(weight), 3) for weight in weights]}")


def read_sheet(path: Path) -> Sheet:
    """Return what is known of the numbers said on the picture that a truth belongs to."""
    truth = json.loads(path.read_text(encoding="utf-8"))
    (page,) = load_pages(path.parent / truth["image"], LoadOptions())
    assert isinstance(page, Page), f"{path} belongs to a picture that cannot be read"
    flat, layers, numbers = find_numbers(page, readers(), page_options("page", 0.95))
    if not numbers:
        return Sheet(np.empty((0, 0)), np.empty(0, dtype=np.bool_))
    there = [Box(*number["box"]) for number in truth["numbers"]]
    boxes = [onto_page(number, flat, page).box for number in numbers]
    twins = twin_shares(numbers, flat.grey, flat.colour)
    return Sheet(evidence(numbers, layers, twins), stand_where(boxes, there))


def stand_where(boxes: Sequence[Box], there: Sequence[Box]) -> NDArray[np.bool_]:
    """Tell which boxes stand where something is, each thing for one box only."""
    left, found = list(there), []
    for box in boxes:
        over = [one for one in left if intersection_over_union(box, one) > OVERLAP]
        if over:
            left.remove(max(over, key=partial(intersection_over_union, box)))
        found.append(bool(over))
    return np.array(found, dtype=np.bool_)


@cache
def readers() -> Readers:
    """Return what reads, opened once in each process."""
    return open_readers(find_readers("cnn"))


if __name__ == "__main__":
    main()
