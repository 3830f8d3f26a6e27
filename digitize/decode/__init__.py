"""Scores to readings: the best digit of each glyph, and the best way to part what touches."""

from __future__ import annotations

from digitize.decode.path import Shape, best_parting
from digitize.decode.readings import DecodeOptions, decode

__all__ = ["DecodeOptions", "Shape", "best_parting", "decode"]
