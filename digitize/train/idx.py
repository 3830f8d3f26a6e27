"""IDX files, plain or gzipped: the format that MNIST comes in.

Two zero bytes, the element type (8 is unsigned byte), the number of dimensions, each dimension as a
big-endian 32-bit number, then the elements (Y. LeCun, "The MNIST database of handwritten digits").
"""

from __future__ import annotations

import gzip
import math
import struct
import zlib
from pathlib import Path

import numpy as np

from digitize.errors import UnreadableInput
from digitize.records import Pixels

UNSIGNED_BYTE = 0x08
GZIP_MAGIC = b"\x1f\x8b"
REMEDY = "Fetch the file again; IDX files are described at https://yann.lecun.com/exdb/mnist"


def read_idx(path: Path) -> Pixels:
    """Return the elements of the IDX file at `path`, plain or gzipped, as uint8 in its own shape.

    UnreadableInput, naming the file, where it is missing, damaged, cut short or of another kind.
    """
    content = _read_bytes(path)
    if len(content) < 4 or content[:2] != b"\0\0":
        raise UnreadableInput(f"{path}: this is not an IDX file (bad magic number)", REMEDY)
    kind, dimensions = content[2], content[3]
    if kind != UNSIGNED_BYTE:
        raise UnreadableInput(f"{path}: elements of type 0x{kind:02x}, not unsigned bytes", REMEDY)
    start = 4 + 4 * dimensions
    if len(content) < start:
        raise UnreadableInput(f"{path}: the file ends inside its header", REMEDY)
    shape = struct.unpack(f">{dimensions}I", content[4:start])
    promised, found = math.prod(shape), len(content) - start
    if promised != found:
        cause = f"{path}: its header promises {promised} bytes for {shape}, {found} follow"
        raise UnreadableInput(cause, REMEDY)
    return np.frombuffer(content, dtype=np.uint8, offset=start).reshape(shape)


def _read_bytes(path: Path) -> bytes:
    try:
        content = path.read_bytes()
        return gzip.decompress(content) if content[:2] == GZIP_MAGIC else content
    except (OSError, EOFError, zlib.error) as error:
        raise UnreadableInput(f"{path}: the file cannot be read ({error})", REMEDY) from error
