"""What a journal tells: which pages of which contents were read, and which files were written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from digitize.batch.journal_lines import PagePlace
from digitize.batch.tasks import OwnFiles


@dataclass(frozen=True, slots=True)
class KnownPage:
    """A page that was read: where its result lies, and how many seconds it took."""

    place: PagePlace
    seconds: float


@dataclass(slots=True)
class KnownContent:
    """What was read of one content; numbers: of its wanted pages, None where not known yet."""

    numbers: tuple[int, ...] | None = None
    pages: dict[int, KnownPage] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class KnownFiles:
    """Files that were written; made: a digest of all on which their content depends."""

    own: OwnFiles
    made: str


@dataclass(slots=True)
class Known:
    """All that a journal tells; contents by their SHA-256, files by document and format.

    shown: of which content the results of a document are, by its name.
    """

    contents: dict[str, KnownContent] = field(default_factory=dict)
    files: dict[tuple[str, str], KnownFiles] = field(default_factory=dict)
    shown: dict[str, str | None] = field(default_factory=dict)

    def add(self, entry: Mapping[str, Any], place: PagePlace | None) -> None:
        """Take note of one line; one of a kind that is not known is passed over."""
        unit = entry.get("unit")
        if unit == "document":
            numbers = tuple(int(number) for number in entry["pages"])
            self._content(entry).numbers = numbers
        elif unit == "page" and place is not None:
            page = KnownPage(place, float(entry["seconds"]))
            self._content(entry).pages[int(entry["page"])] = page
        elif unit == "change":
            self.contents.pop(entry["sha256"], None)
        elif unit == "files":
            self.shown[entry["document"]] = entry["sha256"]
            for format_, files, notes in entry["formats"]:
                named = tuple((str(name), int(size)) for name, size in files)
                own = OwnFiles(format_, named, tuple(map(str, notes)))
                self.files[entry["document"], format_] = KnownFiles(own, entry["made"])

    def _content(self, entry: Mapping[str, Any]) -> KnownContent:
        return self.contents.setdefault(entry["sha256"], KnownContent())
