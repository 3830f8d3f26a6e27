"""A page's result as it looks once the page is turned upright; arithmetic only."""

from __future__ import annotations

from dataclasses import replace

from digitize.records import Box, Number, PageResult


def upright_result(page: PageResult) -> PageResult:
    """Return the result in the pixels of the page turned clockwise by its `turn` right angles."""
    if page.turn % 4 == 0:
        return page

    def moved(box: Box) -> Box:
        return turned_box(box, page.width, page.height, page.turn)

    def upright(number: Number) -> Number:
        digits = tuple(replace(digit, box=moved(digit.box)) for digit in number.digits)
        return replace(number, box=moved(number.box), digits=digits)

    width, height = turned_size(page.width, page.height, page.turn)
    numbers = tuple(upright(number) for number in page.numbers)
    return replace(page, width=width, height=height, numbers=numbers, turn=0)


def turned_size(width: int, height: int, turn: int) -> tuple[int, int]:
    """Return the (width, height) of a page of pixels after `turn` right angles."""
    return (height, width) if turn % 2 else (width, height)


def turned_box(box: Box, width: float, height: float, turn: int) -> Box:
    """Return where a box on a `width` x `height` page lies after `turn` right angles clockwise."""
    for _ in range(turn % 4):
        box = Box(height - box.bottom, box.x, box.height, box.width)
        width, height = height, width
    return box
