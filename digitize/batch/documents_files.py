"""The files that belong to one document each: how they are called, and whether they are there."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from pathlib import PurePosixPath

from digitize.batch.held import Held
from digitize.batch.in_hand import InHand
from digitize.batch.known import Known
from digitize.batch.tasks import OwnFiles
from digitize.export import PDF_FORMATS, AltoWriter, HocrWriter, JsonWriter, TracedOptions
from digitize.export.file_names import file_names
from digitize.export.pdf.names import RESERVED, pdf_names
from digitize.export.traced import options_of_the_result

NAMES: dict[str, Callable[[Iterable[str]], Mapping[str, PurePosixPath]]] = {
    **dict.fromkeys(PDF_FORMATS, pdf_names),
    "json": partial(file_names, suffix=JsonWriter.suffix),
    "hocr": partial(file_names, suffix=HocrWriter.suffix),
    "alto": partial(file_names, suffix=AltoWriter.suffix),
}
"""The formats with a file per document, and what their files are called. Workers write them; the
others, which have a file per run, are filled in the documents' order by the main process."""


class DocumentsFiles:
    """The own files of a run's documents, in the formats that have such.

    held: what the output folder has already.
    """

    def __init__(
        self, held: Held, documents: Sequence[str], formats: Sequence[str], export: TracedOptions
    ) -> None:
        self.formats = tuple(name for name in formats if name in NAMES)
        self._held = held
        self._names = {name: NAMES[name](documents) for name in self.formats}
        made = export.provenance
        by = [made.program, made.version, made.model_sha256, made.page_readers]
        shown = [options_of_the_result(made), export.review_below, export.marks]
        self._export = json.dumps([by, shown], default=str, sort_keys=True)

    def made(self, one: InHand) -> str:
        """Return a digest of all on which the content of a document's files depends."""
        found = hashlib.sha256(self._export.encode("utf-8"))
        source = [one.document.name, str(one.document.path), one.content]
        pages = [(number, one.pages[number].crc32) for number in sorted(one.pages)]
        found.update(json.dumps([source, pages]).encode("ascii"))
        return found.hexdigest()

    def there(self, one: InHand, known: Known) -> list[OwnFiles]:
        """Return those of a document's files that an earlier run wrote and that are still there."""
        name, made = one.document.name, self.made(one)
        found = [known.files.get((name, format_)) for format_ in self.formats]
        same = [known.own for known in found if known is not None and known.made == made]
        return [own for own in same if self._is_there(own, str(self._names[own.format][name]))]

    def _is_there(self, own: OwnFiles, expected: str) -> bool:
        names = [name for name, _ in own.files]
        return expected in names and all(self._held.size(name) == size for name, size in own.files)

    def planned(self) -> list[str]:
        """Return the names that the run's files may take, relative to the output folder."""
        own = (name for names in self._names.values() for name in names.values())
        return [*sorted(RESERVED), *map(str, own)]
