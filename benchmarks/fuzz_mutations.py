"""Bytes changed at random, in the ways that have upset parsers before."""

from __future__ import annotations

import random
import re
import zlib
from collections.abc import Callable

PNG_START = b"\x89PNG\r\n\x1a\n"
NUMBERS = (0, 1, -1, 2, 127, 255, 256, 32767, 65535, 65536, 2**24, 2**31 - 1, 2**31, 2**32 - 1)
WRITTEN_NUMBERS = (*NUMBERS, "0.0000001", "1e9", "99999999999999999999", "-0", "null", "<<>>", "[]")
_WRITTEN = re.compile(rb"\d+(?:\.\d+)?")
_NAME = re.compile(rb"/[A-Za-z]\w*")
MOST_CHANGES = 6
LONGEST_PIECE = 64  # bytes
MOST_ENTRIES = 64  # of a TIFF's directory; more is no directory

Change = Callable[[bytearray, bytes, random.Random], bytearray]


def mutated(document: bytes, other: bytes, chance: random.Random) -> bytes:
    """Return a document with a few changes; some take a piece of another one."""
    data = bytearray(document)
    changes = CHANGES + OWN_CHANGES.get(document[:4], ()) * 2
    for _ in range(chance.randint(1, MOST_CHANGES)):
        data = chance.choice(changes)(data, other, chance)
        if not data:
            return bytes(data)
    # else hardly any change to a PNG gets past its checksums
    mended = data.startswith(PNG_START) and chance.random() < 0.8
    return bytes(_with_checksums(data) if mended else data)


def _flipped(data: bytearray, _other: bytes, chance: random.Random) -> bytearray:
    data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    return data


def _byte(data: bytearray, _other: bytes, chance: random.Random) -> bytearray:
    data[chance.randrange(len(data))] = chance.randrange(256)
    return data


def _number(data: bytearray, _other: bytes, chance: random.Random) -> bytearray:
    """Write a number that often goes wrong, most of all near the start, where headers are."""
    size = chance.choice((1, 2, 4, 8))
    reach = len(data) if chance.random() < 0.5 else min(len(data), 256)
    at = chance.randrange(reach)
    number = chance.choice(NUMBERS) % 256**size
    data[at : at + size] = number.to_bytes(size, chance.choice(("big", "little")))
    return data


def _cut(data: bytearray, _other: bytes, chance: random.Random) -> bytearray:
    return data[: chance.randrange(len(data))]


def _without(data: bytearray, _other: bytes, chance: random.Random) -> bytearray:
    at = chance.randrange(len(data))
    del data[at : at + chance.randint(1, LONGEST_PIECE)]
    return data


def _doubled(data: bytearray, _other: bytes, chance: random.Random) -> bytearray:
    at = chance.randrange(len(data))
    piece = data[at : at + chance.randint(1, LONGEST_PIECE)]
    return data[:at] + piece * chance.choice((2, 3, 50)) + data[at:]


def _moved(data: bytearray, _other: bytes, chance: random.Random) -> bytearray:
    at, to = chance.randrange(len(data)), chance.randrange(len(data))
    piece = data[at : at + chance.randint(1, LONGEST_PIECE)]
    data[to : to + len(piece)] = piece
    return data


def _spliced(data: bytearray, other: bytes, chance: random.Random) -> bytearray:
    at, begin = chance.randrange(len(data)), chance.randrange(len(other))
    return data[:at] + other[begin:]


def _same(data: bytearray, _other: bytes, chance: random.Random) -> bytearray:
    at = chance.randrange(len(data))
    count = min(chance.randint(1, LONGEST_PIECE), len(data) - at)
    data[at : at + count] = bytes([chance.choice((0, 255))]) * count
    return data


def _written_number(data: bytearray, _other: bytes, chance: random.Random) -> bytearray:
    """Replace a number that is written in digits, as PDFs have them, by another."""
    found = chance.choice(list(_WRITTEN.finditer(data)) or [None])  # type: ignore[list-item]
    if found is None:
        return data
    written = str(chance.choice(WRITTEN_NUMBERS)).encode()
    return data[: found.start()] + written + data[found.end() :]


def _name(data: bytearray, _other: bytes, chance: random.Random) -> bytearray:
    """Replace a name in a PDF by another that it has."""
    names = list(_NAME.finditer(data))
    if not names:
        return data
    found, taken = chance.choice(names), chance.choice(names)[0]
    return data[: found.start()] + taken + data[found.end() :]


def _tag(data: bytearray, _other: bytes, chance: random.Random) -> bytearray:
    """Change one entry of a TIFF's first directory: its tag, its type, its count or its value."""
    start = int.from_bytes(data[4:8], "little")
    entries = int.from_bytes(data[start : start + 2], "little")
    if not 0 < entries < MOST_ENTRIES or start + 2 + 12 * entries > len(data):
        return data
    at, size = chance.choice(((0, 2), (2, 2), (4, 4), (8, 2), (8, 4)))
    place = start + 2 + 12 * chance.randrange(entries) + at
    number = chance.choice(NUMBERS) if at else chance.randrange(254, 350)  # the baseline's tags
    data[place : place + size] = (number % 256**size).to_bytes(size, "little")
    return data


def _repacked(data: bytearray, other: bytes, chance: random.Random) -> bytearray:
    """Change the pixels of a PNG as they are before they are packed."""
    at = data.find(b"IDAT")
    if at < 0:
        return data
    length = int.from_bytes(data[at - 4 : at], "big")
    try:
        rows = bytearray(zlib.decompress(data[at + 4 : at + 4 + length]))
    except zlib.error:
        return data
    rows = chance.choice(CHANGES)(rows or bytearray(1), other, chance)
    packed = zlib.compress(rows)
    chunk = len(packed).to_bytes(4, "big") + b"IDAT" + packed
    return data[: at - 4] + chunk + data[at + 4 + length :]


def _with_checksums(data: bytearray) -> bytearray:
    """Return a PNG whose chunks have the checksums of what is in them."""
    at = len(PNG_START)
    while at + 12 <= len(data):
        end = at + 8 + int.from_bytes(data[at : at + 4], "big")
        if end + 4 > len(data):
            break
        data[end : end + 4] = zlib.crc32(data[at + 4 : end]).to_bytes(4, "big")
        at = end + 4
    return data


CHANGES: tuple[Change, ...] = (
    *(_flipped, _flipped, _byte, _byte, _number, _number, _number),
    *(_cut, _without, _doubled, _moved, _spliced, _same),
)
OWN_CHANGES: dict[bytes, tuple[Change, ...]] = {
    b"%PDF": (_written_number, _written_number, _written_number, _name),
    b"II*\0": (_tag, _tag, _tag, _tag),
    b"\x89PNG": (_repacked, _repacked),
}
"""What a document of a kind has besides, by its first bytes."""
