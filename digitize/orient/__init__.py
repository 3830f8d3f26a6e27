"""By which quarter turn a page stands upright, judged by its digits.

Marks of a digit's size are turned and read one by one: most digits on their side or their head are
none to the classifier. A bar says nothing so: standing it is a 1, lying a minus. Where a mark's
nearest neighbour lies says whether lines of writing run across the page or down it. The page is
turned only where both together, as log odds, are clear.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from digitize.classify import NOT_A_DIGIT, Classifier
from digitize.normalise import normalise
from digitize.orient.marks import Contour, cut_out, find_marks, lie_beside, spread
from digitize.orient.turning import TURNS, onto_given, turn_page, turned
from digitize.records import Floats, Glyph, Layers

__all__ = ["OrientOptions", "Orientation", "find_turn", "is_on_its_head", "onto_given", "turn_page"]

LogOdds: TypeAlias = NDArray[np.float64]
Orientation: TypeAlias = Literal["auto", "0", "90", "180", "270"]

GLANCE = 24  # marks read first: most upright pages are known by them
AT_A_GLANCE = -0.05  # mean log probability of theirs at which no other turn is tried
CLEAR = 2.0  # log odds by which the page as it is must lead by them for no more to be read
MOST_MARKS = 96  # marks read at each turn in doubt: 48 tell most composed pages, 96 nearly all
FEWEST = 4  # marks: by fewer no page is turned
FEWEST_TELLING = 3  # of them that have a say
OF_WRITING = 2.0  # times as much is needed where the marks are other writing: mostly letters
LEAST_LIKELY = 0.3  # what a reading counts at least: a letter may be a digit at a wrong turn alone
SURE = 0.5  # probability of a digit, at its best turn, from which a mark has a say
MOSTLY = (
    0.6  # of the marks with a say: so many are digits on a page of them, by their mean logarithm
)
BAR = 1  # the digit that a lying bar is once it stands


@dataclass(frozen=True, slots=True)
class OrientOptions:
    """How a page is set upright.

    orientation: degrees by which it is turned clockwise before it is read; auto: its digits tell.
    reading, neighbours: log odds for each unit of a mark's log probability, and for each mark with
    its nearest neighbour beside it rather than above or below.
    margin: the log odds by which another turn must outdo the page as it is. noise: by how much more
    on pages of many marks, in standard deviations of what their sum would come to by chance.

    Chosen on windows of 4 to 96 marks of 32 drawn pages (of MNIST training digits, many with
    letters and bars) at all four turns; checked on 1,160 windows of 14 more pages, of which 6 that
    are upright were turned. `neighbours` is set low, for real pages have columns of single digits.
    """

    orientation: Orientation = "auto"
    reading: float = 1.2
    neighbours: float = 0.4
    margin: float = 3.0
    noise: float = 1.0

    @property
    def asked(self) -> int:
        """The right angles that the page is to be turned by, whatever stands on it."""
        return 0 if self.orientation == "auto" else int(self.orientation) // 90


def find_turn(
    layers: Layers, classifier: Classifier, options: OrientOptions = OrientOptions()
) -> int:
    """Return by how many right angles, 0 to 3, the page is to be turned clockwise to be upright.

    Where hardly any digit is seen, other writing is asked: on a page that lies on its side all
    digits may be taken for that.
    """
    if is_upright_at_a_glance(layers, classifier):
        return 0
    contours = find_marks(layers.digits, layers.digit_height)
    is_writing = len(contours) < FEWEST
    if is_writing:
        layers = replace(layers, digits=layers.writing)
        contours = find_marks(layers.digits, layers.digit_height)
    few = weigh(*find_evidence(layers, contours, GLANCE, classifier), options)
    if few[0] - few[1:].max() >= CLEAR:
        return 0
    readings, beside = find_evidence(layers, contours, MOST_MARKS, classifier)
    odds = weigh(readings, beside, options)
    turn = int(np.argmax(odds))
    least = needed(readings, turn, options) * (OF_WRITING if is_writing else 1.0)
    if odds[turn] - odds[0] <= least:
        return 0
    if is_writing:  # letters may look like digits on their head; which way lines run says more
        return turn if turn % 2 else 0
    # of a page of words, some letters look like digits at any turn
    return turn if are_mostly_digits(readings, turn) else 0


def is_on_its_head(
    layers: Layers, classifier: Classifier, options: OrientOptions = OrientOptions()
) -> bool:
    """Tell whether a page that lay on its side was turned the wrong way.

    To be asked once it was turned: then the ink network sees more of its digits than before.
    """
    layers = with_doubtful(layers)
    contours = find_marks(layers.digits, layers.digit_height)
    odds = weigh(*find_evidence(layers, contours, MOST_MARKS, classifier), options)
    return bool(odds[2] > odds[0])


def with_doubtful(layers: Layers) -> Layers:
    """Return the layers with doubtful ink among the digits: many look less so when not upright."""
    if layers.doubtful is None:
        return layers
    return replace(layers, digits=np.maximum(layers.digits, layers.doubtful))


def is_upright_at_a_glance(layers: Layers, classifier: Classifier) -> bool:
    """Tell whether the marks in the middle of the page are nearly all digits as they stand.

    The middle third holds enough marks on a full page, and they are found in a third of the time.
    """
    third = layers.digits.shape[0] // 3
    ink = layers.digits[third : 2 * third]
    contours = find_marks(ink, layers.digit_height)
    if len(contours) < GLANCE:
        return False
    marks = [cut_out(ink, contour) for contour in spread(contours, GLANCE)]
    return float(as_logs(digit_scores(marks, classifier).max(axis=1)).mean()) >= AT_A_GLANCE


def find_evidence(
    layers: Layers, contours: Sequence[Contour], most: int, classifier: Classifier
) -> tuple[Floats, NDArray[np.bool_]]:
    """Return what `weigh` goes by, of at most `most` of the page's marks."""
    marks = [cut_out(layers.digits, contour) for contour in spread(contours, most)]
    if len(marks) < FEWEST:
        return np.zeros((0, TURNS), dtype=np.float32), np.zeros(0, dtype=np.bool_)
    return read_turned(marks, classifier), lie_beside(marks, contours)


def weigh(readings: Floats, beside: NDArray[np.bool_], options: OrientOptions) -> LogOdds:
    """Return (4,) float64: each turn's log odds, up to one number for all; 0 where too few tell.

    readings: (marks, 4) float32, log probability of the likeliest digit at each turn. beside:
    (marks,) whether the nearest neighbour lies beside the mark on the page as it is.
    """
    telling = have_a_say(readings)
    if len(readings) < FEWEST or telling.sum() < FEWEST_TELLING:
        return np.zeros(TURNS)
    lines = float(np.where(beside, 0.5, -0.5).sum()) * np.array([1, -1, 1, -1])
    digits = readings[telling].sum(axis=0, dtype=np.float64)
    return np.asarray(options.reading * digits + options.neighbours * lines, dtype=np.float64)


def needed(readings: Floats, turn: int, options: OrientOptions) -> float:
    """Return the log odds by which a turn must outdo the page as it is.

    Were each mark as likely to speak for the one as for the other, the sum over all would have this
    standard deviation: what many letters say by chance alone must not turn a page.
    """
    telling = readings[have_a_say(readings)]
    by_chance = options.reading * float(np.linalg.norm(telling[:, turn] - telling[:, 0]))
    return max(options.margin, options.noise * by_chance)


def are_mostly_digits(readings: Floats, turn: int) -> bool:
    """Tell whether most of the marks with a say, one at least, are digits at a turn: see MOSTLY."""
    least = (1 - MOSTLY) * np.log(LEAST_LIKELY)
    return bool(readings[have_a_say(readings), turn].mean() >= least)


def have_a_say(readings: Floats) -> NDArray[np.bool_]:
    """Return (marks,) whether a mark is a digit at any turn; readings: as `weigh` has them."""
    return np.asarray(readings.max(axis=1) >= np.log(SURE), dtype=np.bool_)


def read_turned(marks: Sequence[Glyph], classifier: Classifier) -> Floats:
    """Return (marks, 4) float32: log of the likeliest digit's probability at each turn.

    What is a bar at its best turn is hardly a digit at any.
    """
    scores = np.stack([digit_scores(marks, classifier, turn) for turn in range(TURNS)], axis=1)
    likeliest = scores.max(axis=2)
    at_best = scores[np.arange(len(marks)), likeliest.argmax(axis=1)].argmax(axis=1)
    likeliest[at_best == BAR] = LEAST_LIKELY
    return as_logs(likeliest)


def digit_scores(marks: Sequence[Glyph], classifier: Classifier, turn: int = 0) -> Floats:
    """Return (marks, 10) float32: the probability of each digit for each mark, once turned."""
    standing = [replace(mark, ink=turned(mark.ink, turn)) for mark in marks]
    return classifier.scores(normalise(standing))[:, :NOT_A_DIGIT]


def as_logs(probabilities: Floats) -> Floats:
    """Return logs of probabilities, none so low that one mark alone could decide."""
    return np.asarray(np.log(np.maximum(probabilities, LEAST_LIKELY)), dtype=np.float32)
