"""How much a page's drawing unpacks to: counted, and stopped in time."""

from __future__ import annotations

import zlib

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name

from digitize.errors import UnreadableInput
from digitize.load.unpacked import MOST_DRAWING_BYTES, check_drawing, unpacked_bytes

FLATE = Name.FlateDecode


def packed(data: bytes, times: int) -> bytes:
    for _ in range(times):
        data = zlib.compress(data, 9)
    return data


def stream(pdf: pikepdf.Pdf, data: bytes, times: int) -> pikepdf.Stream:
    """Return a stream that is packed so many times."""
    made = pdf.make_stream(b"")
    made.write(packed(data, times), filter=Array([FLATE] * times) if times > 1 else FLATE)
    return made


@given(st.integers(0, 3_000_000), st.integers(0, 3), st.integers(0, 2_000_000))
def test_the_count_is_right_or_at_least_more_than_enough(
    length: int, times: int, enough: int
) -> None:
    count = unpacked_bytes(packed(bytes(length), times), times, enough)
    assert count == length if length <= enough else count > enough


def test_damaged_data_count_up_to_the_damage() -> None:
    assert 0 < unpacked_bytes(packed(bytes(range(250)) * 20, 1)[:-9], 1, 10_000) <= 5_000
    assert unpacked_bytes(b"no such data", 2, 10_000) == 0


@pytest.mark.parametrize("where", ["contents", "a form", "two halves"])
def test_a_page_that_unpacks_to_too_much_is_refused(where: str) -> None:
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page()
        half = stream(pdf, bytes(MOST_DRAWING_BYTES // 2 + 1), 1)
        whole = stream(pdf, bytes(MOST_DRAWING_BYTES + 1), 2)
        whole.Subtype = Name.Form
        if where == "contents":
            page.Contents = whole
        elif where == "a form":
            page.Resources = Dictionary(XObject=Dictionary(Fm0=whole))
        else:
            page.Contents = Array([half, half])
        with pytest.raises(UnreadableInput, match="unpacks to more than 32 MB"):
            check_drawing(pdf, 1)


def test_a_usual_page_and_a_missing_one_pass() -> None:
    with pikepdf.new() as pdf:
        pdf.add_blank_page().Contents = stream(pdf, b"0 0 m 9 9 l S " * 100_000, 1)
        check_drawing(pdf, 1)
        check_drawing(pdf, 2)
        check_drawing(None, 1)
