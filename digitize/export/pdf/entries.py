"""Entries of a PDF's dictionaries that may be missing, or damaged: of another kind than they must.

Viewers pass over such entries, and so does this program: they must not cost a document its PDF.
"""

from __future__ import annotations

from typing import Any


def dictionaries_in(value: Any) -> list[Any]:
    """Return the dictionaries of an array, without what else is in it; none of what is no array."""
    from pikepdf import Array, Dictionary

    if not isinstance(value, Array):
        return []
    return [one for one in value.as_list() if isinstance(one, Dictionary)]


def dictionary_at(owner: Any, key: str) -> Any:
    """Return the dictionary at `key`; None where there is none."""
    from pikepdf import Dictionary

    value = owner.get(key)
    return value if isinstance(value, Dictionary) else None


def made_dictionary_at(owner: Any, key: str) -> Any:
    """Return the dictionary at `key`, an empty one put there where there is none."""
    from pikepdf import Dictionary

    if dictionary_at(owner, key) is None:
        owner[key] = Dictionary()
    return owner[key]


def made_array_at(owner: Any, key: str) -> Any:
    """Return the array at `key`, an empty one put there where there is none."""
    from pikepdf import Array

    if not isinstance(owner.get(key), Array):
        owner[key] = Array()
    return owner[key]


def whole_number(value: Any) -> int:
    """Return a value as a whole number; 0 where it is none."""
    try:
        return int(value)
    except (TypeError, ValueError, OverflowError):
        return 0
