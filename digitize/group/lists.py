"""Numbered lists: what counts on by one down the page is a column of its own, whatever is beside.

In `4. 377` the point that parts the list's number from its answer looks like a decimal mark, and in
`26. A` the letter like one more digit. Where the numbers above and below count on, it is known
where the list's number ends. And where nothing was read behind some of its numbers, the answers may
be letters, of which some look like digits.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from digitize.group.doubt import doubted
from digitize.group.numbers import part_behind
from digitize.group.options import USUAL, GroupOptions
from digitize.records import Box, Number

MOST_DIGITS = 3  # of a list's number
FEWEST = 5  # lines: fewer may count on by chance
MISSED = 3  # lines of the list that may be misread, one below the other, and below the last
MOST_MISSED = 0.34  # of all lines from the first to the last
MOST_OF_MANY = 0.5  # the same of a long list: so many do not count on, line by line, by chance
BEHIND = 0.6  # of a digit's height: what stands behind the list's number is no nearer
ALIGNED = 0.8  # of a digit's height: so far the left or right edges lie apart, line by line
APART = 6.0  # of a digit's height from one line to the next, at most
NEAREST = 12  # of the numbers above that count one less: a list's own is among the nearest
ANSWER = 4.0  # of a digit's height: an answer begins no further behind the list's number
UNREAD, FEWEST_UNREAD = 0.15, 3
"""Of all lines, share and count, behind which nothing was read: the answers may be letters."""
HARDLY = 0.75  # a single digit less sure counts as nothing: A is read as 4, and is not sure of it
MANY = 10  # lines of a long list: of so many answers some would be read well if they were numbers
ANSWERED = 0.3  # of a long list's lines have something behind: one blot is no list of letters
LETTER, LETTERS = 0.2, 0.9  # an answer is no surer where it is a letter, and as good as all are
UNEVEN = 1.5  # one line's distance over the next one's, either way: lists are written line by line


@dataclass(frozen=True, slots=True)
class Count:
    """The first digits of a number, as what counts the lines of a list.

    at: the number's place among all. left, right, top and height are in pixels of the page.
    """

    at: int
    digits: int
    value: int
    left: float
    right: float
    top: float
    height: float

    def pitch_from(self, above: Count) -> float | None:
        """Return the distance of a list's lines where this one stands below `above`, else None."""
        step, height = self.value - above.value, max(self.height, above.height)
        aside = min(abs(self.left - above.left), abs(self.right - above.right))
        pitch = (self.top - above.top) / step
        return pitch if 0 < pitch <= APART * height and aside <= ALIGNED * height * step else None


@dataclass(frozen=True, slots=True)
class _End:
    """A list as far as one line: how many lines it has, its end above, the distance from there."""

    count: Count
    lines: int = 1
    above: _End | None = None
    pitch: float | None = None


def part_lists(numbers: Sequence[Number], options: GroupOptions = USUAL) -> list[Number]:
    """Return the numbers, in reading order, those parted that begin with the number of a list.

    Both parts are for review. Nothing is parted where the picture is one number.
    """
    if options.layout == "number":
        return list(numbers)
    ends = {line.at: line.digits for lines in find_lists(numbers) for line in lines}
    return [
        part
        for at, number in enumerate(numbers)
        for part in (
            part_count(number, ends[at], options)
            if ends.get(at, len(number.digits)) < len(number.digits)
            else (number,)
        )
    ]


def lines_of_lists(numbers: Sequence[Number]) -> list[list[int]]:
    """Return, for each list on the page, the places of the numbers that count its lines."""
    return [[line.at for line in lines] for lines in find_lists(numbers)]


def without_letters(numbers: Sequence[Number]) -> list[Number]:
    """Return the numbers without the answers of those lists whose answers are letters.

    They are where a list is long and hardly anything behind its numbers was read as a number.
    """
    letters: set[int] = set()
    for lines in find_lists(numbers):
        behind = _answers(numbers, lines)
        unread = [all(numbers[at].confidence < LETTER for at in answers) for answers in behind]
        answered = sum(bool(answers) for answers in behind)
        are_letters = len(lines) >= MANY and answered >= ANSWERED * len(lines)
        if are_letters and sum(unread) >= LETTERS * len(lines):
            letters.update(
                at
                for at, number in enumerate(numbers)
                if number.confidence < LETTER and _is_beside(number.box, lines)
            )
    return [number for at, number in enumerate(numbers) if at not in letters]


def doubt_answers(numbers: Sequence[Number]) -> list[Number]:
    """Return the numbers, doubted single digits behind the numbers of lists that may be letters.

    They may be where behind others nothing was read, or single digits that hardly are any.
    """
    lines = [line for lines in find_lists(numbers) for line in lines]
    behind = _answers(numbers, lines)
    unread = [all(_is_hardly_one(numbers[at]) for at in answers) for answers in behind]
    if sum(unread) < max(FEWEST_UNREAD, UNREAD * len(lines)):
        return list(numbers)
    answers = {at for found in behind for at in found if len(numbers[at].digits) == 1}
    return [doubted(number) if at in answers else number for at, number in enumerate(numbers)]


def _is_hardly_one(number: Number) -> bool:
    return len(number.digits) == 1 and number.confidence < HARDLY


def _answers(numbers: Sequence[Number], lines: Sequence[Count]) -> list[list[int]]:
    """Return for each line of a list which numbers stand behind the list's."""
    return [
        [at for at, other in enumerate(numbers) if _is_behind(other.box, line)] for line in lines
    ]


def _is_behind(box: Box, line: Count) -> bool:
    """Tell whether a box begins behind a list's number and on its line."""
    level = box.y < line.top + line.height and box.bottom > line.top
    return level and _begins_behind(box, line)


def _is_beside(box: Box, lines: Sequence[Count]) -> bool:
    """Tell whether a box stands where a list's answers do, on one of its lines or a misread one."""
    first, last = lines[0], lines[-1]
    nearest = min(lines, key=lambda line: abs(line.top - box.y))
    pitch = (last.top - first.top) / (last.value - first.value)
    within = box.bottom > first.top and box.y < last.top + last.height + MISSED * pitch
    return within and _begins_behind(box, nearest)


def _begins_behind(box: Box, line: Count) -> bool:
    return 0 <= box.x - line.right <= ANSWER * line.height


def _counts(number: Number, at: int) -> Iterator[Count]:
    """Yield each beginning of a number that may count a list's lines, all of it included."""
    digits = number.digits
    if not number.text[0].isdigit() or digits[0].digit == 0:
        return
    for end in range(1, min(MOST_DIGITS, len(digits)) + 1):
        tall = max(digit.box.height for digit in digits[:end])
        space = digits[end].box.x - digits[end - 1].box.right if end < len(digits) else tall
        if space < BEHIND * tall:
            continue
        value = int("".join(str(digit.digit) for digit in digits[:end]))
        first, last = digits[0].box, digits[end - 1].box
        yield Count(at, end, value, first.x, last.right, first.y, tall)


def find_lists(numbers: Sequence[Number]) -> Iterator[list[Count]]:
    """Yield the lists that are written on a page, the longest first, each from top to bottom."""
    counts = [count for at, number in enumerate(numbers) for count in _counts(number, at)]
    left = sorted(counts, key=lambda count: count.top)
    while found := _longest(left):
        here = {count.at for lines in found for count in lines}
        left = [count for count in left if count.at not in here]
        yield from filter(_is_list, found)


def _is_list(lines: Sequence[Count]) -> bool:
    """Tell whether enough of the lines from the first to the last were found."""
    most = MOST_OF_MANY if len(lines) >= MANY else MOST_MISSED
    return len(lines) >= (1 - most) * (lines[-1].value - lines[0].value + 1)


def _longest(counts: Sequence[Count]) -> list[list[Count]]:
    """Return the longest lists of five lines or more that share no number, each from the top.

    counts: from top to bottom.
    """
    taken: set[int] = set()
    found = []
    for end in sorted(_ends(counts), key=lambda end: end.lines, reverse=True):
        if end.lines < FEWEST:
            break
        lines = _lines_to(end)
        if taken.isdisjoint(line.at for line in lines):
            taken.update(line.at for line in lines)
            found.append(lines)
    return found


def _lines_to(end: _End) -> list[Count]:
    """Return the lines of the list that ends there, from top to bottom."""
    lines = [end.count]
    while end.above:
        end = end.above
        lines.append(end.count)
    return lines[::-1]


def _ends(counts: Sequence[Count]) -> list[_End]:
    """Return the longest list that ends at each count; they stand from top to bottom."""
    ends: list[_End] = []
    by_value: dict[int, list[_End]] = {}
    for count in counts:
        end = _End(count)
        for step in range(1, MISSED + 2):
            for above in by_value.get(count.value - step, [])[-NEAREST:]:
                pitch = count.pitch_from(above.count)
                if pitch and above.lines >= end.lines and _is_even(pitch, above.pitch):
                    end = _End(count, above.lines + 1, above, pitch)
        ends.append(end)
        by_value.setdefault(count.value, []).append(end)
    return ends


def _is_even(pitch: float, earlier: float | None) -> bool:
    return earlier is None or max(pitch, earlier) <= UNEVEN * min(pitch, earlier)


def part_count(number: Number, end: int, options: GroupOptions) -> tuple[Number, ...]:
    """Return a list's number, of so many digits, and what stands behind it."""
    behind = number.text[end:].removeprefix(".")
    if "." in number.text[:end] or not behind:
        return (number,)
    count, answer = part_behind(number, [end], options)
    return doubted(count), doubted(replace(answer, text=behind))
