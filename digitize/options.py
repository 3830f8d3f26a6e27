"""Each stage's frozen options, composed once; the command line reads its defaults here."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

from digitize.clean import CleanOptions
from digitize.decode import DecodeOptions
from digitize.export.writer import CsvDialect, Marks
from digitize.group import GroupOptions, Layout
from digitize.load import LoadOptions
from digitize.normalise import NormaliseOptions
from digitize.orient import Orientation, OrientOptions
from digitize.segment import SegmentOptions
from digitize.separate import PrintedDigits, SeparateOptions


@dataclass(frozen=True, slots=True)
class PageOptions:
    """How one page is read, stage by stage."""

    clean: CleanOptions = field(default_factory=CleanOptions)
    orient: OrientOptions = field(default_factory=OrientOptions)
    separate: SeparateOptions = field(default_factory=SeparateOptions)
    segment: SegmentOptions = field(default_factory=SegmentOptions)
    normalise: NormaliseOptions = field(default_factory=NormaliseOptions)
    decode: DecodeOptions = field(default_factory=DecodeOptions)
    group: GroupOptions = field(default_factory=GroupOptions)


@dataclass(frozen=True, slots=True)
class EngineOptions:
    """How a run is carried out; nothing that is read depends on it.

    resume: whether what the journal of the output folder holds is taken from there. page_timeout:
    seconds after which a page counts as stuck. worker_megabytes: memory of each worker, in MB of
    10**6 bytes; None: an equal share of nine tenths of the machine's. on_error: whether the first
    failure ends the run. scheduler: whose Dask workers read the pages, see `parse_scheduler`; None:
    processes of the run itself.
    """

    resume: bool = False
    page_timeout: float = 120.0  # a hundred times what a usual page takes
    worker_megabytes: int | None = None
    on_error: Literal["continue", "stop"] = "continue"
    scheduler: str | None = None


@dataclass(frozen=True, slots=True)
class RunOptions:
    """A whole run: how documents are loaded and pages read, by which model, to which formats.

    jobs: pages read at once, each by a process of its own. overwrite: whether the output
    folder's earlier results may be replaced. max_error: of the accepted numbers, 0 to 1; where it
    is given, the model's calibration set says how sure a number must be, not `review_below`.
    second_reader: whether a reader of whole numbers confirms what was read, where one ships.
    debug: the folder for pictures of every stage of every page; None for none.
    csv_dialect: how the tables are written. marks: what PDFs show of their layer of marks.
    """

    load: LoadOptions = field(default_factory=LoadOptions)
    page: PageOptions = field(default_factory=PageOptions)
    model: str = "cnn"
    formats: tuple[str, ...] = ("csv", "pdf")
    jobs: int = 1
    overwrite: bool = False
    max_error: float | None = None
    second_reader: bool = True
    debug: Path | None = None
    engine: EngineOptions = field(default_factory=EngineOptions)
    csv_dialect: CsvDialect = "rfc4180"
    marks: Marks = "on"

    def reviewing_below(self, confidence: float) -> RunOptions:
        """Return these options with another confidence below which numbers are for review."""
        group = replace(self.page.group, review_below=confidence)
        return replace(self, page=replace(self.page, group=group))


def page_options(
    layout: Layout,
    review_below: float,
    printed: PrintedDigits = "skip",
    orientation: Orientation = "auto",
) -> PageOptions:
    """Return how a page of this layout is read.

    A cropped number is too small to be deskewed or turned, and all that is written on it is its
    digits.
    """
    options = PageOptions(
        orient=OrientOptions(orientation),
        separate=SeparateOptions(printed=printed),
        group=GroupOptions(layout=layout, review_below=review_below),
    )
    if layout == "number":
        return replace(
            options,
            clean=replace(options.clean, max_skew_degrees=0.0, sheet=False),
            orient=OrientOptions("0" if orientation == "auto" else orientation),
            separate=replace(options.separate, written="digits"),
        )
    return options
