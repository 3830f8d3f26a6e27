"""Fetch the handwriting fonts that the page composer writes words with, into a folder.

    python benchmarks/hand_fonts.py ~/.local/share/fonts/hands

What lies there already stays. Needs the extra `train`; fetches from the npm registry, or from the
mirror that DIGITIZE_FONTS_URL names.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from digitize.errors import DigitizeError
from digitize.train.inkpages.hand_fonts import fetch_hand_fonts


def main() -> int:
    """Return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, help="where the fonts are to lie")
    folder = parser.parse_args().folder
    try:
        fonts = fetch_hand_fonts(folder)
    except DigitizeError as error:
        print(f"{error.cause}. {error.remedy}.", file=sys.stderr)
        return int(error.exit_code)
    print(f"{len(fonts)} fonts lie in {folder}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
