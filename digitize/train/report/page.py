"""report.html: the comparison as one page that needs nothing but itself."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from pathlib import Path

import cv2
import numpy as np

from digitize.records import Floats
from digitize.train.libraries import load
from digitize.train.report.catalogue import Drawing
from digitize.train.report.mistakes import Mistake
from digitize.train.report.plots.style import answer_name
from digitize.train.report.record import Comparison
from digitize.train.report.table import figure_rows, origin_rows
from digitize.train.report.wording import area_text, frequent_errors, p_text, pair_sentence, percent

TEMPLATE = "report.html.j2"


def report_page(
    comparison: Comparison,
    images: Floats,
    together: Mapping[str, Drawing],
    single: Sequence[Mapping[str, Drawing]],
) -> str:
    """Return the page, in HTML; nothing in it is fetched and nothing runs.

    images: (count, 28, 28), 0 paper to 1 ink. together: plots of all models; single: of each.
    """
    (jinja2,) = load("jinja2")
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "percent": percent,
        "area": area_text,
        "p_value": p_text,
        "answer": answer_name,
        "sentence": pair_sentence,
        "frequent": frequent_errors,
        "svg": lambda drawing: data_address("image/svg+xml", drawing.svg),
        "cutout": lambda mistake: data_address("image/png", cutout(mistake, images)),
    }
    page: str = environment.get_template(TEMPLATE).render(
        comparison=comparison,
        rows=(*figure_rows(comparison), *origin_rows(comparison)),
        together=together,
        models=list(zip(comparison.models, single, strict=True)),
        without_curve=[one.name for one in comparison.models if not one.learning_curve],
    )
    return page


def cutout(mistake: Mistake, images: Floats) -> bytes:
    """Return the image of a mistake as a PNG file, dark on light."""
    paper = np.rint(255 * (1 - images[mistake.index])).astype(np.uint8)
    _, png = cv2.imencode(".png", paper)
    return png.tobytes()


def data_address(kind: str, content: bytes) -> str:
    """Return the content as an address that a page can hold."""
    return f"data:{kind};base64,{base64.b64encode(content).decode('ascii')}"
