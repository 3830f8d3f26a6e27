"""Pages of numbers composed of digits held back from training, and what is read on them."""

from __future__ import annotations

from digitize.train.compose.pages import (
    ALL_PAGES,
    ComposedPage,
    ComposeOptions,
    compose_page,
    compose_round,
)
from digitize.train.compose.readings import (
    CALIBRATION_NUMBERS,
    NumberReadings,
    join_readings,
    read_composed,
    read_composed_pages,
    read_numbers,
)
from digitize.train.compose.sheet import TrueNumber
from digitize.train.compose.supply import DigitSupply

__all__ = [
    "ALL_PAGES",
    "CALIBRATION_NUMBERS",
    "ComposeOptions",
    "ComposedPage",
    "DigitSupply",
    "NumberReadings",
    "TrueNumber",
    "compose_page",
    "compose_round",
    "join_readings",
    "read_composed",
    "read_composed_pages",
    "read_numbers",
]
