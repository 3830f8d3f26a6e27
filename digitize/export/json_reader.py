"""The JSON file of a document read back to the records that it was written from."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, TypeVar

from digitize.errors import UnreadableInput, first_line
from digitize.export.json_pages import FORMAT, SCHEMA_VERSION
from digitize.records import NOT_AT_HAND, Box, Digit, DocumentResult, Number, PageResult, Status

Value = TypeVar("Value", str, bool, int)
Amount = TypeVar("Amount", int, float)

MOST = 2**31 - 1
"""Of what is counted, and of pixels: the int32 of typed tables. A length beyond it is damage."""

ROUNDING = 1e-6
"""By which a sum of probabilities may exceed 1."""

RESUME = "the run's own command with --resume, which writes it again from the journal"
REMOVE_AND_RESUME = f"Remove the JSON file, and repeat {RESUME}"
"""What to do about a file that is not as the run left it; where pages are in the journal, none is
read again."""

_TEXT = re.compile(r"-?[0-9]+(\.[0-9]+)?", re.ASCII)


def read_document(path: Path) -> DocumentResult:
    """Return what `path` holds: records equal to those that were written.

    Keys that this version does not know are passed over. UnreadableInput, which names the file,
    where it is damaged, no such file or of a schema version that this program does not know.
    """
    entry = _parsed(path)
    if not isinstance(entry, dict) or entry.get("format") != FORMAT:
        raise UnreadableInput(
            f"{path}: it is no JSON file that digitize wrote",
            "Give the folder that digitize run wrote with --format json",
        )
    if entry.get("schema_version") != SCHEMA_VERSION:
        raise UnreadableInput(
            f"{path}: its schema version is {entry.get('schema_version')!r}, and this program "
            f"knows {SCHEMA_VERSION}",
            "Use the version of digitize that wrote it, or read the document again",
        )
    try:
        return _document(entry)
    except (AttributeError, KeyError, OverflowError, TypeError, ValueError) as error:
        raise _damaged(path, f"{type(error).__name__}: {first_line(error)}") from error


def _parsed(path: Path) -> Any:
    try:
        return json.loads(path.read_text("utf-8"))
    except OSError as error:
        raise UnreadableInput(
            f"{path}: the JSON file cannot be read ({(error.strerror or str(error)).lower()})",
            f"Put it back, or repeat {RESUME}",
        ) from error
    except (ValueError, RecursionError) as error:
        raise _damaged(path, first_line(error)) from error


def _damaged(path: Path, what: str) -> UnreadableInput:
    return UnreadableInput(f"{path}: the JSON file is damaged ({what})", REMOVE_AND_RESUME)


def _document(entry: dict[str, Any]) -> DocumentResult:
    name, source = _a(str, entry["document"]), _a(str, entry["source"])
    if "\0" in source:
        raise ValueError("the source is no path")
    pages = tuple(map(_page, _list(entry["pages"])))
    if "://" in source:
        return DocumentResult(name, NOT_AT_HAND, pages, origin=source)
    return DocumentResult(name, Path(source), pages)


def _page(entry: dict[str, Any]) -> PageResult:
    return PageResult(
        number=_count(entry["page"]),
        width=_count(entry["width"]),
        height=_count(entry["height"]),
        dpi=_float(entry["dpi"], least=0),
        skew_degrees=_float(entry["skew_degrees"]),
        numbers=tuple(map(_number, _list(entry["numbers"]))),
        turn=_count(entry.get("turn", 0), least=0, most=3),
    )


def _number(entry: dict[str, Any]) -> Number:
    digits = tuple(map(_digit, _list(entry["digits"])))
    return Number(
        text=_text(entry["text"], len(digits)),
        confidence=_share(entry["confidence"]),
        status=Status(entry["status"]),
        line=_count(entry["line"]),
        box=_box(entry["box"]),
        digits=digits,
        doubted=_a(bool, entry["doubted"]),
    )


def _text(value: Any, digits: int) -> str:
    """Return the text of a number of so many `digits`; one of them may have been corrected."""
    text = _a(str, value)
    if not _TEXT.fullmatch(text):
        raise ValueError(f"a number is digits, maybe with a point or a minus, not {text!r}")
    if (count := sum(map(str.isdigit, text))) != digits:
        raise ValueError(f"the text {text!r} has {count} digits, and {digits} are listed with it")
    return text


def _digit(entry: dict[str, Any]) -> Digit:
    return Digit(
        digit=_count(entry["digit"], least=0, most=9),
        confidence=_share(entry["confidence"]),
        status=Status(entry["status"]),
        box=_box(entry["box"]),
        alternatives=tuple(
            (_count(other["digit"], least=0, most=9), _share(other["confidence"]))
            for other in _list(entry["alternatives"])
        ),
        cut=_a(bool, entry["cut"]),
        stroke=_float(entry["stroke"], least=0),
        contrast=_share(entry["contrast"]),
    )


def _box(entry: list[Any]) -> Box:
    x, y, width, height = map(_float, entry)
    return Box(x, y, width, height)


def _share(value: Any) -> float:
    return _float(value, least=0, most=1 + ROUNDING)


def _float(value: Any, *, least: float = -MOST, most: float = MOST) -> float:
    if not isinstance(value, (int, float)) or isinstance(value, bool):
        raise TypeError(f"a number is expected, not {value!r}")
    return _within(float(value), least, most)


def _count(value: Any, *, least: int = 1, most: int = MOST) -> int:
    return _within(_a(int, value), least, most)


def _within(value: Amount, least: float, most: float) -> Amount:
    """Return `value`; what is no number at all lies nowhere."""
    if not least <= value <= most:
        raise ValueError(f"{value!r} is not within {least} to {most}")
    return value


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise TypeError(f"a list is expected, not {value!r}")
    return value


def _a(kind: type[Value], value: Any) -> Value:
    """Return `value`, which must be of `kind` itself: True is no int here."""
    if type(value) is not kind:
        raise TypeError(f"{kind.__name__} is expected, not {value!r}")
    return value
