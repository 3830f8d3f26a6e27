"""A picture of one number whose joined digits the first reader could not tell apart."""

from __future__ import annotations

from digitize.classify import Classifier
from digitize.confirm.agreement import alone
from digitize.confirm.hypotheses import propose, read_by_pieces
from digitize.confirm.settle import settle
from digitize.confirm.strips import strip_of_ink
from digitize.group import GroupOptions
from digitize.records import Layers, Number
from digitize.sequence import SequenceReader, best_path, text_of


def read_unread(
    layers: Layers, classifier: Classifier, reader: SequenceReader, options: GroupOptions
) -> list[Number]:
    """Return the number that the second reader alone reads in all ink, for review; or none."""
    if not layers.digits.any():
        return []
    strip = strip_of_ink(layers.digits, layers.digit_height)
    (frames,) = reader.posteriors([strip.pixels])
    text = text_of(best_path(frames))
    proposal = propose((), text, strip, frames) if text else None
    (judged,) = read_by_pieces([proposal], classifier)
    return [settle(alone(judged), None, options)] if judged else []
