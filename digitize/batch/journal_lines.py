"""The lines of a journal: made and read, one JSON object each, a page's result at its end."""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

RESULT = b', "result": '
"""Stands before a page's result; what is before it is read without parsing the result."""


@dataclass(frozen=True, slots=True)
class PagePlace:
    """Where a page's result lies in a journal, in bytes, and the checksum (CRC-32) of it."""

    offset: int
    length: int
    crc32: int


def line(entry: Mapping[str, object]) -> bytes:
    """Return `entry` as a line."""
    return json.dumps(entry).encode("ascii") + b"\n"


def page_line(entry: Mapping[str, object], result: bytes, offset: int) -> tuple[bytes, PagePlace]:
    """Return the line at `offset` of a page's `result`, which is JSON already, and its place."""
    crc32 = zlib.crc32(result)
    head = json.dumps({**entry, "crc32": crc32}).encode("ascii")[:-1] + RESULT
    return head + result + b"}\n", PagePlace(offset + len(head), len(result), crc32)


def parse_line(text: bytes, offset: int) -> tuple[dict[str, Any], PagePlace | None] | None:
    """Return what the line at `offset` holds and where its result lies; None where it is damaged.

    A result is not parsed; its checksum tells whether it is whole.
    """
    head, mark, rest = text.partition(RESULT)
    try:
        entry = json.loads(head + b"}" if mark else text)
        if not isinstance(entry, dict):
            return None
        if not mark:
            return entry, None
        result = rest.removesuffix(b"}\n")
        place = PagePlace(offset + len(head) + len(mark), len(result), int(entry["crc32"]))
    except (KeyError, RecursionError, TypeError, ValueError):
        return None
    return (entry, place) if zlib.crc32(result) == place.crc32 else None
