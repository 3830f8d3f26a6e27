"""NAME.json files to what truly stands on each page."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from digitize.errors import UnreadableInput, UsageError
from digitize.records import Box

UNGROUPED = "?"  # the group of pages whose truth lacks the key, as in shared/bench/score.py
_WHOLE = "numbers"  # the one key that says nothing about the page as such
_MEND = "Correct the file, or take it out of the folder"


@dataclass(frozen=True, slots=True)
class TrueDigit:
    """A digit as it was written, "0" to "9"; box in pixels of the loaded page."""

    digit: str
    box: Box


@dataclass(frozen=True, slots=True)
class TrueNumber:
    """A number as it was written; box in pixels of the loaded page, None where nobody drew it.

    digits: None where only the whole number has a box.
    """

    text: str
    box: Box | None = None
    digits: tuple[TrueDigit, ...] | None = None


@dataclass(frozen=True, slots=True)
class PageTruth:
    """What truly stands on page `page` (from 1) of `image`, a file name; read from `path`.

    complete: whether every written number is listed, so that any other that is read is wrong.
    keys: whatever else the file says of the page, as text.
    """

    path: Path
    image: str
    page: int
    complete: bool
    numbers: tuple[TrueNumber, ...]
    keys: Mapping[str, str]

    def group(self, key: str) -> str:
        """Return the page's value of `key`; "document" is the image, unless the truth has one."""
        return self.keys.get(key, self.image if key == "document" else UNGROUPED)


def read_truths(folder: Path) -> tuple[PageTruth, ...]:
    """Return the truth of every page, in the order of the files' names.

    UsageError where the folder holds none, or two of one page; UnreadableInput where a file is
    damaged.
    """
    if not folder.is_dir():
        raise UsageError(
            f"{folder}: there is no such folder of truth files",
            "Give the folder that holds a NAME.json for each page",
        )
    files = sorted(path for path in folder.glob("*.json") if not path.name.startswith("."))
    if not files:
        raise UsageError(
            f"{folder}: there is no truth file in it",
            "Give a folder with a NAME.json for each page",
        )
    first: dict[tuple[str, int], PageTruth] = {}
    for path in files:
        truth = read_truth(path)
        earlier = first.setdefault((truth.image, truth.page), truth)
        if earlier is not truth:
            raise UsageError(
                f"{path}: {earlier.path.name} holds the truth of the same page",
                "Take one of the two out of the folder",
            )
    return tuple(first.values())


def read_truth(path: Path) -> PageTruth:
    """Return the truth of one page; UnreadableInput, naming the file, where it is damaged."""
    try:
        content = json.loads(path.read_text("utf-8-sig"))
    except OSError as error:
        raise UnreadableInput(
            f"{path}: the truth file cannot be opened ({error.strerror or error})",
            "Check that you may read it",
        ) from error
    except (ValueError, RecursionError) as error:  # UnicodeDecodeError and JSONDecodeError too
        raise UnreadableInput(
            f"{path}: the truth file is not JSON ({error or 'nested too deeply'})", _MEND
        ) from error
    try:
        return _page_truth(path, content)
    except _Damage as damage:
        raise UnreadableInput(f"{path}: the truth file is damaged: {damage}", _MEND) from damage


class _Damage(Exception):
    """What is wrong with a truth file, as the rest of a sentence."""


def _page_truth(path: Path, content: object) -> PageTruth:
    truth = _mapping(content, "it")
    image, page, complete = truth.get("image"), truth.get("page", 1), truth.get("complete", True)
    if not isinstance(image, str) or not image:
        raise _Damage('"image" is not the name of a file')
    if not isinstance(page, int) or isinstance(page, bool) or page < 1:
        raise _Damage('"page" is not a count from 1')
    if complete not in (True, False, None):
        raise _Damage('"complete" is not true, false or null')
    keys = {key: _as_text(value) for key, value in truth.items() if key != _WHOLE}
    listed = _sequence(truth.get(_WHOLE), f'"{_WHOLE}"')
    numbers = tuple(_number(one, f"number {count}") for count, one in enumerate(listed, 1))
    return PageTruth(path, image, page, bool(complete), numbers, keys)


def _number(content: object, name: str) -> TrueNumber:
    number = _mapping(content, name)
    text = number.get("text")
    if not isinstance(text, str) or not text:
        raise _Damage(f'"text" of {name} is not a text')
    box = _box(number["box"], name) if "box" in number else None
    if "digits" not in number:
        return TrueNumber(text, box)
    listed = _sequence(number["digits"], f'"digits" of {name}')
    digits = (_digit(one, f"digit {count} of {name}") for count, one in enumerate(listed, 1))
    return TrueNumber(text, box, tuple(digits))


def _digit(content: object, name: str) -> TrueDigit:
    digit = _mapping(content, name)
    value = str(digit.get("digit"))
    if value not in tuple("0123456789"):
        raise _Damage(f'"digit" of {name} is not 0 to 9')
    return TrueDigit(value, _box(digit.get("box"), name))


def _box(content: object, name: str) -> Box:
    sides = _sequence(content, f'"box" of {name}')
    numeric = all(isinstance(side, (int, float)) and not isinstance(side, bool) for side in sides)
    if len(sides) != 4 or not numeric or not (sides[2] > 0 and sides[3] > 0):
        raise _Damage(f'"box" of {name} is not [x, y, width, height] with a size above 0')
    return Box(*(float(side) for side in sides))


def _mapping(content: object, name: str) -> dict[str, Any]:
    if not isinstance(content, dict):
        raise _Damage(f"{name} is not an object in braces")
    return cast("dict[str, Any]", content)


def _sequence(content: object, name: str) -> list[Any]:
    if not isinstance(content, list):
        raise _Damage(f"{name} is not a list in brackets")
    return content


def _as_text(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value)
