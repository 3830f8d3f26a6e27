"""Single digits among letters: in a column of them, as in a list of answers, an 8 may be a B.

And beside other writing, hardly further away than its letters are apart, it may be one of them. In
a column of codes such as M3, K204B and D610 most are hardly numbers, and some look like one.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from digitize.geometry import are_in_column, count_in_columns
from digitize.group.doubt import beside_others, doubted
from digitize.records import Box, Number

BESIDE = 0.9  # heights of a digit: other writing as near, sideways, may be of the same word
SPACE = 0.6  # heights of a letter: with other writing nearer, it is part of a word
FEWEST = 2  # letters: one may be a heading
SHARE = 0.25  # of a column, letters: of a list of A to E, more are seen to be letters
SLIM = 0.4  # of its height: no letter that a digit may be is so narrow; a bracket round one is
UNLIKE = 0.3  # a number less sure hardly is one: a word, or digits with letters among them
CODES, CODES_SHARE = 5, 0.6  # such numbers, and of a column: it is one of codes, or of words


def doubt_lettered(numbers: Sequence[Number], writing: Sequence[Box]) -> list[Number]:
    """Return the numbers, doubted those of one digit in a column with letters or beside writing.

    writing: boxes of other writing as high as digits; letters are those that no other writing
    stands beside, and that are no brackets.
    """
    single = [number for number in numbers if len(number.digits) == 1]
    if not single or not writing:
        return list(numbers)
    boxes = [number.box for number in single]
    in_column = are_in_column(boxes, writing)
    near = np.flatnonzero(in_column.any(axis=0))  # only these are asked: print has thousands
    in_word = beside_others([writing[at] for at in near.tolist()], writing, SPACE).any(axis=1)
    slim = [writing[at].width < SLIM * writing[at].height for at in near.tolist()]
    found = in_column[:, near[~(in_word | np.array(slim, dtype=np.bool_))]].sum(axis=1)
    all_there = found + are_in_column(boxes, boxes).sum(axis=1)
    is_lettered = (found >= FEWEST) & (found >= SHARE * all_there)
    is_beside = beside_others(boxes, writing, BESIDE).any(axis=1)
    lettered = {id(single[at]) for at in np.flatnonzero(is_lettered | is_beside)}
    return [doubted(number) if id(number) in lettered else number for number in numbers]


def doubt_codes(numbers: Sequence[Number]) -> list[Number]:
    """Return the numbers, doubted those in a column whose others mostly are hardly any."""
    unlike = np.array([number.confidence < UNLIKE for number in numbers], dtype=np.bool_)
    if unlike.sum() < CODES:
        return list(numbers)
    found, all_there = count_in_columns([number.box for number in numbers], unlike)
    is_code = (found >= CODES) & (found >= CODES_SHARE * all_there)
    return [doubted(n) if code else n for n, code in zip(numbers, is_code, strict=True)]
