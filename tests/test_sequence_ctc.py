"""What a row of frames says: against all paths written out, and where its digits stand."""

from __future__ import annotations

from itertools import groupby, pairwise, product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from digitize.sequence import STRIDE, align, best_path, confidence, log_likelihood, text_of
from digitize.sequence.ctc import BLANK, NEVER
from digitize.sequence.network import log_softmax

CLASSES = 11
FEW = (3, 7, BLANK)  # classes of the small examples: all paths through them can be written out


def frames_of(classes, sure=0.9):
    """Frames that say one class each, the rest shared by the others; log-probabilities."""
    frames = np.full((len(classes), CLASSES), (1 - sure) / (CLASSES - 1))
    frames[np.arange(len(classes)), classes] = sure
    return np.log(frames).astype(np.float32)


def said(path):
    return "".join(str(label) for label, _ in groupby(path) if label != BLANK)


@st.composite
def few_frames(draw, longest=6):
    """Up to six frames in which only 3, 7 and the blank are possible."""
    count = draw(st.integers(1, longest))
    drawn = draw(st.lists(st.floats(-3, 3), min_size=3 * count, max_size=3 * count))
    frames = np.full((count, CLASSES), -60.0, dtype=np.float32)
    frames[:, FEW] = np.array(drawn).reshape(count, 3)
    return log_softmax(frames)


def all_paths(frames):
    for path in product(FEW, repeat=len(frames)):
        yield path, float(frames[np.arange(len(frames)), path].sum(dtype=np.float64))


@given(few_frames(), st.text("37", max_size=4))
def test_a_texts_likelihood_is_that_of_all_paths_that_say_it(frames, text):
    ways = [score for path, score in all_paths(frames) if said(path) == text]
    found = log_likelihood(frames, text)
    if ways:
        assert found == pytest.approx(float(np.logaddexp.reduce(ways)), abs=1e-4)
    else:
        assert found == NEVER


@given(few_frames(longest=4))
def test_the_confidences_of_all_texts_add_up_to_one(frames):
    texts = {said(path) for path, _ in all_paths(frames)}
    assert sum(confidence(frames, text) for text in texts) == pytest.approx(1, abs=1e-4)


@given(few_frames(), st.text("37", min_size=1, max_size=4))
def test_an_alignment_is_on_the_likeliest_path_of_the_text(frames, text):
    ways = [(score, path) for path, score in all_paths(frames) if said(path) == text]
    if not ways:
        with pytest.raises(ValueError, match="too few"):
            align(frames, text)
        return
    places = align(frames, text)
    taken = np.full(len(frames), BLANK)
    for place in places:
        taken[place.start // STRIDE : place.end // STRIDE] = place.digit
    assert text_of(places) == text == said(taken)
    score = float(frames[np.arange(len(frames)), taken].sum())
    assert score == pytest.approx(max(ways)[0], abs=1e-4)


@given(st.text("0123456789", min_size=1, max_size=8), st.integers(0, 2**32))
def test_the_digits_of_an_alignment_follow_one_another(text, seed):
    noise = np.random.default_rng(seed).normal(0, 2, (24, CLASSES)).astype(np.float32)
    places = align(log_softmax(noise), text)
    assert all(0 <= place.start < place.end <= 24 * STRIDE for place in places)
    assert all(one.end <= other.start for one, other in pairwise(places))
    assert all(0 <= place.probability <= 1 for place in places)


@given(few_frames())
def test_the_best_path_takes_the_likeliest_class_of_every_frame(frames):
    assert text_of(best_path(frames)) == said(max(all_paths(frames), key=lambda way: way[1])[0])


def test_a_digit_said_twice_needs_a_blank_between():
    twice = best_path(frames_of([BLANK, 5, 5, BLANK, 5, 0]))
    assert text_of(twice) == "550"
    assert [(one.start, one.end) for one in twice] == [(4, 12), (16, 20), (20, 24)]
    assert twice[0].middle == 8
    assert [one.probability for one in twice] == pytest.approx([0.9] * 3, abs=1e-5)


def test_a_text_that_the_frames_do_not_say_is_next_to_impossible():
    frames = frames_of([BLANK, 4, BLANK, 2, BLANK], sure=0.999)
    assert confidence(frames, "42") > 0.99
    assert confidence(frames, "43") < 0.001
    assert log_likelihood(frames, "424242") == NEVER  # more digits than frames
    assert confidence(frames, "424242") == 0


def test_no_frames_say_nothing():
    nothing = np.zeros((0, CLASSES), np.float32)
    assert best_path(nothing) == []
    assert log_likelihood(nothing, "1") == NEVER
    with pytest.raises(ValueError, match="too few"):
        align(nothing, "1")
