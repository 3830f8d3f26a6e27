"""Real numbers: read with their truth, never those kept back; and made into more."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from digitize.errors import UnreadableInput
from digitize.sequence import HEIGHT
from digitize.train.numbers.real import (
    NO_CUT,
    RealNumber,
    has_numbers,
    is_kept_back,
    read_real_numbers,
)
from digitize.train.numbers.vary import splice, vary

BENCHMARK = Path(__file__).parents[2] / "benchmarks" / "handwriting.py"


def picture(folder, name, text="11", gap=30):
    """Write a picture of ones, `gap` pixels apart, with its truth; return the truth's file."""
    paper = np.full((70, 60 + gap * len(text)), 255, np.uint8)
    digits = []
    for at in range(len(text)):
        x = 30 + gap * at
        cv2.line(paper, (x, 15), (x, 55), 0, 5)
        digits.append({"digit": 1, "box": [x - 3, 13, 7, 45]})
    cv2.imwrite(str(folder / f"{name}.png"), paper)
    truth = {"image": f"{name}.png", "numbers": [{"text": text, "digits": digits}]}
    file = folder / f"{name}.json"
    file.write_text(json.dumps(truth), encoding="utf-8")
    return file


def names(kept_back, count=3):
    every = (f"car-{number:06}" for number in range(1000))
    found = [name for name in every if is_kept_back(name) == kept_back]
    return found[:count]


@given(st.text(min_size=1))
def test_what_is_kept_back_is_what_the_benchmark_measures_with(name):
    spec = importlib.util.spec_from_file_location("handwriting", BENCHMARK)
    benchmark = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(benchmark)
    assert is_kept_back(name) == benchmark.is_kept_back(name)


def test_no_picture_that_is_kept_back_is_ever_read(tmp_path):
    for name in names(kept_back=True):
        picture(tmp_path, name).with_suffix(".png").unlink()  # reading it would fail
    for name in names(kept_back=False, count=2):
        picture(tmp_path, name)
    assert has_numbers(tmp_path)
    assert len(read_real_numbers(tmp_path)) == 2


def test_a_picture_gives_strips_with_its_text_and_where_they_can_be_parted(tmp_path):
    picture(tmp_path, names(kept_back=False)[0], "111")
    (strips,) = read_real_numbers(tmp_path)
    assert 1 <= len(strips) <= 2
    for number in strips:
        assert number.text == "111"
        assert number.strip.shape[0] == HEIGHT
        first, second = number.cuts
        assert 0 < first < second < number.strip.shape[1]
        assert not number.strip[:, [first, second]].any()


def test_a_mark_in_a_number_is_no_part_of_its_text(tmp_path):
    file = picture(tmp_path, names(kept_back=False)[0], "11")
    truth = json.loads(file.read_text())
    truth["numbers"][0]["text"] = "1.1"
    file.write_text(json.dumps(truth))
    assert {number.text for number in read_real_numbers(tmp_path)[0]} == {"11"}


@pytest.mark.parametrize("text", ["{", "[]", '{"image": "x.png"}'])
def test_a_truth_that_is_none_says_which_file_and_what_it_should_hold(tmp_path, text):
    file = tmp_path / f"{names(kept_back=False)[0]}.json"
    file.write_text(text)
    with pytest.raises(UnreadableInput, match=file.name):
        read_real_numbers(tmp_path)


def ones(count):
    """A number of upright ones, 20 columns apart, with bare paper between all of them."""
    strip = np.zeros((HEIGHT, 20 * count), np.float32)
    strip[4:28, 8::20] = strip[4:28, 9::20] = 1
    return RealNumber(strip, "1" * count, tuple(20 * at for at in range(1, count)))


def strokes(strip):
    inked = np.r_[False, strip.max(axis=0) > 0.5]
    return int((inked[1:] & ~inked[:-1]).sum())


@given(st.integers(1, 12), st.integers(0, 2**32))
def test_a_spliced_number_has_as_many_digits_as_its_text(length, seed):
    rng = np.random.default_rng(seed)
    found = splice([ones(3), ones(5)], length, length, rng)
    if found is not None:  # few draws do not fit at all
        assert found.text == "1" * length
        assert strokes(found.strip) in range(1, length + 1)  # without a gap two may touch
        assert found.strip[:, :8].max() == 0


def test_a_number_is_only_parted_where_it_can_be():
    whole = RealNumber(ones(3).strip, "111", (NO_CUT, NO_CUT))
    rng = np.random.default_rng(1)
    assert splice([whole], 4, 5, rng) is None
    assert splice([whole], 3, 3, rng).text == "111"
    assert splice([whole], 6, 6, rng).text == "111111"


@given(st.integers(0, 2**32))
def test_a_varied_strip_keeps_its_digits(seed):
    strip = np.pad(ones(4).strip, ((0, 0), (8, 8)))
    varied = vary(strip, np.random.default_rng(seed))
    assert varied.shape[0] == HEIGHT
    assert 0 <= varied.min() <= varied.max() <= 1
    inked = np.r_[False, varied.max(axis=0) > 0.25, False]
    assert strokes(varied) <= 8  # a pale stroke may break in two, no more
    assert inked.sum() > 4


def test_equal_seeds_vary_alike():
    strip = ones(3).strip
    one, again, other = (vary(strip, np.random.default_rng(seed)) for seed in (1, 1, 2))
    assert np.array_equal(one, again)
    assert one.shape != other.shape or not np.array_equal(one, other)
