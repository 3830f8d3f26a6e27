"""What a person at a terminal sees of a run: progress while it lasts, an honest line at its end."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from digitize.records import Outcome

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

    from digitize.export import Summary
    from digitize.promise import Promise
    from digitize.train.evaluation import FolderEvaluation
    from digitize.train.report.record import Comparison


FILES_NAMED = 5  # in a line; the report names all


def printable(text: str) -> str:
    r"""Return `text` with control characters escaped, so that no file name can steer a terminal.

    A byte of a file name that is no UTF-8 is shown as \xe9, as it is in the names of documents.
    """
    return "".join(sign if sign.isprintable() else _escaped(sign) for sign in text)


def _escaped(sign: str) -> str:
    if "\udc80" <= sign <= "\udcff":  # what Python has for such a byte (PEP 383)
        return f"\\x{ord(sign) & 0xFF:02x}"
    return sign.encode("unicode_escape").decode()


def describe_failures(outcome: Outcome) -> list[str]:
    """Return a line for each failure of one document: its name, the cause and the remedy."""
    return [
        printable(
            f"{outcome.document}{f', page {failure.page}' if failure.page else ''}: "
            f"{failure.cause}. {failure.remedy.rstrip('.')}."
        )
        for failure in outcome.failures
    ]


def describe_outcome(outcome: Outcome) -> str:
    """Return one document in a line: how many pages and numbers, and how long it took."""
    pages = outcome.result.pages if outcome.result else ()
    numbers = sum(len(page.numbers) for page in pages)
    what = f"{count(len(pages), 'page')}, {count(numbers, 'number')}" if pages else "failed"
    return printable(f"{outcome.document}: {what}, {outcome.seconds:.1f} s")


def describe_summary(summary: Summary, seconds: float) -> str:
    """Return the run in one line: what was read, accepted, left for review, and lost."""
    parts = [
        f"{count(summary.documents, 'document')}, {count(summary.pages, 'page')}: "
        f"{summary.accepted:,} of {count(summary.numbers, 'number')} accepted"
        f"{describe_promise(summary.promise)}; {summary.review:,} to review",
        f"{count(summary.failed, 'document')} failed",
    ]
    if summary.partly:
        parts.append(f"{count(summary.partly, 'document')} read in part")
    return "; ".join(parts) + f"; {seconds:.1f} s"


def describe_passed_over(names: Sequence[str]) -> str:
    """Return files that are left alone in one line: how many, and the first by name."""
    return f"Passed over: {_counted(names)}"


def describe_not_renewed(
    files: Mapping[str, Sequence[str]], asked: Sequence[str], overwrite: bool = False
) -> str:
    """Return which files of other formats than those `asked` were left, and how to renew them.

    overwrite: whether the command had --overwrite, with which no run goes on.
    """
    instead = " in place of --overwrite, and" if overwrite else ""
    names = [name for of_one in files.values() for name in of_one]
    return (
        f"Not renewed, in formats not asked for: {_counted(names)}. To renew, repeat the command "
        f"with --resume{instead} --format {','.join((*asked, *files))}"
    )


def _counted(names: Sequence[str]) -> str:
    shown = [printable(name) for name in names[:FILES_NAMED]]
    more = f" and {len(names) - len(shown):,} more" if len(names) > len(shown) else ""
    return f"{count(len(names), 'file')}, {', '.join(shown)}{more}"


def describe_promise(promise: Promise | None) -> str:
    """Return what is promised of the accepted numbers, as the rest of a sentence."""
    if promise is None:
        return ""
    error = percent(promise.max_error)
    if promise.holds:
        return (
            f"; error at most {error} with {percent(promise.certainty)} confidence, "
            "if these pages are like the calibration set"
        )
    reasons = "; ".join(promise.broken_by)
    return f"; the promise of an error of at most {error} does NOT hold for these pages: {reasons}"


def percent(share: float) -> str:
    """Return a share as in "0.5 %"."""
    return f"{share * 100:.4g} %"


def describe_evaluation(model: str, found: FolderEvaluation) -> str:
    """Return what a classifier reached on labelled digits, and a note where there is one."""
    e = found.evaluation
    lines = [
        f"{model} on {found.data} {found.split}: error {e.error_rate:.2%} "
        f"({e.errors:,} of {e.count:,}; 95 % interval {e.low:.2%} to {e.high:.2%}; "
        f"{e.refused:,} refused as not a digit), "
        f"ECE {e.ece:.4f} (signed {e.signed_error:+.4f}), "
        f"{e.digits_per_second:,.0f} digits per second"
    ]
    if e.others:
        lines.append(
            f"Of {e.others.count:,} images of no digit, {e.others.pass_rate:.2%} pass as one at "
            "the threshold that 99 % of the digits reach "
            f"(95 % interval {e.others.low:.2%} to {e.others.high:.2%})"
        )
    if found.note:
        lines.append(f"Note: {found.note}")
    return "\n".join(printable(line) for line in lines)


def describe_comparison(comparison: Comparison) -> str:
    """Return models side by side as a table of text, and what McNemar's test says of each pair."""
    from digitize.train.report.table import figure_rows
    from digitize.train.report.wording import pair_sentence

    data = comparison.data
    table = [("", *(model.name for model in comparison.models))]
    table += [(row.title, *row.cells) for row in figure_rows(comparison)]
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    lines = [f"{data.folder} {data.split}: {count(data.digits, 'digit')}"]
    lines += [
        "  ".join(f"{cell:<{width}}" for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in table
    ]
    lines += [pair_sentence(pair) for pair in comparison.pairs]
    if data.note:
        lines.append(f"Note: {data.note}")
    return "\n".join(printable(line) for line in lines)


def count(number: int, noun: str) -> str:
    """Return "1 page", "2 pages", "3,912 numbers"."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


class ProgressBar:
    """A bar of documents on stderr, with the page in hand; stays silent where nobody watches."""

    def __init__(self, documents: int, visible: bool, verbose: bool = False) -> None:
        self._documents, self._visible, self._verbose = documents, visible, verbose
        self._bar: Progress | None = None
        self._task: TaskID | None = None
        self.failures: list[str] = []

    def __enter__(self) -> ProgressBar:
        if self._visible:
            self._start()
        return self

    def _start(self) -> None:
        from rich.console import Console
        from rich.progress import (
            BarColumn,
            MofNCompleteColumn,
            Progress,
            TextColumn,
            TimeRemainingColumn,
        )

        self._bar = Progress(
            TextColumn("Reading"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
            TextColumn("{task.fields[at]}", markup=False),
            console=Console(stderr=True),
            transient=True,
        )
        self._task = self._bar.add_task("read", total=self._documents, at="")
        self._bar.start()

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.stop()

    def page_read(self, document: str, page: int) -> None:
        """Show the page last read."""
        if self._bar is not None and self._task is not None:
            self._bar.update(self._task, at=f"{printable(document)}, page {page}")

    def document_done(self, outcome: Outcome) -> None:
        """Move the bar on, and keep what failed for the end."""
        self.failures += describe_failures(outcome)
        if self._bar is not None and self._task is not None:
            self._bar.update(self._task, advance=1, at=printable(outcome.document))
        if self._verbose:
            self._say(describe_outcome(outcome))

    def _say(self, line: str) -> None:
        if self._bar is not None:
            self._bar.console.print(line, markup=False, highlight=False)
        else:
            print(line, file=sys.stderr)  # noqa: T201 -- the terminal is this module's business
