"""From layers to digits: whole glyphs first, and then those that may be several digits, parted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from digitize.classify import Classifier
from digitize.decode import Shape, best_parting, decode
from digitize.due_strokes import DUE, read_due_strokes
from digitize.geometry import window
from digitize.normalise import normalise
from digitize.options import PageOptions
from digitize.records import BARE_STROKE, Box, Floats, Glyph, Layers, Reading
from digitize.segment import Lattice, may_be_several, part, part_stacked, segment
from digitize.tails import read_heads

MOST_REFUSED = 0.5  # of the pieces of one glyph: among digits, a piece that is none was cut badly
NEVER = 1.1  # a probability that nothing reaches


@dataclass(frozen=True, slots=True)
class Recognised:
    """Glyphs that were read, their readings, the boxes of those refused, and what was parted."""

    glyphs: list[Glyph]
    readings: list[Reading]
    refused: list[Box]
    lattices: list[Lattice]

    def supplied(self) -> list[Box]:
        """Return the boxes of strokes that are digits by their place alone."""
        pairs = zip(self.glyphs, self.readings, strict=True)
        return [glyph.box for glyph, reading in pairs if reading is DUE]

    def add(self, glyph: Glyph, reading: Reading | None) -> None:
        """Take in a glyph, read or refused."""
        if reading is None:
            self.refused.append(glyph.box)
        else:
            self.glyphs.append(glyph)
            self.readings.append(reading)


def recognise(layers: Layers, classifier: Classifier, options: PageOptions) -> Recognised:
    """Return every digit in the layer of digits.

    The classifier is asked twice: about all glyphs, and about the pieces of those that are wide or
    doubtful.
    """
    glyphs = one_line_each(
        segment(layers, options.segment, stacks=True), layers, classifier, options
    )
    height, found = layers.digit_height, Recognised([], [], [], [])
    found.refused.extend(g.box for g in glyphs if is_too_high(g, height, options))
    glyphs = [doubted(glyph, layers) for glyph in glyphs if not is_too_high(glyph, height, options)]
    scores = classifier.scores(normalise(glyphs, options.normalise))
    readings: Sequence[Reading | None] = read_due_strokes(glyphs, decode(scores, options.decode))
    glyphs, readings = read_heads(glyphs, readings, height, classifier, options)
    wide: list[Glyph] = []
    for glyph, reading in zip(glyphs, readings, strict=True):
        if may_be_several(glyph, reading.confidence if reading else 0.0):
            wide.append(glyph)
        else:
            found.add(glyph, reading)
    found.lattices.extend(part(glyph, height) for glyph in wide)
    candidates = [glyph for lattice in found.lattices for glyph in lattice.candidates]
    if not candidates:
        return found
    likely, start = classifier.scores(normalise(candidates, options.normalise)), 0
    for lattice in found.lattices:
        end = start + len(lattice.candidates)
        for glyph, reading in decode_lattice(lattice, likely[start:end], options):
            found.add(glyph, reading)
        start = end
    return found


def one_line_each(
    glyphs: Sequence[Glyph], layers: Layers, classifier: Classifier, options: PageOptions
) -> list[Glyph]:
    """Return the glyphs, those parted that are digits of several lines, if every part is one.

    What is read as a bare stroke is none: it may be the long tail of a 7 or a 9.
    """
    stacks = part_stacked(glyphs, layers.digit_height)
    parts = [part for stack in stacks.values() for part in stack]
    if not parts:
        return list(glyphs)
    scores = classifier.scores(normalise(parts, options.normalise))
    homes = [at for at, stack in stacks.items() for _ in stack]
    readings = zip(homes, decode(scores, options.decode), strict=True)
    whole = {at for at, reading in readings if reading is None or reading.digit == BARE_STROKE}
    return [
        part
        for at, glyph in enumerate(glyphs)
        for part in (stacks[at] if at in stacks and at not in whole else (glyph,))
    ]


def is_too_high(glyph: Glyph, height: float, options: PageOptions) -> bool:
    """Tell whether a glyph is higher than a digit: several lines of them that were not parted."""
    return glyph.box.height > options.segment.most_height * height


def doubted(glyph: Glyph, layers: Layers) -> Glyph:
    """Return the glyph, marked where it was won back from other writing."""
    if layers.won_back is None or not layers.won_back[window(glyph.box)].any():
        return glyph
    return replace(glyph, cut=True)


def decode_lattice(
    lattice: Lattice, scores: Floats, options: PageOptions
) -> Sequence[tuple[Glyph, Reading | None]]:
    """Return the digits of a lattice's best path; each is the less certain the less the path is."""
    shapes = [
        Shape(glyph.box.width, glyph.box.height, *span)
        for glyph, span in zip(lattice.candidates, lattice.spans, strict=True)
    ]
    path, posterior = best_parting(shapes, scores, lattice.pieces)
    share = posterior ** (1 / max(1, len(path)))  # so that all together are as certain as the path
    readings = decode(scores[path], options.decode)
    refused = sum(reading is None for reading in readings)
    if refused <= MOST_REFUSED * len(path):
        readings = decode(scores[path], replace(options.decode, refuse_from=NEVER))
    return [
        (lattice.candidates[at], reading and weakened(reading, share))
        for at, reading in zip(path, readings, strict=True)
    ]


def weakened(reading: Reading, share: float) -> Reading:
    """Return the reading with its confidence, and all other probabilities, at this share."""
    return replace(
        reading,
        confidence=reading.confidence * share,
        alternatives=tuple((digit, likely * share) for digit, likely in reading.alternatives),
    )
