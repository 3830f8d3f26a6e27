"""What a run would do, document by document: no model is loaded, and nothing is written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from digitize.batch.content import content_hash
from digitize.batch.failures import ENDS_THE_RUN, as_failure
from digitize.batch.folder import check_folder, journal_header
from digitize.batch.held import HeldInStore
from digitize.batch.known import Known
from digitize.batch.plan import make_plan
from digitize.batch.read_journal import known_from
from digitize.load import AtHand, InputDocument, LoadOptions, open_document
from digitize.options import RunOptions
from digitize.readers import find_readers
from digitize.records import Failure


@dataclass(frozen=True, slots=True)
class Prospect:
    """What would be done with a document: pages that it has, and how many the journal holds.

    failure: why it cannot be opened, if so.
    """

    document: str
    pages: int
    in_journal: int
    failure: Failure | None = None

    @property
    def to_read(self) -> int:
        """How many pages would be read."""
        return self.pages - self.in_journal


def dry_run(
    documents: Sequence[InputDocument],
    out: Path | None,
    options: RunOptions,
    held: HeldInStore | None = None,
) -> Iterator[Prospect]:
    """Yield what a run with these options would do; raise at first where it would be refused.

    out: its output folder; None where it has none. held: see run_into_store.
    """
    known = _known(documents, out, options, held).contents if out else {}
    at_hand = AtHand()
    for document in documents:
        there = known.get((content_hash(document.path) or "") if known else "")
        if there and there.numbers is not None:
            read = [number for number in there.numbers if number in there.pages]
            yield Prospect(document.name, len(there.numbers), len(read))
        else:
            yield _prospect(document, options.load, at_hand)


def _known(
    documents: Sequence[InputDocument], out: Path, options: RunOptions, held: HeldInStore | None
) -> Known:
    files = find_readers(options.model, options.second_reader)
    plan = make_plan(documents, out, options, files, held)
    check_folder(plan.held, options, plan.documents_files.planned)
    if not options.engine.resume:
        return Known()
    return known_from(plan.setup.journal, journal_header(plan))


def _prospect(document: InputDocument, options: LoadOptions, at_hand: AtHand) -> Prospect:
    try:
        with open_document(at_hand(document.path), options) as opened:
            return Prospect(document.name, len(opened.numbers), 0)
    except ENDS_THE_RUN:
        raise
    except Exception as error:  # a bad file may upset any library
        return Prospect(document.name, 0, 0, as_failure(error))
