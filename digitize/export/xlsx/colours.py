"""Confidence as a cell's colour: blue where a number is sure, orange where people must look.

The hues are those of the marks on PDFs, which colour-blind eyes tell apart (Okabe & Ito 2008, Color
Universal Design), made pale so that black text is read on them.
"""

from __future__ import annotations

from typing import Any

from digitize.export.xlsx.sheet import MOST_ROWS

SURE, BETWEEN, DOUBTFUL = "FFA6CFE8", "FFFFFFFF", "FFF2B27A"
"""Opaque RGB of confidence 1, of the limit for review, and of 0."""


def colour_confidence(sheet: Any, column: str, review_below: float) -> None:
    """Let spreadsheets colour a column of confidences; they do it anew when a value changes."""
    from openpyxl.formatting.rule import ColorScaleRule

    between = {"mid_type": "num", "mid_value": review_below, "mid_color": BETWEEN}
    rule = ColorScaleRule(
        start_type="num",
        start_value=0,
        start_color=DOUBTFUL,
        end_type="num",
        end_value=1,
        end_color=SURE,
        **(between if 0 < review_below < 1 else {}),
    )
    sheet.conditional_formatting.add(f"{column}2:{column}{MOST_ROWS}", rule)
