"""The JSON file of a document read back to the records that it was written from."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, TypeVar

from digitize.errors import UnreadableInput, first_line
from digitize.export.json_pages import FORMAT, SCHEMA_VERSION
from digitize.records import NOT_AT_HAND, Box, Digit, DocumentResult, Number, PageResult, Status

Value = TypeVar("Value", str, bool, int)


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
            "Put it back, or read the document again",
        ) from error
    except (ValueError, RecursionError) as error:
        raise _damaged(path, first_line(error)) from error


def _damaged(path: Path, what: str) -> UnreadableInput:
    return UnreadableInput(
        f"{path}: the JSON file is damaged ({what})", "Read the document again with digitize run"
    )


def _document(entry: dict[str, Any]) -> DocumentResult:
    name, source = _a(str, entry["document"]), _a(str, entry["source"])
    pages = tuple(map(_page, entry["pages"]))
    if "://" in source:
        return DocumentResult(name, NOT_AT_HAND, pages, origin=source)
    return DocumentResult(name, Path(source), pages)


def _page(entry: dict[str, Any]) -> PageResult:
    return PageResult(
        number=_a(int, entry["page"]),
        width=_a(int, entry["width"]),
        height=_a(int, entry["height"]),
        dpi=_float(entry["dpi"]),
        skew_degrees=_float(entry["skew_degrees"]),
        numbers=tuple(map(_number, entry["numbers"])),
        turn=_a(int, entry.get("turn", 0)),
    )


def _number(entry: dict[str, Any]) -> Number:
    return Number(
        text=_a(str, entry["text"]),
        confidence=_float(entry["confidence"]),
        status=Status(entry["status"]),
        line=_a(int, entry["line"]),
        box=_box(entry["box"]),
        digits=tuple(map(_digit, entry["digits"])),
        doubted=_a(bool, entry["doubted"]),
    )


def _digit(entry: dict[str, Any]) -> Digit:
    return Digit(
        digit=_a(int, entry["digit"]),
        confidence=_float(entry["confidence"]),
        status=Status(entry["status"]),
        box=_box(entry["box"]),
        alternatives=tuple(
            (_a(int, other["digit"]), _float(other["confidence"]))
            for other in entry["alternatives"]
        ),
        cut=_a(bool, entry["cut"]),
        stroke=_float(entry["stroke"]),
        contrast=_float(entry["contrast"]),
    )


def _box(entry: list[Any]) -> Box:
    x, y, width, height = map(_float, entry)
    return Box(x, y, width, height)


def _float(value: Any) -> float:
    if not isinstance(value, (int, float)) or isinstance(value, bool):
        raise TypeError(f"a number is expected, not {value!r}")
    return float(value)


def _a(kind: type[Value], value: Any) -> Value:
    """Return `value`, which must be of `kind` itself: True is no int here."""
    if type(value) is not kind:
        raise TypeError(f"{kind.__name__} is expected, not {value!r}")
    return value
