"""Scenes: what each kind of page holds, and what it never does."""

from __future__ import annotations

import numpy as np
import pytest
from drawn_pages import blank_bench

from digitize.train.inkpages import (
    scenes_empty,
    scenes_forms,
    scenes_sums,
    scenes_tables,
    scenes_written,
)
from digitize.train.inkpages.bench import Bench
from digitize.train.inkpages.classes import BY_RANK, DIGITS, PRINTED, RULES, WRITING
from digitize.train.inkpages.pages import SCENES
from digitize.train.inkpages.signs import MARKS, SIGNS, write_sign

SEEDS = range(6)


def held(scene, seed: int, height: float = 24.0) -> set[int]:
    bench = blank_bench(seed, height)
    scene(bench)
    return {int(kind) for kind in np.unique(BY_RANK[bench.canvas.rank])}


def held_in_all(scene) -> set[int]:
    return set().union(*(held(scene, seed) for seed in SEEDS))


@pytest.mark.parametrize("scene", [s for s, _ in SCENES if s.__module__ == scenes_empty.__name__])
def test_pages_without_a_handwritten_digit_have_none(scene):
    assert DIGITS not in held_in_all(scene)


@pytest.mark.parametrize("scene", [s for s, _ in SCENES if s.__module__ != scenes_empty.__name__])
def test_pages_that_people_write_on_hold_digits(scene):
    assert sum(DIGITS in held(scene, seed) for seed in SEEDS) >= 5


@pytest.mark.parametrize("height", [14.0, 48.0])
@pytest.mark.parametrize("scene", [scene for scene, _ in SCENES])
def test_scenes_fit_small_digits_and_large_ones(scene, height):
    held(scene, 0, height)


@pytest.mark.parametrize(
    "scene",
    [
        scenes_forms.fill_boxes,
        scenes_forms.fill_combs,
        scenes_tables.fill_table,
        scenes_written.write_on_rules,
        scenes_written.write_in_squares,
        scenes_empty.rule_empty,
    ],
)
def test_forms_and_exercise_paper_are_ruled(scene):
    assert all(RULES in held(scene, seed) for seed in SEEDS)


@pytest.mark.parametrize(
    "scene",
    [
        scenes_forms.fill_answer_page,
        scenes_sums.print_column_sums,
        scenes_tables.fill_marks,
        scenes_empty.print_figures,
    ],
)
def test_printed_figures_are_no_digits(scene):
    assert PRINTED in held_in_all(scene)


@pytest.mark.parametrize("sign", sorted(SIGNS))
def test_a_sign_is_writing(sign):
    bench = blank_bench(1)
    end = write_sign(bench.hand(), sign, 100, 150)
    kinds = BY_RANK[bench.canvas.rank]
    assert set(np.unique(kinds)) <= {0, WRITING}
    assert (kinds == WRITING).any()
    assert end > 95


@pytest.mark.parametrize("mark", MARKS)
def test_marks_are_writing(mark):
    bench: Bench = blank_bench(4)
    mark(bench.hand(), 150, 150)
    kinds = BY_RANK[bench.canvas.rank]
    assert set(np.unique(kinds)) == {0, WRITING}
