from __future__ import annotations

from dataclasses import replace
from itertools import product
from math import prod

import pytest
from export_pages import number
from export_records import NUMBERS
from hypothesis import given
from hypothesis import strategies as st

from digitize.export.likely import (
    LEAST_LIKELY,
    MOST_OTHERS,
    Likely,
    most_likely,
    other_readings,
)
from digitize.records import Number

SHARES = st.floats(0.0, 1.0)
PLACES = st.lists(
    st.dictionaries(st.sampled_from("0123456789"), SHARES, min_size=1, max_size=4),
    min_size=1,
    max_size=5,
)


def doubting(text: str, *alternatives: dict[int, float], confidence: float = 0.5) -> Number:
    """The number `text`, each digit 0.8 sure, with what else each digit may be."""
    one = number(text, confidence=confidence)
    digits = tuple(
        replace(digit, confidence=0.8, alternatives=tuple(others.items()))
        for digit, others in zip(one.digits, alternatives, strict=True)
    )
    return replace(one, digits=digits)


def test_another_reading_is_as_likely_as_the_product_of_its_digits() -> None:
    found = other_readings(doubting("1263", {}, {}, {0: 0.15}, {}))
    assert [one.text for one in found] == ["1203"]
    assert found[0].confidence == pytest.approx(0.8**3 * 0.15)


def test_readings_combine_several_digits_and_fall_in_likelihood() -> None:
    found = other_readings(doubting("17", {7: 0.1}, {1: 0.2}))
    assert [one.text for one in found] == ["11", "77", "71"]


def test_a_decimal_mark_stays_where_it_is() -> None:
    found = other_readings(doubting("2.5", {}, {6: 0.1}))
    assert [one.text for one in found] == ["2.6"]


def test_no_reading_is_likelier_than_the_first_leaves_room_for() -> None:
    sure = doubting("17", {}, {1: 0.2}, confidence=0.99)
    assert other_readings(sure)[0].confidence == pytest.approx(0.01)
    assert other_readings(replace(sure, confidence=1.0)) == ()


def test_what_would_be_shown_as_nothing_is_left_out() -> None:
    assert other_readings(doubting("1", {7: 0.00009})) == ()
    assert other_readings(doubting("1", {7: 0.00011})) != ()


def test_where_a_second_reader_was_followed_the_first_ones_text_is_found() -> None:
    followed = replace(doubting("17", {}, {}), text="11")
    assert other_readings(followed)[0].text == "17"


@given(NUMBERS)
def test_other_readings_are_few_and_all_different_and_never_the_first(one: Number) -> None:
    found = other_readings(one)
    texts = [other.text for other in found]
    assert len(texts) <= MOST_OTHERS
    assert len(set(texts)) == len(texts)
    assert one.text not in texts
    assert all(LEAST_LIKELY <= other.confidence <= 1 - one.confidence for other in found)
    assert [other.confidence for other in found] == sorted(
        (other.confidence for other in found), reverse=True
    )


@given(PLACES)
def test_the_likeliest_texts_are_those_of_all_combinations(places: list[dict[str, float]]) -> None:
    every = sorted(
        (prod(shares) for shares in product(*(p.values() for p in places))), reverse=True
    )
    found = most_likely([Likely(*choice) for choice in place.items()] for place in places)
    assert [one.confidence for one in found] == pytest.approx(every[: MOST_OTHERS + 1])
    for one in found:
        assert one.confidence == pytest.approx(
            prod(place[sign] for place, sign in zip(places, one.text, strict=True))
        )
