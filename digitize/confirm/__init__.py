"""The second reader's say: where it agrees a number is surer, where not it goes to review.

Two hypotheses about each number, what the digits say and what the reader of whole numbers says, are
each judged by both readers: the classifier reads the pieces into which the second reader's text
parts the ink, and the second reader tells how likely the digits' text is.
"""

from __future__ import annotations

from collections.abc import Sequence

from digitize.classify import Classifier
from digitize.confirm.agreement import judge
from digitize.confirm.hypotheses import hypotheses_of, read_by_pieces
from digitize.confirm.settle import settle
from digitize.confirm.strips import strip_of
from digitize.confirm.unread import read_unread
from digitize.group import GroupOptions
from digitize.records import Layers, Number
from digitize.sequence import SequenceReader

__all__ = ["confirm"]


def confirm(
    numbers: Sequence[Number],
    layers: Layers,
    classifier: Classifier,
    reader: SequenceReader,
    options: GroupOptions,
) -> list[Number]:
    """Return the numbers as both readers together have them; their text is digits alone.

    A number that they read differently is for review, whichever is believed.
    """
    if options.layout == "number" and not numbers:
        return read_unread(layers, classifier, reader, options)
    strips = [strip_of(number, layers, options.layout) for number in numbers]
    likely = reader.posteriors([strip.pixels for strip in strips])
    own, other = hypotheses_of(numbers, strips, likely)
    judged = read_by_pieces(other, classifier)
    return [
        settle(judge(first, second, number.doubted), number, options)
        for number, first, second in zip(numbers, own, judged, strict=True)
    ]
