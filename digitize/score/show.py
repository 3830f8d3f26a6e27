"""What a person at a terminal sees of a run's scores: tables of figures, and some notes."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING

from digitize.score import Confusion, Figures, Scores
from digitize.terminal import count, printable

if TYPE_CHECKING:
    from rich.table import Table

SHOWN_PAIRS = 12  # of confused digits: what comes after is mostly met once
SHOWN_NAMES = 3  # of documents in a note
NOTHING = "-"
WIDEST = 1000  # characters: no line is broken by us, since a pipe has no width
PER_PAGE = ("said_per_page", "spurious_per_page")
READ = {
    "pages": "pages",
    "numbers": "numbers",
    "number_exact": "exact",
    "precision": "precision",
    "cer": "CER",
    "digit_f1": "digit F1",
    "said_per_page": "said per\npage",
    "spurious_per_page": "spurious\nper page",
}
SURE = {
    "digit_accuracy_on_matched": "matched digits\nright",
    "ece": "ECE of\ndigits",
    "number_ece": "ECE of\nnumbers",
    "accepted": "numbers\naccepted",
    "accepted_error": "wrong among\nthese",
}


def describe_scores(scores: Scores) -> str:
    """Return the scores as text: what was read, how sure it may be, what was taken for what."""
    rows = [("all", scores.overall), *scores.groups.items()]
    parts = [_drawn(_figures_table(rows, READ)), _drawn(_figures_table(rows, SURE))]
    if scores.confusions:
        parts.append(_drawn(_confusions_table(scores.confusions[:SHOWN_PAIRS])))
    parts += describe_notes(scores)
    return "\n".join(parts)


def describe_notes(scores: Scores) -> list[str]:
    """Return a line for each thing that the figures leave out, or count as nothing read."""
    notes = []
    if scores.unread:
        named = _some_of(scores.unread)
        notes.append(f"Not in the run, counted as nothing read: {named}")
    if scores.untold:
        notes.append(f"Without a truth, not counted: {_some_of(scores.untold)}")
    return notes


def _figures_table(rows: Sequence[tuple[str, Figures]], columns: dict[str, str]) -> Table:
    """Return a row per group and a column per figure."""
    table = _table()
    table.add_column("", no_wrap=True)
    for heading in columns.values():
        table.add_column(heading, justify="right", no_wrap=True)
    for name, figures in rows:
        cells = [_cell(column, getattr(figures, column)) for column in columns]
        table.add_row(_plain(name), *cells)
    return table


def _confusions_table(confusions: Sequence[Confusion]) -> Table:
    """Return a row per pair of digits."""
    table = _table()
    for heading in ("true\ndigit", "read\nas", "times"):
        table.add_column(heading, justify="right", no_wrap=True)
    for pair in confusions:
        table.add_row(pair.true, _plain(pair.read), f"{pair.count:,}")
    return table


def _table() -> Table:
    from rich.table import Table

    return Table(box=None, pad_edge=False, padding=(0, 1))  # signs of ASCII: any pipe takes them


def _drawn(table: Table) -> str:
    """Return a table as lines of text without colours."""
    from rich.console import Console

    paper = io.StringIO()
    Console(file=paper, width=WIDEST, color_system=None, highlight=False).print(table)
    return "".join(f"{line.rstrip()}\n" for line in paper.getvalue().splitlines())


def _cell(column: str, value: float | None) -> str:
    if value is None:
        return NOTHING
    if isinstance(value, int):
        return f"{value:,}"
    return f"{value:.2f}" if column in PER_PAGE else f"{value:.4f}"


def _plain(text: str) -> str:
    """Return `text` so that neither rich's markup nor a terminal acts on it."""
    from rich.markup import escape

    return escape(printable(text))


def _some_of(names: Sequence[str]) -> str:
    shown = ", ".join(printable(name) for name in names[:SHOWN_NAMES])
    left = len(names) - SHOWN_NAMES
    return f"{shown} and {count(left, 'other')}" if left > 0 else shown
