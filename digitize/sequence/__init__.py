"""The second reader: whole numbers at once, with no cuts between their digits."""

from __future__ import annotations

from digitize.sequence.ctc import Emission, align, best_path, log_likelihood
from digitize.sequence.network import OnnxSequenceReader, SequenceReader
from digitize.sequence.strips import make_strip

__all__ = [
    "Emission",
    "OnnxSequenceReader",
    "SequenceReader",
    "align",
    "best_path",
    "log_likelihood",
    "make_strip",
]
