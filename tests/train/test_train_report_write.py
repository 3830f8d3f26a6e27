"""The report on disk: one page that needs nothing else, with the figures of report.json."""

from __future__ import annotations

import base64
import io
import json
import re
import shutil
import subprocess
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import numpy as np
import pytest
from drawn_contest import contest
from PIL import Image

from digitize.errors import OutputNotWritable, UsageError
from digitize.train.report.wording import area_text
from digitize.train.report.write import prepare_folder, write_report

pytest.importorskip("matplotlib")
pytest.importorskip("jinja2")

BROWSER = shutil.which("chromium") or shutil.which("google-chrome")
BLUE, VERMILION = (0x00, 0x72, 0xB2), (0xD5, 0x5E, 0x00)  # the first two models


class Page(HTMLParser):
    """The rows of all tables, the images and whatever could fetch or run something."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.images: list[dict[str, str]] = []
        self.tags: set[str] = set()
        self._open = False
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        self.tags.add(tag)
        if tag == "img":
            self.images.append(dict(attributes))
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th"):
            self.rows[-1].append("")
        self._open = tag in ("td", "th") or (self._open and tag != "span")

    def handle_endtag(self, tag):
        if tag in ("td", "th", "span"):
            self._open = False

    def handle_data(self, text):
        if self._open:
            self.rows[-1][-1] += text


@pytest.fixture(scope="module")
def report(tmp_path_factory) -> Path:
    comparison, data = contest(others=8)
    return write_report(comparison, data, tmp_path_factory.mktemp("report") / "new").parent


@pytest.fixture(scope="module")
def page(report) -> Page:
    return Page((report / "report.html").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def record(report):
    return json.loads((report / "report.json").read_text(encoding="utf-8"))


def test_the_table_shows_the_figures_of_report_json(page, record):
    shown = {row[0]: row[1:] for row in page.rows}
    models = record["models"]
    figures = [model["evaluation"] for model in models]
    assert shown["Error"] == [f"{one['error_rate']:.2%}" for one in figures]
    assert shown["95 % interval"] == [f"{one['low']:.2%} to {one['high']:.2%}" for one in figures]
    assert shown["ECE"] == [f"{one['ece']:.4f}" for one in figures]
    assert shown["Signed error"] == [f"{one['signed_error']:+.4f}" for one in figures]
    assert shown["Refused"] == [f"{one['refused_share']:.2%}" for one in models]
    assert shown["Accuracy among digits"] == [
        f"{one['accuracy_among_digits']:.2%}" for one in models
    ]
    assert shown["Pass as a digit"] == [f"{one['others']['pass_rate']:.2%}" for one in figures]
    assert shown["Training time"] == ["90.00 s", "5.0 min"]
    assert shown["File"] == ["1.50 MB"] * 2


def test_each_models_tables_show_the_figures_of_report_json(page, record):
    for model in record["models"]:
        for digit, row in enumerate(model["confusion"]):
            assert [str(digit), *map(str, row)] in page.rows
        for one, curve in zip(model["classes"], model["roc"], strict=True):
            shares = [
                "–" if one[name] is None else f"{one[name]:.2%}"
                for name in ("precision", "recall", "f1")
            ]
            cells = [str(one["digit"]), str(one["count"]), *shares, area_text(curve["area"])]
            assert cells in page.rows
        for one in model["reliability"]:
            cells = [f"{one[name]:.5f}" for name in ("confidence", "right")]
            interval = f"{one['low']:.5f} to {one['high']:.5f}"
            assert [str(one["count"]), *cells, interval] in page.rows


def test_the_pair_is_told_in_a_sentence(report, record):
    (pair,) = record["pairs"]
    text = (report / "report.html").read_text(encoding="utf-8")
    assert f"good alone is wrong on {pair['only_first_wrong']}" in text
    assert "doi.org/10.1007/BF02295996" in text


def test_it_says_what_was_measured_and_with_what(report, record):
    text = (report / "report.html").read_text(encoding="utf-8")
    for said in ("school test", "60 digits", "no: the images as they are", record["made"],
                 f"digitize {record['version']}", "cd" * 32):  # fmt: skip
        assert said in text


def test_a_card_without_learning_curve_is_named(report):
    text = (report / "report.html").read_text(encoding="utf-8")
    assert "Not measured, so not on the card of: poor." in text


def test_nothing_is_fetched_and_nothing_runs(report, page):
    assert not {"script", "link", "iframe", "object"} & page.tags
    assert all(image["src"].startswith("data:image/") for image in page.images)
    text = re.sub(r'href="https://[^"]*"', "", (report / "report.html").read_text())
    assert "http:" not in text.replace("http-equiv", "")
    assert "url(" not in text


def test_every_image_has_a_text_for_who_cannot_see_it(page):
    assert len(page.images) > 15
    assert all(image["alt"] for image in page.images)


def test_the_gallery_shows_the_very_digits(page, record):
    _, data = contest(others=8)
    mistakes = [mistake for model in record["models"] for mistake in model["mistakes"]]
    shown = [image for image in page.images if image["src"].startswith("data:image/png")]
    assert len(shown) == len(mistakes) > 10
    for image, mistake in zip(shown, mistakes, strict=True):
        png = base64.b64decode(image["src"].partition(",")[2])
        paper = np.array(Image.open(io.BytesIO(png)))
        ink = np.rint(data.images[mistake["index"]] * 255)
        assert np.array_equal(255 - paper.astype(float), ink)
        assert data.labels[mistake["index"]] == mistake["truth"] != mistake["answer"]


def test_every_plot_is_there_as_png_and_svg(report):
    names = {path.name for path in (report / "plots").iterdir()}
    assert {name.rpartition(".")[0] for name in names} >= {"errors", "good-roc", "poor-confusion"}
    assert {name for name in names if name.endswith(".png")} == {
        name.replace(".svg", ".png") for name in names if name.endswith(".svg")
    }


@pytest.mark.skipif(BROWSER is None, reason="no Chromium here")
def test_a_browser_shows_the_plots(report, tmp_path):
    picture = tmp_path / "page.png"
    subprocess.run(
        [BROWSER, "--headless", "--no-sandbox", "--disable-gpu", "--window-size=1200,3000",
         f"--user-data-dir={tmp_path / 'profile'}", f"--screenshot={picture}",
         (report / "report.html").as_uri()],
        capture_output=True, timeout=120, check=True,
    )  # fmt: skip
    seen = np.array(Image.open(picture).convert("RGB"))
    for colour in (BLUE, VERMILION):
        assert (seen == colour).all(axis=2).sum() > 2000


def test_a_report_is_not_replaced_unasked(tmp_path):
    (tmp_path / "report.json").write_text("mine")
    with pytest.raises(UsageError, match=r"already holds a file named report\.json"):
        prepare_folder(tmp_path, overwrite=False)
    prepare_folder(tmp_path, overwrite=True)
    assert (tmp_path / "report.json").read_text() == "mine"


def test_a_folder_that_cannot_be_made_is_an_output_error(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputNotWritable, match="cannot be made"):
        prepare_folder(tmp_path / "file" / "report", overwrite=False)


def test_names_that_are_markup_stay_text(tmp_path):
    comparison, data = contest()
    odd = replace(comparison, data=replace(comparison.data, folder="<script>x</script>"))
    text = write_report(odd, data, tmp_path).read_text(encoding="utf-8")
    assert "<script" not in text
    assert "&lt;script&gt;x" in text
