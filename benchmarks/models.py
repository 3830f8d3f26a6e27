"""Measure the models that ship on digits they never saw, and write the rows into models/NAME.md.

    python benchmarks/models.py HANDWRITING [--model NAME]...

HANDWRITING is what benchmarks/handwriting.py wrote; MNIST and nsysu come from DIGITIZE_DATA (or
../shared/data). Everything measured is for measuring alone: nothing is chosen by it.
"""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from digitize.classify import OnnxClassifier
from digitize.onnx_models import find_model, list_classifiers
from digitize.train.evaluation import evaluate_folder
from digitize.train.page import measurement_row, with_measurement

DATA = Path(os.environ.get("DIGITIZE_DATA", Path(__file__).parent.parent.parent / "shared/data"))


def main() -> None:
    """Print and write a row for each model and each set."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("handwriting", type=Path)
    parser.add_argument("--model", action="append", default=[])
    given = parser.parse_args()
    sets = [
        (DATA / "mnist", False),
        (DATA / "nsysu", True),
        (given.handwriting / "strings-test", False),
        (given.handwriting / "bhmsds-test", False),
    ]
    for model in [find_model(name) for name in given.model] or list_classifiers():
        page = model.path.with_suffix(".md")
        text = page.read_text(encoding="utf-8")
        for folder, normalise in sets:
            found = evaluate_folder(OnnxClassifier(model), folder, normalise)
            text = with_measurement(text, found)
            speed = f"{found.evaluation.digits_per_second:,.0f} digits per second"
            print(f"{model.name} {measurement_row(found)} {speed}", flush=True)
        page.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
