"""--pages: what it takes, what it refuses, and what a short document makes of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digitize.errors import UnreadableInput, UsageError
from digitize.load import parse_page_ranges
from digitize.load.page_ranges import wanted_pages

RANGES = st.lists(
    st.tuples(st.integers(1, 30), st.none() | st.integers(0, 9)).map(
        lambda pair: (pair[0], None if pair[1] is None else pair[0] + pair[1])
    ),
    min_size=1,
    max_size=5,
)


def written(first: int, last: int | None) -> str:
    return f"{first}-" if last is None else f"{first}-{last}"


@given(RANGES)
def test_a_page_is_in_exactly_when_one_of_the_ranges_holds_it(
    ranges: list[tuple[int, int | None]],
) -> None:
    pages = parse_page_ranges(", ".join(written(*one) for one in ranges))
    for number in range(1, 50):
        held = any(first <= number and (last is None or number <= last) for first, last in ranges)
        assert (number in pages) == held


@given(RANGES)
def test_what_is_written_reads_back_the_same(ranges: list[tuple[int, int | None]]) -> None:
    pages = parse_page_ranges(",".join(written(*one) for one in ranges))
    assert parse_page_ranges(str(pages)) == pages


@given(st.text(alphabet="0123456789-, x", max_size=12))
def test_any_text_is_understood_or_refused_with_an_example(text: str) -> None:
    try:
        understood = parse_page_ranges(text).ranges
    except UsageError as error:
        understood = error.remedy.count("1-3,7")
    assert understood


@pytest.mark.parametrize("text", ["", "a", "1-2-3", "-3", "0", "0-4", "5-3", "1,,2", "１"])
def test_unclear_pages_are_refused(text: str) -> None:
    with pytest.raises(UsageError, match="--pages"):
        parse_page_ranges(text)


def test_a_range_may_reach_past_the_end() -> None:
    assert list(wanted_pages(2, parse_page_ranges("1-3"))) == [1, 2]


def test_pages_come_once_and_in_order() -> None:
    assert list(wanted_pages(5, parse_page_ranges("4-,1,4"))) == [1, 4, 5]


def test_a_page_that_is_not_there_is_refused_with_the_number_of_pages() -> None:
    with pytest.raises(UnreadableInput, match=r"it has 5 pages, and --pages asks for 7"):
        wanted_pages(5, parse_page_ranges("1-3,7"))
