"""What a number may say: as its digits were read, and as it was read at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log

from digitize.classify import Classifier
from digitize.confirm.strips import NumberStrip
from digitize.normalise import normalise
from digitize.records import Digit, Floats, Glyph, Number, Status
from digitize.sequence import Emission, align, best_path, log_likelihood, text_of

LEAST = 1e-6  # a probability counts as no less: no reader knows so much
NEVER = log(LEAST)


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """A text with its digits in their places, and what each reader thinks of it.

    by_digits, by_strip: logarithms of probabilities, of all digits by the classifier and of the
    text by the reader of whole numbers. has_cut: whether ink was cut for it.
    """

    digits: tuple[Digit, ...]
    by_digits: float
    by_strip: float

    @property
    def text(self) -> str:
        """What the digits say."""
        return "".join(str(digit.digit) for digit in self.digits)

    @property
    def has_cut(self) -> bool:
        """Whether ink was cut for one of the digits."""
        return any(digit.cut for digit in self.digits)


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the second reader reads: digits to be, their ink, and how likely the text is."""

    digits: tuple[Digit, ...]
    glyphs: tuple[Glyph, ...]
    by_strip: float


def hypotheses_of(
    numbers: Sequence[Number], strips: Sequence[NumberStrip], likely: Sequence[Floats]
) -> tuple[list[Hypothesis], list[Proposal | None]]:
    """Return each number as read, and the second reader's proposal; None where that is the same."""
    own, others = [], []
    for number, strip, frames in zip(numbers, strips, likely, strict=True):
        by_digits = sum(log(max(digit.confidence, LEAST)) for digit in number.digits)
        by_strip = max(NEVER, log_likelihood(frames, number.text))
        own.append(Hypothesis(number.digits, by_digits, by_strip))
        read = best_path(frames)
        text = text_of(read)
        is_other = text not in ("", number.text)
        others.append(propose(number.digits, text, strip, frames) if is_other else None)
    return own, others


def propose(
    digits: Sequence[Digit], text: str, strip: NumberStrip, frames: Floats
) -> Proposal | None:
    """Return the second reader's text in its places on the ink; None where a digit has no ink.

    digits: those of the number as the first reader has it; there may be none.
    """
    places = align(frames, text)
    if len(text) == len(digits):
        # the cuts are not in question, only what stands between them
        glyphs = [_ink_of(digit, strip) for digit in digits]
    else:
        glyphs = [strip.between(left, right) for left, right in pairwise(edges(places, strip))]
    found = [glyph for glyph in glyphs if glyph is not None]
    if len(found) < len(text):
        return None
    proposed = tuple(
        _digit(emission, glyph, digits) for emission, glyph in zip(places, found, strict=True)
    )
    return Proposal(proposed, tuple(found), max(NEVER, log_likelihood(frames, text)))


def edges(places: Sequence[Emission], strip: NumberStrip) -> list[int]:
    """Return the columns that part the digits of an alignment, both ends of the ink included."""
    middles = [place.middle for place in places]
    inner = [strip.column_of((left + right) / 2) for left, right in pairwise(middles)]
    return [0, *inner, strip.ink.shape[1]]


def _ink_of(digit: Digit, strip: NumberStrip) -> Glyph | None:
    left = round(digit.box.x - strip.box.x)
    glyph = strip.between(max(0, left), max(0, left + round(digit.box.width)))
    return glyph and Glyph(glyph.ink, digit.box, cut=digit.cut)


def _digit(emission: Emission, glyph: Glyph, digits: Sequence[Digit]) -> Digit:
    """Return what the second reader reads in a glyph, looking as the first's nearest digit does."""
    middle = glyph.box.centre[0]
    nearest = min(digits, key=lambda d: abs(d.box.centre[0] - middle)) if digits else None
    return Digit(
        digit=emission.digit,
        confidence=emission.probability,
        status=Status.REVIEW,
        box=glyph.box,
        alternatives=_others(nearest, emission.digit) if nearest else (),
        cut=glyph.cut,
        stroke=nearest.stroke if nearest else 0.0,
        contrast=nearest.contrast if nearest else 0.0,
    )


def _others(nearest: Digit, read: int) -> tuple[tuple[int, float], ...]:
    """Return what the first reader makes of a digit, without what it is read as now."""
    likely = ((nearest.digit, nearest.confidence), *nearest.alternatives)
    return tuple((digit, share) for digit, share in likely if digit != read)


def read_by_pieces(
    proposals: Sequence[Proposal | None], classifier: Classifier
) -> list[Hypothesis | None]:
    """Return the proposals with what the classifier makes of their pieces, all in one call."""
    glyphs = [glyph for proposal in proposals if proposal for glyph in proposal.glyphs]
    scores = classifier.scores(normalise(glyphs))
    judged: list[Hypothesis | None] = []
    start = 0
    for proposal in proposals:
        if proposal is None:
            judged.append(None)
            continue
        rows = scores[start : start + len(proposal.glyphs)]
        start += len(proposal.glyphs)
        by_digits = sum(
            log(max(float(row[digit.digit]), LEAST))
            for row, digit in zip(rows, proposal.digits, strict=True)
        )
        judged.append(Hypothesis(proposal.digits, by_digits, proposal.by_strip))
    return judged
