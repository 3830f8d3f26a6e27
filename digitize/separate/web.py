"""Pages whose ink hangs together: squared paper whose rules the digits touch."""

from __future__ import annotations

from digitize.records import Pixels
from digitize.separate.erase import without_rules
from digitize.separate.heights import estimate_digit_height
from digitize.separate.options import SeparateOptions
from digitize.separate.rules import find_rules

WHOLE_PAGE = 1000  # pixels of the longer side: on a smaller picture one digit may fill it all
WEB_SHARE = 1 / 8  # of the longer side: no page is written in digits so large
USUAL_SHARE = 1 / 70  # of the longer side: 4.2 mm on A4


def is_one_web(ink: Pixels, height: float) -> bool:
    """Tell whether a page's ink hangs together, as on squared paper whose rules digits touch."""
    longer: int = max(ink.shape)
    return longer >= WHOLE_PAGE and height > WEB_SHARE * longer


def find_height_in_web(ink: Pixels, options: SeparateOptions) -> float:
    """Return the digit height of a page whose rules hold all ink together.

    The rules are found with the usual height of writing on such a page, and erased for the look.
    """
    usual = max(ink.shape) * USUAL_SHARE
    rows, columns = find_rules(ink, usual, options)
    freed = without_rules(ink, rows, columns)
    height = estimate_digit_height(freed)
    return usual if is_one_web(freed, height) else height
