"""Flat page to layers of ink: digits, other writing and print, rules; and the cells of rules.

Rules are found by their shape. What else is no digit is told by the ink network, where there is
one; without it, by its size alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import cv2
import numpy as np

from digitize.records import Comb, FlatPage, Layers
from digitize.separate.cells import find_cells
from digitize.separate.edges import find_edges
from digitize.separate.erase import without_rules
from digitize.separate.faint import with_faint
from digitize.separate.half_walls import draw_walls, find_combs
from digitize.separate.heights import estimate_digit_height, split_by_size
from digitize.separate.ink_network import InkNetwork, OnnxInkNetwork
from digitize.separate.kinds import Kinds, find_kinds
from digitize.separate.options import USUAL, PrintedDigits, SeparateOptions
from digitize.separate.rules import Rule, find_rules
from digitize.separate.stains import find_stains
from digitize.separate.votes import rule_pixels, share_out
from digitize.separate.web import find_height_in_web, is_one_web

__all__ = ["InkNetwork", "OnnxInkNetwork", "PrintedDigits", "SeparateOptions", "separate"]


LARGER = 1.5  # times as high as all ink is mostly: then print was taken for the digits


def separate(
    page: FlatPage, options: SeparateOptions = USUAL, network: InkNetwork | None = None
) -> Layers:
    """Return the page's ink in layers, and the closed cells its rules make."""
    by_shape, rows = separate_by_shape(page, options)
    if network is None:
        layers = with_combs(page, by_shape, rows, by_shape.digit_height)
        height = estimate_digit_height(layers.digits)
        digits, writing = split_by_size(layers.digits, height)
        return replace(layers, digits=digits, writing=writing, digit_height=height)
    kinds = find_kinds(page, by_shape.digit_height, network)
    height = kinds.digit_height or by_shape.digit_height
    if options.written == "anything" and height > LARGER * by_shape.digit_height:
        by_shape, rows = separate_by_shape(page, options, height)
    layers = with_combs(page, by_shape, rows, height)
    return separate_by_kind(page, layers, kinds, height, options)


def separate_by_shape(
    page: FlatPage, options: SeparateOptions, known: float | None = None
) -> tuple[Layers, list[Rule]]:
    """Return the rules' ink, their cells, and all other ink as digits; and the horizontal rules.

    known: height of the page's digits in pixels, where it is known.
    """
    ink = page.ink
    height = known or estimate_digit_height(ink)
    if not known and is_one_web(ink, height):
        height = find_height_in_web(ink, options)
    rows, columns = find_rules(ink, height, options)
    if not rows and not columns:
        return Layers(ink, np.zeros_like(ink), np.zeros_like(ink), height), []
    digits = without_rules(ink, rows, columns)
    rules = np.asarray(cv2.subtract(ink, digits), dtype=np.uint8)
    cells = tuple(find_cells(rows, columns, ink, height))
    height = estimate_digit_height(digits)
    return Layers(digits, np.zeros_like(ink), rules, height, cells), rows


def with_combs(page: FlatPage, layers: Layers, rows: Sequence[Rule], height: float) -> Layers:
    """Return the layers with the combs that low walls part, these walls among the rules."""
    if not rows:
        return layers
    cells, combs = find_combs(layers.cells, rows, page.ink, height)
    walls = draw_walls(combs, page.ink.shape)
    return replace(
        layers,
        digits=np.asarray(cv2.subtract(layers.digits, walls), dtype=np.uint8),
        rules=np.asarray(cv2.bitwise_or(layers.rules, walls), dtype=np.uint8),
        cells=tuple(cells),
        combs=tuple(Comb(comb.boxes(), comb.whole) for comb in combs),
    )


def separate_by_kind(
    page: FlatPage, by_shape: Layers, kinds: Kinds, height: float, options: SeparateOptions
) -> Layers:
    """Return the layers as the network tells them, rules found by their shape among them.

    height: of the page's digits, in pixels.
    """
    rules = rule_pixels(page.ink, by_shape.rules, kinds, height)
    ink = with_faint(page.ink, page.faint, kinds, height)
    rest = np.asarray(cv2.subtract(ink, rules), dtype=np.uint8)
    shares = share_out(rest, kinds, options.wanted, height)
    edges = find_edges(shares.digits, ink, page.grey, height)
    none = cv2.bitwise_or(edges, find_stains(shares.digits, page.grey, height))
    return Layers(
        digits=np.asarray(cv2.subtract(shares.digits, none), dtype=np.uint8),
        writing=np.asarray(cv2.bitwise_or(shares.writing, none), dtype=np.uint8),
        rules=rules,
        digit_height=height,
        cells=by_shape.cells,
        combs=by_shape.combs,
        doubtful=shares.could_be,
        hardly=np.asarray(cv2.subtract(shares.hardly, none), dtype=np.uint8),
        odds=shares.odds,
    )
