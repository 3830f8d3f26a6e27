"""What may hide the mark that others of its column have is parted as they are."""

from __future__ import annotations

from dataclasses import replace

from marked_numbers import HEIGHT, TOP, number

from digitize.group import GroupOptions
from digitize.group.like_column import part_like_column
from digitize.records import Box, Number, Status

MARKED = [Box(100, TOP - 800 * row, 140, HEIGHT) for row in (1, 2)]


def read(numbers: list[Number], marked: list[Box]) -> list[Number]:
    return part_like_column(
        numbers, marked, lambda each: len(each.digits) // 2 * (each.text < "5"), GroupOptions()
    )


def test_it_is_parted_for_review_however_far_the_others_are() -> None:
    parts = read([number("1234"), number("5678")], MARKED)
    assert [(part.text, part.status) for part in parts] == [
        ("12", Status.REVIEW), ("34", Status.REVIEW), ("5678", Status.OK),
    ]  # fmt: skip


def test_one_other_says_nothing_nor_those_of_another_column() -> None:
    whole = [number("1234")]
    assert read(whole, MARKED[:1]) == whole
    assert read(whole, [replace(box, x=900) for box in MARKED]) == whole
    assert read(whole, []) == whole
