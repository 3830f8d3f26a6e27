"""Every plot can be drawn, as PNG and SVG, and is told in words."""

from __future__ import annotations

import io
import subprocess
import sys
from xml.etree import ElementTree

import numpy as np
import pytest
from drawn_contest import contender, contest, drawn_set
from PIL import Image

from digitize.classify import AlwaysDigit
from digitize.train.report.catalogue import (
    Drawing,
    comparison_drawings,
    file_names,
    model_drawings,
)
from digitize.train.report.compare import compare

pytest.importorskip("matplotlib")

COMPARISON, DATA = contest()
TOGETHER = comparison_drawings(COMPARISON)
SINGLE = model_drawings(COMPARISON.models[0], "good", DATA.images)
ALL = [*TOGETHER.values(), *SINGLE.values()]


def colours(drawing: Drawing) -> int:
    """How many colours the PNG has; a blank sheet has one."""
    return len(np.unique(np.array(Image.open(io.BytesIO(drawing.png)).convert("L"))))


@pytest.mark.parametrize("drawing", ALL, ids=lambda one: one.name)
def test_a_plot_is_a_png_and_an_svg_with_words(drawing):
    assert colours(drawing) > 10
    assert ElementTree.fromstring(drawing.svg).tag.endswith("svg")
    assert len(drawing.alt) > 20


def test_the_plots_are_those_that_the_report_promises():
    assert set(TOGETHER) == {"errors", "costs", "learning_curves"}
    assert set(SINGLE) == {
        "confusion", "classes", "roc", "reliability", "risk_coverage", "mistakes"
    }  # fmt: skip
    assert SINGLE["risk_coverage"].name == "good-risk-coverage"


def test_words_hold_the_figures():
    good = COMPARISON.models[0].evaluation
    assert f"good {good.error_rate:.2%}, interval {good.low:.2%}" in TOGETHER["errors"].alt
    assert "good: 20.00% with 100, 5.00% with 550" in TOGETHER["learning_curves"].alt
    assert f"{good.ece:.4f}" in SINGLE["reliability"].alt


def test_a_plot_drawn_twice_is_the_same_file():
    again = comparison_drawings(COMPARISON)
    assert again["errors"] == TOGETHER["errors"]


def test_without_learning_curves_there_is_no_plot_of_them():
    data = drawn_set(each=1)
    seven = contender("seven", AlwaysDigit(7).scores(data.images))
    assert "learning_curves" not in comparison_drawings(compare([seven], data))


def test_a_set_of_one_digit_read_without_error_can_be_drawn():
    data = drawn_set(each=3)
    sevens = type(data)(data.images[data.labels == 7], np.full(3, 7, np.uint8), "sevens")
    (model,) = compare([contender("x", AlwaysDigit(7).scores(sevens.images))], sevens).models
    assert "only one digit occurs" in model_drawings(model, "x", sevens.images)["roc"].alt


def test_names_of_files_are_safe_and_each_of_its_own():
    assert file_names(["cnn", "cnn (2)", "../CNN", "..", "Ä b/c"]) == [
        "cnn", "cnn-2", "cnn-3", "model", "ä-b-c"
    ]  # fmt: skip


def test_matplotlib_is_not_imported_before_a_plot_is_drawn():
    code = (
        "import sys, digitize.train.report.write;"
        "heavy = {'matplotlib', 'jinja2', 'sklearn', 'tensorflow', 'keras'} & set(sys.modules);"
        "sys.exit(str(heavy) if heavy else 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
