from __future__ import annotations

import base64
import io
import re
from contextlib import suppress
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import numpy as np
import pytest
from export_pages import HEIGHT, NUMBERS, WIDTH, document, drawn, number, page
from export_records import DOCUMENTS, OPTIONS
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from digitize.errors import OutputNotWritable
from digitize.export import HtmlWriter
from digitize.export.html import RESULTS
from digitize.export.html.doubtful import Doubtful, LeastCertain
from digitize.export.html.histogram import BINS, Histogram
from digitize.export.html.words import share, shown, times
from digitize.export.xml_text import xml_text
from digitize.records import DocumentResult, Failure, Outcome, Status

VOID = {"meta", "img", "br", "link", "input", "hr"}
MAY_STAY_OPEN = {"th", "td", "tr", "thead", "tbody", "li", "p"}
TORN = Failure("UnreadableInput", "it is <torn> & gone", "scan again", 2)
WHITE, INK = (255, 255, 255), (20, 20, 60)


class Seen(HTMLParser):
    """What a page of HTML holds; elements that are not closed in turn fail the test."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self._open: list[str] = []
        self.feed(text)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID and tag not in MAY_STAY_OPEN:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if tag not in MAY_STAY_OPEN:
            assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data

    def all(self, tag: str, kind: str = "") -> list[dict[str, str | None]]:
        """The attributes of every element of this sort."""
        found = [attributes for name, attributes in self.elements if name == tag]
        return [one for one in found if not kind or one.get("class") == kind]


def written(out: Path, *outcomes: Outcome) -> str:
    with HtmlWriter(out, [], OPTIONS) as html:
        for one in outcomes:
            if one.result:
                assert html.add(one.result) == ()
            html.note(one)
    return (out / RESULTS).read_text("utf-8")


def of(one: DocumentResult, *failures: Failure, seconds: float = 1.5) -> Outcome:
    return Outcome(one.document, one, failures, seconds)


def picture(address: str | None) -> np.ndarray:
    """The pixels that a data: address holds."""
    head, _, content = (address or "").partition(",")
    assert head == "data:image/jpeg;base64"
    return np.asarray(Image.open(io.BytesIO(base64.b64decode(content))))


@pytest.fixture
def source(tmp_path: Path) -> Path:
    drawn().save(tmp_path / "a.png")
    return tmp_path / "a.png"


def test_every_number_is_boxed_on_its_page_and_tells_what_was_read(source: Path) -> None:
    seen = Seen(written(source.parent / "out", of(document("a.png", source))))
    boxes = [one for one in seen.all("rect") if one.get("class") in ("ok", "review")]
    on_page = [one for one in boxes if float(str(one["height"])) == 30]
    assert [one["class"] for one in on_page] == [number.status.value for number in NUMBERS]
    assert (on_page[0]["x"], on_page[0]["y"]) == ("40", "60")
    assert "90817263, 0.2000" in seen.text


def test_the_page_itself_is_in_the_file_small(source: Path) -> None:
    seen = Seen(written(source.parent / "out", of(document("a.png", source))))
    (image,) = seen.all("image")
    pixels = picture(image["href"])
    assert pixels.shape[:2] == (HEIGHT // 2, WIDTH // 2)
    assert np.abs(pixels[10, 10].astype(int) - (200, 30, 30)).max() < 40
    assert np.abs(pixels[150, 100].astype(int) - WHITE).max() < 20


def test_nothing_is_loaded_from_outside_and_no_script_runs(source: Path) -> None:
    text = written(source.parent / "out", of(document("a.png", source), TORN))
    seen = Seen(text)
    assert not {"script", "link", "iframe", "object", "base"} & {tag for tag, _ in seen.elements}
    for _, attributes in seen.elements:
        for name, value in attributes.items():
            assert not name.startswith("on")
            if name in ("src", "href", "srcset", "data", "action"):
                assert str(value).startswith(("data:image/jpeg;base64,", "#"))
    assert "url(" not in text
    assert "@import" not in text
    (policy,) = [one for one in seen.all("meta") if one.get("http-equiv")]
    assert str(policy["content"]).startswith("default-src 'none'")


def test_what_failed_stands_with_its_cause_and_remedy(tmp_path: Path) -> None:
    text = written(tmp_path, of(document("a", tmp_path), TORN), Outcome("b", None, (TORN,), 0.1))
    seen = Seen(text)
    assert seen.text.count("it is <torn> & gone") == 2
    assert "What failed" in seen.text
    assert [one["class"] for one in seen.all("tr") if "class" in one] == ["partly", "failed"]
    assert "What failed" not in written(tmp_path, of(document("a", tmp_path)))


def test_figures_and_timings_are_those_of_the_outcomes(tmp_path: Path) -> None:
    seen = Seen(written(tmp_path, of(document("a", tmp_path), seconds=61.25)))
    assert "numbers5accepted3 (60 %)to review2failed0" in seen.text
    assert "61.2 s of reading" in seen.text


def test_doubtful_numbers_are_shown_framed_the_least_certain_first(source: Path) -> None:
    seen = Seen(written(source.parent / "out", of(document("a.png", source))))
    crops = seen.all("img")
    assert [crop["alt"] for crop in crops] == ["90817263", "4"]
    pixels = picture(crops[1]["src"]).astype(int)
    assert (str(pixels.shape[1]), str(pixels.shape[0])) == (crops[1]["width"], crops[1]["height"])
    assert (np.abs(pixels - (213, 94, 0)).max(axis=2) < 60).any()
    assert (np.abs(pixels - INK).max(axis=2) < 40).any()


def test_links_lead_to_pages_that_are_there(source: Path) -> None:
    both = [of(document(name, source, page(), page(count=2))) for name in ("a", "b")]
    seen = Seen(written(source.parent / "out", *both))
    names = [str(one["id"]) for _, one in seen.elements if "id" in one]
    assert len(set(names)) == len(names)
    links = {str(one["href"]).removeprefix("#") for one in seen.all("a")}
    assert links
    assert links <= set(names)


def test_a_document_that_is_gone_leaves_its_boxes(tmp_path: Path) -> None:
    seen = Seen(written(tmp_path, of(document("a", tmp_path / "gone.png"))))
    assert not seen.all("image")
    assert len(seen.all("rect", "gone")) == 1
    assert "no picture" in seen.text
    assert "its document is gone" in seen.text


@pytest.mark.parametrize(
    ("turn", "corner"), [(0, (40, 60)), (1, (510, 40)), (2, (331.5, 510)), (3, (60, 331.5))]
)
def test_a_page_that_lies_is_turned_with_its_boxes(
    tmp_path: Path, turn: int, corner: tuple[float, float]
) -> None:
    one = number("17")  # 28.5 x 30 at (40, 60)
    result = document("a", tmp_path, replace(page((one,)), turn=turn))
    seen = Seen(written(tmp_path, of(result)))
    (group,) = seen.all("g")
    a, b, c, d, e, f = map(
        float, re.findall(r"-?[\d.]+", str(group["transform"])) or (1, 0, 0, 1, 0, 0)
    )
    places = [
        (a * x + c * y + e, b * x + d * y + f)
        for x, y in ((40, 60), (68.5, 60), (40, 90), (68.5, 90))
    ]
    assert min(places) == min(places, key=lambda place: (place[0], place[1]))
    assert (min(x for x, _ in places), min(y for _, y in places)) == corner
    svg = next(one for one in seen.all("svg") if "style" in one)
    assert svg["viewbox"] == ("0 0 400 600" if turn % 2 == 0 else "0 0 600 400")


@pytest.mark.parametrize(
    "name", ['<img src=x onerror=alert(1)>.png', '"><script>alert(1)</script>', "a\x00\x1b[2J.png",
             "caf\udce9.png", "</style><b>", "&amp;"]
)  # fmt: skip
def test_no_name_becomes_anything_but_text(tmp_path: Path, name: str) -> None:
    plain = Seen(written(tmp_path, of(document("a.png", tmp_path), TORN)))
    odd = Seen(written(tmp_path, of(document(name, tmp_path), replace(TORN, cause=name))))
    assert [tag for tag, _ in odd.elements] == [tag for tag, _ in plain.elements]
    assert odd.text.count(xml_text(name)[:3]) >= 3
    assert "\x1b" not in odd.text


@given(st.text())
def test_text_from_outside_is_escaped(text: str) -> None:
    assert not set("<>\"'\n\x00") & set(shown(text))


def test_the_histogram_counts_every_number_once() -> None:
    counted = Histogram(0.9)
    shares = [0.0, 0.049, 0.05, 0.5, 0.9499, 0.95, 1.0]
    for one in shares:
        counted.add(number("1", confidence=one, status=Status.OK if one > 0.9 else Status.REVIEW))
    seen = Seen(counted.as_html())
    bars = seen.all("rect")
    assert len(bars) == 5
    assert len(seen.all("rect", "ok")) == 2
    told = re.findall(r"\d", seen.text.split("0.9", 1)[1].split("0.2")[0])
    assert sum(map(int, told[:5])) == len(shares)
    assert max(float(str(one["height"])) for one in bars) == pytest.approx(200)
    assert BINS == 20


def test_a_histogram_of_nothing_is_left_out() -> None:
    assert Histogram(0.95).as_html() == ""


@given(st.lists(st.floats(0, 1), max_size=12), st.integers(1, 4))
def test_the_least_certain_are_kept_the_first_of_equals(shares: list[float], most: int) -> None:
    kept = LeastCertain(most)
    for place, confidence in enumerate(shares):
        one = number(str(place), confidence=confidence, status=Status.REVIEW)
        kept.add(Doubtful("a", 1, place + 1, one, 1), None, Path("a"), page())
    found = re.findall(r"<b>(\d+)</b>", kept.as_html())
    in_order = sorted(range(len(shares)), key=lambda place: (shares[place], place))
    assert found == [str(place) for place in in_order[:most]]
    assert kept.count == len(shares)


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (share(1, 3), "33 %"),
        (share(999, 1000), "99 %"),
        (share(0, 0), "–"),
        (times(0.84), "0.8 s"),
        (times(125.2), "2 min 5 s"),
    ],
)
def test_figures_are_short(told: str, expected: str) -> None:
    assert told == expected


def test_two_runs_give_the_same_bytes(source: Path) -> None:
    both = [written(source.parent / run, of(document("a.png", source))) for run in ("1", "2")]
    assert both[0] == both[1]


def test_a_run_that_breaks_off_leaves_the_earlier_page(tmp_path: Path) -> None:
    before = written(tmp_path, of(document("a", tmp_path)))
    with suppress(KeyboardInterrupt), HtmlWriter(tmp_path) as html:
        html.add(document("b", tmp_path))
        raise KeyboardInterrupt
    assert [path.name for path in tmp_path.iterdir()] == [RESULTS]
    assert (tmp_path / RESULTS).read_text("utf-8") == before


def test_an_output_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(OutputNotWritable, match="file"), HtmlWriter(tmp_path / "file" / "out"):
        pass


@given(DOCUMENTS)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=20)
def test_any_document_gives_a_whole_page(tmp_path: Path, one: DocumentResult) -> None:
    Seen(written(tmp_path, of(one)))
