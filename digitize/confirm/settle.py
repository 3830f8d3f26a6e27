"""A verdict of both readers, as the number that it makes."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeAlias

from digitize.confirm.agreement import Verdict
from digitize.geometry import union
from digitize.group import GroupOptions
from digitize.records import Number, Status

Likely: TypeAlias = tuple[tuple[int, float], ...]
"""Digits, and how probable each is."""


def settle(verdict: Verdict, number: Number | None, options: GroupOptions) -> Number:
    """Return the number as the verdict has it: its digits, how certain, and whether for review.

    number: as the first reader had it; None where that read nothing.
    """
    doubted = not verdict.agreed or number is None or number.doubted
    certain = verdict.confidence >= options.review_below
    read_surely = verdict.agreed and verdict.reading >= options.review_below
    digits = tuple(
        replace(
            digit,
            confidence=share,
            status=_status(read_surely),
            alternatives=_within(digit.alternatives, 1 - share),
        )
        for digit, share in zip(verdict.digits, verdict.shares(), strict=True)
    )
    return Number(
        text="".join(str(digit.digit) for digit in digits),
        confidence=verdict.confidence,
        status=_status(certain and not doubted),
        line=number.line if number else 1,
        box=union(digit.box for digit in digits),
        digits=digits,
        doubted=doubted,
    )


def _within(likely: Likely, left: float) -> Likely:
    """Return what else a digit may be, no likelier together than what its reading has left."""
    total = sum(share for _, share in likely)
    return tuple((digit, share * min(1.0, left / total)) for digit, share in likely if share)


def _status(is_sure: bool) -> Status:
    return Status.OK if is_sure else Status.REVIEW
