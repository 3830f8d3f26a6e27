"""The figures are, to the last bit, those of shared/bench/score.py."""

from __future__ import annotations

import importlib.util
import json
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from tempfile import TemporaryDirectory
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st
from score_folders import document, number, run_left, true, write_truth

from digitize.records import Number, Status
from digitize.score import Figures, score
from digitize.score.calibration import expected_calibration_error
from digitize.score.figures import f1

BEYOND = {"number_ece", "accepted", "accepted_error"}  # what the bench does not measure
SHARED = [field.name for field in fields(Figures) if field.name not in BEYOND]
IMAGES = ("a.png", "b.tif", "c.jpg")
KINDS = ("plain", "boxed", None)


@dataclass(frozen=True)
class Drawn:
    """A page as it was read, and what stands on it."""

    read: tuple[Number, ...]
    true: tuple[dict[str, object], ...]
    complete: bool | None
    kind: str | None


@pytest.fixture(scope="session")
def scorer(real_data: Path) -> ModuleType:
    """shared/bench/score.py, which lies beside the real data."""
    path = real_data.resolve().parent / "bench" / "score.py"
    if not path.is_file():
        pytest.skip(f"there is no {path}")
    spec = importlib.util.spec_from_file_location("bench_score", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def bench_figures(scorer: ModuleType, out: Path, truth: Path, by: str | None) -> dict[str, object]:
    """The figures that the bench finds, by group and under "all"; as its own main does."""
    numbers, digits = scorer.rows(out / "numbers.csv"), scorer.rows(out / "digits.csv")
    groups: dict[str, list[object]] = {"all": []}
    for path in sorted(truth.glob("*.json")):
        page = json.loads(path.read_text(encoding="utf-8"))
        key = page["image"], page.get("page", 1)
        read = [(row["text"], scorer.box(row)) for row in numbers.get(key, [])]
        single = [(r["digit"], float(r["confidence"]), scorer.box(r)) for r in digits.get(key, [])]
        counts = scorer.score_page(page, read, single)
        groups["all"].append(counts)
        if by:
            groups.setdefault(page.get(by, "?"), []).append(counts)
    return {name: scorer.total(counts) for name, counts in groups.items()}


signs = st.text("0123456789", min_size=1, max_size=4)
marked = st.one_of(signs, st.just("2.5"))
places = st.tuples(st.integers(0, 12), st.integers(0, 4))
shares = st.integers(0, 10_000).map(lambda count: count / 10_000)


@st.composite
def drawn_pages(draw: st.DrawFn) -> Drawn:
    """A page whose true numbers stand on a grid, some of them read well, some not at all."""
    written = draw(st.dictionaries(places, signs, max_size=5))
    read = dict(written) if draw(st.booleans()) else {}
    read.update(draw(st.dictionaries(places, marked, max_size=4)))
    boxed = draw(st.booleans())
    truth = [true(text, x * 30, y * 40) for (x, y), text in written.items()]
    return Drawn(
        tuple(
            number(text, x * 30 + draw(st.integers(-9, 9)), y * 40, draw(shares))
            for (x, y), text in read.items()
        ),
        tuple(one if boxed else {"text": one["text"]} for one in truth),
        draw(st.sampled_from([True, True, False, None])),
        draw(st.sampled_from(KINDS)),
    )


@given(st.lists(drawn_pages(), min_size=1, max_size=3))
def test_the_figures_are_those_of_the_bench(scorer: ModuleType, pages: list[Drawn]) -> None:
    with TemporaryDirectory() as folder:
        out = run_left(
            Path(folder, "out"),
            *(document(name, page.read) for name, page in zip(IMAGES, pages, strict=False)),
        )
        truth = Path(folder, "truth")
        for name, page in zip(IMAGES, pages, strict=False):
            keys = {} if page.kind is None else {"kind": page.kind}
            write_truth(truth, name, *page.true, complete=page.complete, **keys)
        by = "kind" if any(page.kind for page in pages) else None
        expected = bench_figures(scorer, out, truth, by)
        scores = score(out, truth, by)
    found = {"all": scores.overall, **scores.groups}
    assert found.keys() == expected.keys()
    for name, figures in found.items():
        assert {key: asdict(figures)[key] for key in SHARED} == expected[name]


def test_the_figures_of_a_drawn_run_are_known(tmp_path: Path) -> None:
    read = (number("120", confidence=0.5), number("7", y=150, confidence=0.25))
    out = run_left(tmp_path / "out", document("a.png", (*read, number("55", y=220))))
    write_truth(tmp_path / "truth", "a.png", true("123"), true("7", y=150))
    assert {key: asdict(score(out, tmp_path / "truth").overall)[key] for key in SHARED} == {
        "pages": 1,
        "numbers": 2,
        "number_exact": 1 / 2,
        "precision": 1 / 3,
        "said_per_page": 3,
        "cer": 3 / 4,  # a replacement and two digits invented
        "digit_f1": 2 * (3 / 6) * (3 / 4) / (3 / 6 + 3 / 4),
        "digit_accuracy_on_matched": 3 / 4,
        "spurious_per_page": 2,
        "ece": (3 * 0.5 + 0.75) / 4,
    }


def test_what_is_accepted_is_what_needs_no_review(tmp_path: Path) -> None:
    accepted = (number("1"), number("2", y=120))
    other = tuple(number("3", y=y, status=Status.REVIEW) for y in (180, 240))
    out = run_left(tmp_path / "out", document("a.png", (*accepted, *other)))
    truths = [true(text, y=y) for text, y in (("1", 60), ("7", 120), ("4", 180), ("4", 240))]
    write_truth(tmp_path / "truth", "a.png", *truths)
    found = score(out, tmp_path / "truth").overall
    assert (found.accepted, found.accepted_error) == (0.5, 0.5)


@pytest.mark.parametrize(
    ("right", "said", "sought", "found"),
    [(3, 3, 3, 1), (0, 3, 3, 0), (0, 0, 3, 0), (0, 3, 0, None), (2, 4, 2, 2 / 3)],
)
def test_f1_is_none_only_where_nothing_is_sought(
    right: int, said: int, sought: int, found: float | None
) -> None:
    assert f1(right, said, sought) == pytest.approx(found)


def test_without_answers_there_is_no_calibration_error() -> None:
    assert expected_calibration_error([]) is None


@given(st.lists(st.tuples(shares, st.booleans()), min_size=1))
def test_a_calibration_error_lies_between_the_gap_of_the_means_and_1(
    answers: list[tuple[float, bool]],
) -> None:
    error = expected_calibration_error(answers)
    assert error is not None
    gap = sum(p for p, _ in answers) - sum(right for _, right in answers)
    assert abs(gap) / len(answers) - 1e-9 <= error <= 1


def test_bins_are_of_equal_mass() -> None:
    answers = [(0.5, False)] * 15 + [(1.0, True)] * 15
    assert expected_calibration_error(answers) == 0.25
