"""IDX files: what was written is read back, and every fault names its file."""

from __future__ import annotations

import gzip
from pathlib import Path

import numpy as np
import pytest
from drawn_digits import idx_bytes
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from digitize.errors import DigitizeError, UnreadableInput
from digitize.train.idx import read_idx

ELEMENTS = np.arange(2 * 3 * 4, dtype=np.uint8).reshape(2, 3, 4)


def written(folder: Path, content: bytes) -> Path:
    path = folder / "train-images-idx3-ubyte"
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("pack", [bytes, gzip.compress], ids=["plain", "gzipped"])
def test_elements_come_back_in_their_shape(tmp_path, pack):
    path = written(tmp_path, pack(idx_bytes(ELEMENTS)))
    assert np.array_equal(read_idx(path), ELEMENTS)


@given(shape=st.lists(st.integers(0, 5), min_size=1, max_size=4))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_shape_comes_back(tmp_path, shape):
    elements = np.arange(np.prod(shape), dtype=np.uint8).reshape(shape)
    assert read_idx(written(tmp_path, idx_bytes(elements))).shape == tuple(shape)


@pytest.mark.parametrize(
    ("content", "cause"),
    [
        (b"", "bad magic number"),
        (b"PNG, not IDX", "bad magic number"),
        (b"\0\0\x0d\x01\0\0\0\x01\0\0\0\0", "type 0x0d, not unsigned bytes"),
        (idx_bytes(ELEMENTS)[:10], "ends inside its header"),
        (idx_bytes(ELEMENTS)[:-1], "promises 24 bytes for (2, 3, 4), 23 follow"),
        (idx_bytes(ELEMENTS) + b"!", "promises 24 bytes for (2, 3, 4), 25 follow"),
        (gzip.compress(idx_bytes(ELEMENTS), mtime=0)[:-9], "cannot be read"),
        (b"\x1f\x8b broken", "cannot be read"),
    ],
)
def test_a_fault_is_named_together_with_its_file(tmp_path, content, cause):
    path = written(tmp_path, content)
    with pytest.raises(UnreadableInput) as raised:
        read_idx(path)
    assert str(path) in raised.value.cause
    assert cause in raised.value.cause


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(UnreadableInput, match="absent"):
        read_idx(tmp_path / "absent")


@given(cut=st.integers(0, len(idx_bytes(ELEMENTS)) - 1))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_file_cut_anywhere_is_never_read_as_whole(tmp_path, cut):
    with pytest.raises(DigitizeError):
        read_idx(written(tmp_path, idx_bytes(ELEMENTS)[:cut]))
