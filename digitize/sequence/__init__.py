"""The second reader: whole numbers at once, with no cuts between their digits."""

from __future__ import annotations

from digitize.sequence.ctc import (
    Emission,
    align,
    best_path,
    confidence,
    log_likelihood,
    text_of,
)
from digitize.sequence.network import OnnxSequenceReader, SequenceCard, SequenceReader
from digitize.sequence.strips import DIGIT_PIXELS, HEIGHT, STRIDE, make_strip, rows_shown

__all__ = [
    "DIGIT_PIXELS",
    "HEIGHT",
    "STRIDE",
    "Emission",
    "OnnxSequenceReader",
    "SequenceCard",
    "SequenceReader",
    "align",
    "best_path",
    "confidence",
    "log_likelihood",
    "make_strip",
    "rows_shown",
    "text_of",
]
