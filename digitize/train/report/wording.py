"""Figures in words, the same wherever they are shown."""

from __future__ import annotations

from digitize.train.report.plots.style import answer_name
from digitize.train.report.record import ModelReport, PairReport

UNKNOWN = "–"
FULL_AREA = 0.999995  # areas above this would be shown as 1.00000
LEAST_P = 1e-4  # smaller p-values are told as smaller than this
MINUTE = 60.0  # seconds; times are told in minutes from two of them on


def percent(value: float | None, places: int = 2) -> str:
    """Return 0.0518 as "5.18%"."""
    return UNKNOWN if value is None else f"{value:.{places}%}"


def area_text(area: float | None) -> str:
    """Return 0.999512 as "0.99951"; what is short of 1 is not rounded up to it."""
    if area is None:
        return UNKNOWN
    return "> 0.99999" if FULL_AREA < area < 1 else f"{area:.5f}"


def duration(seconds: float) -> str:
    """Return "7.35 s" or "12.5 min"."""
    return f"{seconds / MINUTE:,.1f} min" if seconds >= 2 * MINUTE else f"{seconds:.2f} s"


def p_text(p_value: float) -> str:
    """Return "= 0.031", or "< 0.0001"."""
    return f"< {LEAST_P:.4f}" if p_value < LEAST_P else f"= {p_value:.2g}"


def pair_sentence(pair: PairReport) -> str:
    """Return what McNemar's test says about two models."""
    if not pair.only_first_wrong + pair.only_second_wrong:
        return (
            f"{pair.first} and {pair.second} get the same digits wrong; nothing tells them apart."
        )
    better = pair.first if pair.only_first_wrong < pair.only_second_wrong else pair.second
    chance = f"{'less than ' if pair.p_value < LEAST_P else ''}{max(pair.p_value, LEAST_P):.2%}"
    verdict = (
        f"{better} is the better one on digits like these"
        if pair.different
        else "the difference may well be chance"
    )
    return (
        f"{pair.first} alone is wrong on {pair.only_first_wrong:,}, {pair.second} alone on "
        f"{pair.only_second_wrong:,}. Were both equally good, a split at least this uneven would "
        f"come up in {chance} of such tests (p {p_text(pair.p_value)}): {verdict}."
    )


def frequent_errors(model: ModelReport, limit: int = 3) -> str:
    """Return the commonest confusions, as in "4 read as 9 (12 times), 7 read as 1 (8 times)"."""
    cells = [
        (count, true, answer)
        for true, row in enumerate(model.confusion)
        for answer, count in enumerate(row)
        if count and answer != true
    ]
    told = [
        f"{true} read as {answer_name(answer)} ({count:,} {'time' if count == 1 else 'times'})"
        for count, true, answer in sorted(cells, key=lambda cell: (-cell[0], cell[1:]))[:limit]
    ]
    return ", ".join(told) or "no errors"
