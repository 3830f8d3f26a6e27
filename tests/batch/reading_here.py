"""Documents read in the test's own process, by whatever readers a test has made up."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from digitize.batch.crew import Crew, OneHere
from digitize.batch.folder import open_journal
from digitize.batch.in_hand import Finished
from digitize.batch.plan import Plan, make_plan
from digitize.batch.progress import Silent
from digitize.batch.reading import Reading
from digitize.batch.work import Workplace
from digitize.batch.worker import make_writers
from digitize.classify import AlwaysDigit, Classifier
from digitize.load import InputDocument
from digitize.options import RunOptions
from digitize.readers import Readers, find_readers

CrewOf = Callable[[Workplace], Crew]


def workplace(plan: Plan, classifier: Classifier) -> Workplace:
    """Return what a worker has at hand, with a classifier of the test's own."""
    setup = plan.setup
    return Workplace(
        Readers(classifier), plan.options, make_writers(setup), setup.out, setup.journal
    )


def read_here(
    documents: Sequence[InputDocument],
    out: Path,
    options: RunOptions | None = None,
    classifier: Classifier | None = None,
    crew_of: CrewOf = OneHere,
) -> list[Finished]:
    """Read documents without a process; formats with a file per run are not written."""
    given = options or RunOptions()
    plan = make_plan(documents, out, replace(given, formats=()), find_readers("cnn"))
    with open_journal(plan) as journal:
        crew = crew_of(workplace(plan, classifier or AlwaysDigit(7)))
        reading = Reading(plan, crew, journal, Silent())
        return [kept(done) for done in reading.finished()]


def kept(done: Finished) -> Finished:
    """Return a document with all its pages in memory, for when the journal is closed."""
    result = done.outcome.result
    if result is None:
        return done
    result = replace(result, pages=tuple(result.pages))
    return replace(done, outcome=replace(done.outcome, result=result))
