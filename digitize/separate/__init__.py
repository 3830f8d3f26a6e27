"""Flat page to layers of ink: digits, other writing and print, rules; and the cells of rules.

Rules are found by their shape. What else is no digit is told by the ink network, where there is
one; without it, by its size alone.
"""

from __future__ import annotations

import cv2
import numpy as np

from digitize.records import FlatPage, Layers
from digitize.separate.cells import find_cells
from digitize.separate.erase import without_rules
from digitize.separate.heights import estimate_digit_height, split_by_size
from digitize.separate.options import SeparateOptions
from digitize.separate.rules import find_rules
from digitize.separate.web import find_height_in_web, is_one_web

__all__ = ["SeparateOptions", "separate"]


def separate(page: FlatPage, options: SeparateOptions = SeparateOptions()) -> Layers:
    """Return the page's ink in layers, and the closed cells its rules make."""
    ink = page.ink
    height = estimate_digit_height(ink)
    if is_one_web(ink, height):
        height = find_height_in_web(ink, options)
    rows, columns = find_rules(ink, height, options)
    if not rows and not columns:
        digits, writing = split_by_size(ink, height)
        return Layers(digits, writing, np.zeros_like(ink), height)
    digits = without_rules(ink, rows, columns)
    cells = find_cells(rows, columns, ink.shape, height)
    rules = cv2.subtract(ink, digits)
    height = estimate_digit_height(digits)
    digits, writing = split_by_size(digits, height)
    return Layers(digits, writing, np.asarray(rules, dtype=np.uint8), height, cells)
