"""Bytes packed as small as zlib can (DEFLATE, RFC 1951), for what is laid over every page."""

from __future__ import annotations

import zlib
from typing import Final

HARDEST: Final = 9

WAYS = (zlib.Z_DEFAULT_STRATEGY, zlib.Z_FILTERED)
"""Z_FILTERED passes over the shortest repetitions: on pages of many numbers it saves two parts in a
hundred, on pages of few it costs as much."""


def deflated(data: bytes) -> bytes:
    """Return `data` packed for /FlateDecode, the shorter of two ways."""
    return min((_deflated(data, way) for way in WAYS), key=len)


def _deflated(data: bytes, way: int) -> bytes:
    packer = zlib.compressobj(HARDEST, zlib.DEFLATED, zlib.MAX_WBITS, zlib.DEF_MEM_LEVEL, way)
    return packer.compress(data) + packer.flush()
