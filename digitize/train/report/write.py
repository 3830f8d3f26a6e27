"""The report on disk: report.html, report.json, and plots/NAME.png and .svg."""

from __future__ import annotations

from pathlib import Path

from digitize.errors import OutputNotWritable, UsageError
from digitize.export.atomic import whole_file, whole_text
from digitize.train.evaluation import LabelledImages
from digitize.train.libraries import load
from digitize.train.report.catalogue import comparison_drawings, file_names, model_drawings
from digitize.train.report.page import report_page
from digitize.train.report.record import Comparison

PAGE, RECORD, PLOTS = "report.html", "report.json", "plots"


def prepare_folder(out: Path, *, overwrite: bool) -> None:
    """Make the folder, so that a fault shows before the work and not after it.

    UsageError where it holds a report and `overwrite` does not allow that, or where a library for
    plots and page is missing; OutputNotWritable where it cannot be made.
    """
    load("jinja2", "matplotlib.figure")
    there = [name for name in (RECORD, PAGE) if (out / name).exists()]
    if there and not overwrite:
        raise UsageError(
            f"{out} already holds a file named {there[0]}",
            "Choose another folder with -o, or replace such files with --overwrite",
        )
    try:
        (out / PLOTS).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputNotWritable(
            f"{out}: the output folder cannot be made ({(error.strerror or str(error)).lower()})",
            "Choose a folder that you may write to with -o",
        ) from error


def write_report(
    comparison: Comparison, data: LabelledImages, out: Path, *, overwrite: bool = False
) -> Path:
    """Return the page written into the folder `out`, with its plots beside it.

    report.json is written last: where it is, all the rest is there. data: the images compared on.
    """
    prepare_folder(out, overwrite=overwrite)
    together = comparison_drawings(comparison)
    single = [
        model_drawings(model, name, data.images)
        for model, name in zip(
            comparison.models, file_names([one.name for one in comparison.models]), strict=True
        )
    ]
    for drawing in [one for drawings in (together, *single) for one in drawings.values()]:
        for ending, content in (("png", drawing.png), ("svg", drawing.svg)):
            with whole_file(out / PLOTS / f"{drawing.name}.{ending}") as part:
                part.write_bytes(content)
    for name, text in (
        (PAGE, report_page(comparison, data.images, together, single)),
        (RECORD, comparison.as_json()),
    ):
        with whole_text(out / name) as file:
            file.write(text)
    return out / PAGE
