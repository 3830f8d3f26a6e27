"""What the formats that write one text file per document have in common."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import ClassVar

from digitize.export.atomic import inside, whole_text
from digitize.export.file_names import file_names
from digitize.export.traced import provenance_of
from digitize.export.writer import ExportOptions
from digitize.records import DocumentResult


class TextFiles(ABC):
    """Writes each document's file as it comes, whole or not at all; keeps nothing between them.

    suffix: what the files' names end with. made: the provenance that goes into them.
    """

    suffix: ClassVar[str]

    def __init__(
        self, out: Path, documents: Sequence[str], options: ExportOptions | None = None
    ) -> None:
        self._out = out
        self._names = file_names(documents, self.suffix)
        self.made = provenance_of(options)

    @abstractmethod
    def pieces(self, document: DocumentResult) -> Iterable[str]:
        """Return the file's content, in pieces; the same document gives the same."""

    def __enter__(self) -> TextFiles:
        return self

    def __exit__(self, *_: object) -> None:
        return None

    def add(self, document: DocumentResult) -> tuple[str, ...]:
        """Write the document's file; none where no page was read."""
        if not document.pages:
            return ()
        name = str(self._names[document.document])
        with whole_text(inside(self._out, name)) as file:
            file.writelines(self.pieces(document))
        return (name,)
