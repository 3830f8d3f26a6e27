"""Flags on 1s, bars on 7s, slim 9s: drawn where they belong, as often as asked, else not."""

from __future__ import annotations

import numpy as np

from digitize.train.allographs import AllographOptions, vary_allographs

ALWAYS = AllographOptions(flagged=1.0, footed=0.0, barred=1.0, hooked=0.0)
HOOKED = AllographOptions(barred=0.0, hooked=1.0, hooked_width=(1.0, 1.0), hook_lean=0.0)


def upright_bar() -> np.ndarray:
    image = np.zeros((28, 28), dtype=np.float32)
    image[4:24, 13:16] = 1.0
    return image


def varied(image: np.ndarray, label: int, options: AllographOptions = ALWAYS) -> np.ndarray:
    images = vary_allographs(
        image[None], np.array([label], np.uint8), np.random.default_rng(0), options
    )
    return images[0]


def test_a_flag_grows_from_the_head_of_a_1_down_to_its_left() -> None:
    added = varied(upright_bar(), 1) - upright_bar()
    rows, columns = np.nonzero(added > 0.5)
    assert len(rows) > 5
    assert columns.max() < 16
    assert rows.max() < 20
    leftmost, rightmost = rows[columns.argmin()], rows[columns.argmax()]
    assert leftmost > rightmost


def test_a_bar_crosses_the_stem_of_a_7_half_way_down() -> None:
    added = varied(upright_bar(), 7) - upright_bar()
    rows, columns = np.nonzero(added > 0.5)
    assert columns.min() < 13 <= 16 <= columns.max()
    assert 9 <= rows.min() <= rows.max() <= 18


def angle() -> np.ndarray:
    """Draw a 7 of two strokes: a top and an upright stem at its right end."""
    image = upright_bar()
    image[4:7, 6:16] = 1.0
    return image


def test_a_hook_hangs_from_the_left_end_of_a_7s_top_and_stays_clear_of_its_stem() -> None:
    added = varied(angle(), 7, HOOKED) - angle()
    rows, columns = np.nonzero(added > 0.5)
    assert len(rows)
    assert columns.max() < 10
    assert 6 <= rows.max() <= 16


def test_a_7_with_a_hook_is_narrower_than_it_was() -> None:
    narrow = AllographOptions(barred=0.0, hooked=1.0, hooked_width=(0.6, 0.6))
    columns = np.flatnonzero(varied(angle(), 7, narrow).max(axis=0) > 0.5)
    assert np.ptp(columns) < np.ptp(np.flatnonzero(angle().max(axis=0)))


def test_the_flag_of_a_1_is_steeper_than_the_top_of_a_7() -> None:
    for seed in range(30):
        images = vary_allographs(
            upright_bar()[None], np.ones(1, np.uint8), np.random.default_rng(seed), ALWAYS
        )
        rows, columns = np.nonzero(images[0] - upright_bar() > 0.5)
        assert np.ptp(rows) >= 0.7 * np.ptp(columns)


def test_a_9_becomes_slim_about_its_middle() -> None:
    slim = AllographOptions(slim=1.0, slim_width=(0.5, 0.5))
    loop = np.zeros((28, 28), dtype=np.float32)
    loop[4:14, 8:20] = 1.0
    columns = np.flatnonzero(varied(loop, 9, slim).max(axis=0) > 0.5)
    assert np.ptp(columns) + 1 == 6
    assert abs(columns.mean() - 13.5) <= 0.5


def test_a_foot_stands_under_the_stem_where_it_is_asked_for() -> None:
    footed = varied(upright_bar(), 1, AllographOptions(flagged=1.0, footed=1.0))
    assert (footed[23] > 0.5).sum() > (upright_bar()[23] > 0.5).sum()


def test_a_stem_that_lies_flat_gets_no_flag() -> None:
    slanted = np.zeros((28, 28), dtype=np.float32)
    for step in range(20):
        slanted[4 + step, 3 + step : 6 + step] = 1.0
    assert np.array_equal(varied(slanted, 1), slanted)


def test_other_digits_and_empty_images_stay_as_they_are() -> None:
    for label in (0, 2, 3, 4, 5, 6, 8, 10):
        assert np.array_equal(varied(upright_bar(), label), upright_bar())
    blank = np.zeros((28, 28), dtype=np.float32)
    assert not varied(blank, 1).any()
    assert not varied(blank, 7).any()


def test_the_given_images_are_not_changed_and_a_seed_repeats_itself() -> None:
    images = np.stack([upright_bar()] * 50)
    labels = np.ones(50, np.uint8)
    first = vary_allographs(images, labels, np.random.default_rng(3))
    again = vary_allographs(images, labels, np.random.default_rng(3))
    assert np.array_equal(first, again)
    assert np.array_equal(images, np.stack([upright_bar()] * 50))
    flagged = np.mean([not np.array_equal(image, upright_bar()) for image in first])
    assert 0.05 < flagged < 0.35
