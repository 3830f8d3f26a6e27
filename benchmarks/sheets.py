"""Draw sheets as people send them, with their truth: a set to choose weights and thresholds on.

    python benchmarks/sheets.py OUT [--sheets 64] [--seed 1] [--data DIR]... [--fonts DIR]...

Eight kinds in turn, a JPEG and a JSON each; the same arguments give the same bytes. They are
written with the twelfth of the digits of `--data` that a training with `--seed 1` holds back, if
the same folders are given in the same order, and in fonts that no training sees. Score a run by

    digitize run OUT -o READ
    python ../shared/bench/score.py READ OUT --by kind
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from drawn_sheets.capture import capture, moved_to
from drawn_sheets.desk import Desk
from drawn_sheets.empty import no_number
from drawn_sheets.forms import exam_cover, mark_sheet, score_pad
from drawn_sheets.lists import answer_list, notebook, receipt, sums
from drawn_sheets.people import pick_writer
from drawn_sheets.press import pick_press
from drawn_sheets.sheet import Sheet
from drawn_sheets.truth import truth_of
from numpy.random import Generator

from digitize.errors import DigitizeError, UsageError
from digitize.train.clutter import FontFace, find_fonts
from digitize.train.clutter.fonts import SYSTEM_FOLDERS
from digitize.train.datasets import DigitSet, joined
from digitize.train.datasets.held_back import split_held_back
from digitize.train.datasets.training_data import HELD_BACK_SHARE, read_source
from digitize.train.inkpages.canvas import Ink
from digitize.train.inkpages.hands import tell_apart
from digitize.train.inkpages.lettering import families_of

DATA = Path(os.environ.get("DIGITIZE_DATA", Path(__file__).parent.parent.parent / "shared/data"))
SEED_OF_TRAININGS = 1
KINDS: dict[str, Callable[[Desk], None]] = {
    "marks": mark_sheet,
    "cover": exam_cover,
    "answers": answer_list,
    "sums": sums,
    "receipt": receipt,
    "pad": score_pad,
    "notebook": notebook,
    "empty": no_number,
}
A4, A5 = (210.0, 297.0), (148.0, 210.0)  # millimetres
SMALL = 0.25  # of sheets: A5
LONG_SIDE = (1250.0, 2480.0)  # pixels
PHOTOGRAPHED, TURNED = "notebook", 3  # always; one of so many lies on its side or its head
RULES = (
    Ink((40, 40, 45), 0.9), Ink((95, 95, 100), 0.8), Ink((60, 80, 130), 0.7),
)  # fmt: skip
PALE_RULES = (
    Ink((130, 160, 205), 0.6), Ink((150, 150, 155), 0.5), Ink((110, 170, 165), 0.5),
)  # fmt: skip
JPEG = [cv2.IMWRITE_JPEG_QUALITY, 88]


@dataclass(frozen=True, slots=True)
class Supply:
    """digits to write with, faces that print and faces that write."""

    digits: DigitSet
    prints: Sequence[FontFace]
    hands: Sequence[FontFace]


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the sheets; the exit code says what was wrong if that failed."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("out", type=Path, help="folder that the sheets are written into")
    parser.add_argument("--sheets", type=int, default=64, help="how many (default: 64)")
    parser.add_argument("--seed", type=int, default=1, help="default: 1")
    parser.add_argument("--data", type=Path, action="append", help="default: MNIST")
    parser.add_argument("--fonts", type=Path, action="append", default=[], help="handwriting fonts")
    given = parser.parse_args(arguments)
    try:
        supply = read_supply(given.data or [DATA / "mnist"], given.fonts)
    except DigitizeError as error:
        print(f"{error.cause}. {error.remedy}.", file=sys.stderr)
        return int(error.exit_code)
    given.out.mkdir(parents=True, exist_ok=True)
    for number in range(given.sheets):
        write_sheet(given.out, number, supply, given.seed)
    print(f"{given.sheets} sheets lie in {given.out}")
    return 0


def read_supply(folders: Sequence[Path], fonts: Sequence[Path]) -> Supply:
    """Return what was held back of digits and fonts; UsageError if there are no fonts."""
    digits = joined([read_source(folder)[0] for folder in folders])
    count = round(len(digits) * HELD_BACK_SHARE)
    _, held_back = split_held_back(digits.labels, count, SEED_OF_TRAININGS)
    prints, hands = tell_apart(find_fonts("test", (*SYSTEM_FOLDERS, *fonts)))
    if not prints or not hands:
        raise UsageError(
            "there are no fonts to print with and to write with",
            "Install some (apt install fonts-liberation) and name a folder with those of "
            "benchmarks/hand_fonts.py by --fonts",
        )
    return Supply(digits.subset(held_back).digits(), prints, hands)


def write_sheet(
    out: Path, number: int, supply: Supply, seed: int, sides: tuple[float, float] = LONG_SIDE
) -> Path:
    """Return the truth of a sheet, written with its picture into the folder `out`.

    The number says which kind it is. sides: least and most pixels of its longer side.
    """
    rng = np.random.default_rng([seed, number])
    (kind, fill), of_kind = list(KINDS.items())[number % len(KINDS)], number // len(KINDS)
    desk = lay_desk(kind, supply, sides, rng)
    fill(desk)
    turns = int(rng.integers(1, 4)) if kind == PHOTOGRAPHED and of_kind % TURNED == 1 else 0
    worn, wear = capture(desk.sheet, rng, photo=kind == PHOTOGRAPHED, turns=turns)
    path = out / f"{kind}-{of_kind:03}.json"
    picture = path.with_suffix(".jpg")
    cv2.imwrite(str(picture), cv2.cvtColor(worn.pixels, cv2.COLOR_RGB2BGR), JPEG)
    truth = truth_of(picture.name, kind, wear, moved_to(desk.sheet.numbers, worn.moved))
    path.write_text(truth, encoding="utf-8")
    return path


def lay_desk(kind: str, supply: Supply, sides: tuple[float, float], rng: Generator) -> Desk:
    """Return an empty sheet for this kind, and who and what fills it."""
    width, height = A5 if rng.random() < SMALL else A4
    scale = float(np.exp(rng.uniform(*np.log(sides)))) / height
    rules = RULES if kind in ("marks", "cover", "pad", "empty") else PALE_RULES
    ruled = rules[int(rng.integers(len(rules)))]
    sheet = Sheet.blank(width, height, scale, ruled, float(rng.uniform(0.15, 0.4)))
    families = families_of(supply.prints)
    ink = Ink((35, 35, 38), float(rng.uniform(0.8, 0.97)))
    press = pick_press(sheet, families[int(rng.integers(len(families)))], ink)
    return Desk(sheet, press, pick_writer(sheet, supply.digits, supply.hands, rng), rng)


if __name__ == "__main__":
    sys.exit(main())
