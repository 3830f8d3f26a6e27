from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest
from export_pages import drawn, page
from hypothesis import given
from hypothesis import strategies as st

from digitize.export.originals import load_originals, original
from digitize.export.recent_pages import RecentPages, stamp
from digitize.records import Page


def sized(pixels: int) -> Page:
    return Page(1, np.zeros((1, pixels, 3), np.uint8))


def test_a_page_is_there_until_there_are_too_many() -> None:
    recent = RecentPages(most_pixels=10)
    pages = {name: sized(4) for name in "abc"}
    for name, one in pages.items():
        recent.keep(name, one)
    assert recent.get("a") is None
    assert recent.get("b") is pages["b"]
    assert recent.get("c") is pages["c"]


def test_a_page_that_is_too_large_costs_no_other() -> None:
    recent = RecentPages(most_pixels=10)
    small = sized(9)
    recent.keep("small", small)
    recent.keep("large", sized(11))
    assert recent.get("large") is None
    assert recent.get("small") is small


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(1, 12)), max_size=20))
def test_never_more_is_kept_than_asked(kept: list[tuple[int, int]]) -> None:
    recent = RecentPages(most_pixels=10)
    for key, pixels in kept:
        recent.keep(key, sized(pixels))
    there = [one for one in map(recent.get, range(6)) if one]
    assert sum(one.pixels.shape[1] for one in there) <= 10


def test_the_next_who_asks_gets_the_same_page(tmp_path: Path) -> None:
    drawn().save(tmp_path / "a.png")
    place = original(tmp_path / "a.png", page())
    ((_, first),), ((_, second),) = (tuple(load_originals([place])) for _ in range(2))
    assert first is second


def test_a_file_that_was_changed_is_loaded_anew(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    drawn().save(path)
    place = original(path, page())
    before = stamp(path)
    ((_, first),) = load_originals([place])
    drawn(()).save(path)
    os.utime(path, (1, 1))
    assert stamp(path) != before
    ((_, second),) = load_originals([place])
    assert (first.pixels != second.pixels).any()


def test_a_file_that_is_gone_since_is_gone(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    drawn().save(path)
    place = original(path, page())
    assert list(load_originals([place]))
    path.unlink()
    assert list(load_originals([place])) == []
    with pytest.raises(OSError, match=r"a\.png"):
        stamp(path)
