"""Pieces of pages composed on the fly, with the true class of every pixel.

What the learned `separate` stage trains on: handwritten digits from MNIST's training part, and
around them what real pages hold besides.
"""

from __future__ import annotations

from digitize.train.inkpages.classes import DIGITS, PAPER, PRINTED, RULES, WRITING
from digitize.train.inkpages.pages import InkPages

__all__ = ["DIGITS", "PAPER", "PRINTED", "RULES", "WRITING", "InkPages"]
