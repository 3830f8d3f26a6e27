"""Records of every shape that a run may bring forth, and who made them."""

from __future__ import annotations

from pathlib import Path

from hypothesis import strategies as st

from digitize.export import TracedOptions
from digitize.records import (
    Box,
    Digit,
    DocumentResult,
    Number,
    PageResult,
    Provenance,
    Status,
)

SHA = "0123456789abcdef" * 4
MADE = Provenance(
    "digitize",
    "1.2.3",
    "cnn",
    SHA,
    {"sequence": SHA[::-1], "ink": SHA},
    {"page": {"clean": {"max_skew_degrees": 5.0}}, "jobs": 2, "overwrite": True, "formats": ("x",)},
)
OPTIONS = TracedOptions(provenance=MADE)

LENGTHS = st.floats(-1e5, 1e5)
SIZES = st.floats(1e-3, 1e5)
SHARES = st.floats(0, 1)
VALUES = st.integers(0, 9)
BOXES = st.builds(Box, LENGTHS, LENGTHS, SIZES, SIZES)
STATES = st.sampled_from(Status)
DIGITS = st.builds(
    Digit,
    digit=VALUES,
    confidence=SHARES,
    status=STATES,
    box=BOXES,
    alternatives=st.lists(st.tuples(VALUES, SHARES), max_size=3).map(tuple),
    cut=st.booleans(),
    stroke=st.floats(0, 5),
    contrast=SHARES,
)


@st.composite
def _numbers(draw: st.DrawFn) -> Number:
    """A number as the program reads them: its text holds each of its digits, and maybe marks."""
    digits = draw(st.lists(DIGITS, min_size=1, max_size=4).map(tuple))
    text = "".join(str(digit.digit) for digit in digits)
    point = draw(st.integers(0, len(text) - 1))
    marked = f"{text[:point]}.{text[point:]}" if point else text
    return Number(
        text=draw(st.sampled_from(("", "-"))) + marked,
        confidence=draw(SHARES),
        status=draw(STATES),
        line=draw(st.integers(1, 99)),
        box=draw(BOXES),
        digits=digits,
        doubted=draw(st.booleans()),
    )


NUMBERS = _numbers()
PAGES = st.builds(
    PageResult,
    number=st.integers(1, 999),
    width=st.integers(1, 20_000),
    height=st.integers(1, 20_000),
    dpi=st.floats(0, 1200),
    skew_degrees=st.floats(-180, 180),
    numbers=st.lists(NUMBERS, max_size=3).map(tuple),
    turn=st.integers(0, 3),
)
NAMES = st.text(st.characters(exclude_characters="/\0"), min_size=1, max_size=12)
DOCUMENTS = st.builds(
    DocumentResult,
    document=st.just("a.png"),
    source=NAMES.map(Path),
    pages=st.lists(PAGES, min_size=1, max_size=2).map(tuple),
)
