"""The best way through a lattice: the one whose pieces are digits, and how clear a winner it is."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from digitize.classify import CLASSES, NOT_A_DIGIT
from digitize.decode import Shape, best_parting
from digitize.records import Floats

TALL = 40.0


def digit(first: int, last: int, width: float = 28.0, height: float = TALL) -> Shape:
    return Shape(width, height, first, last)


def says(*answers: tuple[int, float]) -> Floats:
    """One row for each answer: a class, and how sure; the rest is shared by the others."""
    scores = np.zeros((len(answers), CLASSES), np.float32)
    for row, (answer, sure) in zip(scores, answers, strict=True):
        row[:] = (1 - sure) / (CLASSES - 1)
        row[answer] = sure
    return scores


def all_paths(shapes: list[Shape], pieces: int, start: int = 0) -> list[list[int]]:
    """Every way from a piece to the last one, written out."""
    if start == pieces:
        return [[]]
    return [
        [at, *rest]
        for at, shape in enumerate(shapes)
        if shape.first == start
        for rest in all_paths(shapes, pieces, shape.last)
    ]


@st.composite
def lattices(draw: st.DrawFn) -> tuple[list[Shape], Floats, int]:
    """Up to five pieces, some of their runs in any order, and any scores."""
    pieces = draw(st.integers(1, 5))
    spans = [(first, last) for first in range(pieces) for last in range(first + 1, pieces + 1)]
    kept = draw(st.lists(st.sampled_from(spans), unique=True, min_size=1))
    sides = st.floats(8, 60)
    shapes = [Shape(draw(sides), draw(sides), *span) for span in kept]
    seed = draw(st.integers(0, 2**32 - 1))
    scores = np.random.default_rng(seed).dirichlet([0.3] * CLASSES, len(kept))
    return shapes, scores.astype(np.float32), pieces


def test_two_digits_that_are_no_digit_together_are_parted() -> None:
    shapes = [digit(0, 1), digit(1, 2), digit(0, 2, width=60)]
    scores = says((3, 0.95), (6, 0.95), (NOT_A_DIGIT, 0.95))
    path, posterior = best_parting(shapes, scores, 2)
    assert path == [0, 1]
    assert posterior > 0.9


def test_a_wide_digit_whose_halves_are_none_stays_whole() -> None:
    shapes = [digit(0, 1, width=22), digit(1, 2, width=22), digit(0, 2, width=44)]
    scores = says((NOT_A_DIGIT, 0.95), (NOT_A_DIGIT, 0.95), (0, 0.95))
    path, posterior = best_parting(shapes, scores, 2)
    assert path == [2]
    assert posterior > 0.9


def test_the_cuts_that_make_three_digits_are_found_among_many() -> None:
    spans = [
        (first, last) for first in range(6) for last in range(first + 1, min(6, first + 4) + 1)
    ]
    real = {(0, 2): 4, (2, 3): 1, (3, 6): 7}
    shapes = [digit(first, last, 14.0 * (last - first)) for first, last in spans]
    scores = says(*((real[s], 0.97) if s in real else (NOT_A_DIGIT, 0.97) for s in spans))
    path, _ = best_parting(shapes, scores, 6)
    assert [spans[at] for at in path] == list(real)


def test_of_two_readings_alike_the_one_with_fewer_cuts_is_taken() -> None:
    shapes = [digit(0, 1, 20), digit(1, 2, 20), digit(0, 2, 30)]
    path, _ = best_parting(shapes, says((3, 0.8), (5, 0.8), (8, 0.8)), 2)
    assert path == [2]


def test_a_chain_of_sure_digits_is_not_read_as_one_doubtful_wide_one() -> None:
    shapes = [digit(at, at + 1) for at in range(8)] + [digit(0, 8, width=230)]
    path, _ = best_parting(shapes, says(*[(3, 0.95)] * 8, (4, 0.05)), 8)
    assert len(path) == 8


def test_a_shape_that_no_digit_has_is_avoided_where_scores_leave_it_open() -> None:
    shapes = [digit(0, 1, 28), digit(1, 3, 28), digit(0, 2, 50), digit(2, 3, 6)]
    path, _ = best_parting(shapes, says((3, 0.9), (2, 0.9), (3, 0.9), (2, 0.9)), 3)
    assert path == [0, 1]


def test_a_piece_much_lower_than_the_others_is_avoided_where_scores_leave_it_open() -> None:
    shapes = [digit(0, 1), digit(1, 3), digit(0, 2), digit(2, 3, 7, 10)]
    path, _ = best_parting(shapes, says((3, 0.9), (2, 0.9), (3, 0.9), (2, 0.9)), 3)
    assert path == [0, 1]


def test_a_digit_that_the_classifier_is_sure_of_may_have_an_odd_shape() -> None:
    shapes = [digit(0, 1, 12), digit(1, 2, 70), digit(0, 2, 80)]
    path, _ = best_parting(shapes, says((1, 0.99), (2, 0.99), (NOT_A_DIGIT, 0.999)), 2)
    assert path == [0, 1]


def test_two_ways_alike_share_the_posterior() -> None:
    shapes = [digit(0, 1), digit(1, 3), digit(0, 2), digit(2, 3)]
    _, posterior = best_parting(shapes, says(*[(3, 0.9)] * 4), 3)
    assert posterior == pytest.approx(0.5)


def test_the_only_way_is_certain_of_itself() -> None:
    path, posterior = best_parting([digit(0, 1)], says((NOT_A_DIGIT, 0.9)), 1)
    assert path == [0]
    assert posterior == pytest.approx(1)


def test_where_pieces_are_missing_there_is_no_path() -> None:
    shapes = [digit(0, 1), digit(2, 3)]
    assert best_parting(shapes, says((3, 0.9), (3, 0.9)), 3) == ([], 0.0)


def test_nothing_has_no_path() -> None:
    assert best_parting([], np.zeros((0, CLASSES), np.float32), 2) == ([], 0.0)


def test_scores_of_naught_are_survived() -> None:
    scores = np.eye(CLASSES, dtype=np.float32)[[NOT_A_DIGIT, NOT_A_DIGIT]]
    path, posterior = best_parting([digit(0, 1), digit(1, 2)], scores, 2)
    assert path == [0, 1]
    assert posterior == pytest.approx(1)


@given(lattices())
def test_the_path_goes_from_end_to_end_without_a_gap(
    lattice: tuple[list[Shape], Floats, int],
) -> None:
    shapes, scores, pieces = lattice
    path, posterior = best_parting(shapes, scores, pieces)
    ways = all_paths(shapes, pieces)
    assert (path in ways) if ways else (path == [])
    assert 0 <= posterior <= 1 + 1e-9


@given(lattices())
def test_the_posterior_falls_short_of_one_where_there_is_another_way(
    lattice: tuple[list[Shape], Floats, int],
) -> None:
    shapes, scores, pieces = lattice
    ways = all_paths(shapes, pieces)
    assume(len(ways) > 1)
    path, posterior = best_parting(shapes, scores, pieces)
    assert 1 / len(ways) - 1e-9 <= posterior < 1 + 1e-9
    alone = best_parting([shapes[at] for at in path], scores[path], pieces)
    assert alone[1] == pytest.approx(1)


@given(lattices())
def test_the_order_of_the_candidates_changes_nothing(
    lattice: tuple[list[Shape], Floats, int],
) -> None:
    shapes, scores, pieces = lattice
    order = list(range(len(shapes)))[::-1]
    path, posterior = best_parting(shapes, scores, pieces)
    other, again = best_parting([shapes[at] for at in order], scores[order], pieces)
    assert [order[at] for at in other] == path
    assert again == pytest.approx(posterior)


@given(st.floats(0.05, 0.95), st.floats(0.05, 0.95))
def test_the_odds_of_two_ways_are_those_of_their_scores(one: float, other: float) -> None:
    shapes = [digit(0, 1), digit(1, 3), digit(0, 2), digit(2, 3)]
    scores = says((3, 0.9), (3, one), (3, 0.9), (3, other))
    likely = [scores[at, 3] * (1 - scores[at, NOT_A_DIGIT]) for at in (1, 3)]
    best, worse = max(likely), min(likely)
    assume(min(one, other) > 0.1 + 1e-3)
    _, posterior = best_parting(shapes, scores, 3)
    assert posterior == pytest.approx(best / (best + worse), rel=1e-4)
