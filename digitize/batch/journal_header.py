"""The first line of a journal: what made all that follows; other makers may not go on with it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from digitize.export.traced import makers_entry
from digitize.records import Provenance

FORMAT = "digitize journal"
"""The value of `format`, by which a journal is told from any other JSON lines."""

SCHEMA_VERSION = 1
"""Rises when a key changes its meaning or goes."""

NOT_OF_A_PAGE = (("load", "passwords"), ("debug",))
"""Options, by their keys, that do not change what is read of a page: another password may open one
more document, and pictures of stages are drawn of what is read now."""

ON_THE_COMMAND_LINE = {
    "options.load.dpi": "--dpi",
    "options.load.max_megapixels": "--max-megapixels",
    "options.load.pages": "--pages",
    "options.load.pages.ranges": "--pages",
    "options.load.pdf_renderer": "--pdf-renderer",
    "options.max_error": "--max-error",
    "options.model": "--model",
    "options.page.group.layout": "--layout",
    "options.page.group.review_below": "--review-below",
    "options.page.orient.orientation": "--orientation",
    "options.page.separate.printed": "--printed",
    "options.second_reader": "--second-reader",
    "version": "the version of digitize",
    "model.sha256": "the model's file",
    "page_readers.ink": "the ink network's file",
    "page_readers.sequence": "the second reader's file",
}
"""What people know the keys by."""


def header(made: Provenance, options: Mapping[str, object]) -> dict[str, Any]:
    """Return the first line of a journal for pages that are `made` so, with these `options`."""
    entry = {
        "format": FORMAT,
        "schema_version": SCHEMA_VERSION,
        **makers_entry(made),
        "options": dict(options),
    }
    shown = json.loads(json.dumps(entry, default=str))  # tuples as lists, paths as text
    for *above, name in NOT_OF_A_PAGE:
        place = shown["options"]
        for key in above:
            place = place.get(key, {})
        place.pop(name, None)
    return dict(shown)


def differences(there: Mapping[str, Any], wanted: Mapping[str, Any]) -> list[str]:
    """Return in what a journal's header is not the one wanted, as "--dpi was 300 and is 200"."""
    old, new = dict(_flat(there)), dict(_flat(wanted))
    changed = [key for key in sorted({*old, *new}) if old.get(key) != new.get(key)]
    named = [key for key in changed if key in ON_THE_COMMAND_LINE]
    return [_difference(key, old.get(key), new.get(key)) for key in named or changed]


def _difference(key: str, old: object, new: object) -> str:
    name = ON_THE_COMMAND_LINE.get(key, key.removeprefix("options."))
    if key.endswith("sha256") or key.startswith("page_readers"):
        return f"{name} is another"
    return f"{name} was {_shown(old)} and is {_shown(new)}"


def _shown(value: object) -> str:
    return "not given" if value is None else str(value)


def _flat(entry: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, object]]:
    for key, value in entry.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{above}{key}.")
        else:
            yield f"{above}{key}", value
