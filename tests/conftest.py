"""Paper to draw pages on, outputs kept as golden files, and the real data where there is some."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Sequence
from pathlib import Path

import cv2
import numpy as np
import pytest
from hypothesis import settings
from written_digits import write_digits

from digitize.records import Box, FlatPage, Layers, Page, Pixels

settings.register_profile("digitize", deadline=None, max_examples=60)  # shared cores have no clock
settings.register_profile("ci", parent=settings.get_profile("digitize"), derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") == "true" else "digitize")

GOLDEN = Path(__file__).parent / "golden"
UPRIGHT = np.array([[1.0, 0.0, 0.0], [0.0, 1.0, 0.0]])
BLACK = (25, 25, 25)


class Paper:
    """A page to draw on; each method draws in pixels and returns the paper.

    pixels: (height, width, 3) uint8 RGB. drawn: where each bar and digit lies, in drawing order.
    """

    def __init__(self, width: int = 800, height: int = 600, colour: object = 255) -> None:
        self.pixels: Pixels = np.empty((height, width, 3), dtype=np.uint8)
        self.pixels[:] = np.asarray(colour)
        self.drawn: list[Box] = []

    def bar(
        self,
        x: int,
        y: int,
        height: int = 40,
        width: int = 5,
        colour: tuple[int, int, int] = BLACK,
    ) -> Paper:
        """Draw a full upright bar: what AlwaysDigit(1) should see."""
        self.pixels[y : y + height, x : x + width] = colour
        self.drawn.append(Box(x, y, width, height))
        return self

    def digits(
        self,
        text: str,
        x: int,
        y: int,
        height: int = 40,
        pen: int = 4,
        space: float = 0.25,
        colour: tuple[int, int, int] = BLACK,
    ) -> Paper:
        """Write digits with a pen `pen` pixels wide, `space` digit heights apart."""
        self.drawn += write_digits(self.pixels, text, x, y, height, pen, space, colour)
        return self

    def row(self, y: int, left: int, right: int, thickness: int = 2) -> Paper:
        """Draw a horizontal rule whose uppermost row is `y`."""
        self.pixels[y : y + thickness, left:right] = BLACK
        return self

    def column(self, x: int, top: int, bottom: int, thickness: int = 2) -> Paper:
        """Draw a vertical rule whose leftmost column is `x`."""
        self.pixels[top:bottom, x : x + thickness] = BLACK
        return self

    def dots(self, y: int, left: int, right: int, every: int = 6, side: int = 3) -> Paper:
        """Draw a dotted rule."""
        for x in range(left, right, every):
            self.pixels[y : y + side, x : x + side] = BLACK
        return self

    def grid(self, columns: Sequence[int], rows: Sequence[int], thickness: int = 2) -> Paper:
        """Draw a table, or with two rows a comb of boxes, by its rules' places."""
        for x in columns:
            self.column(x, rows[0], rows[-1] + thickness, thickness)
        for y in rows:
            self.row(y, columns[0], columns[-1] + thickness, thickness)
        return self

    def specks(self, count: int, side: int = 2, seed: int = 3) -> Paper:
        """Scatter dirt."""
        height, width = self.pixels.shape[:2]
        rng = np.random.default_rng(seed)
        for x, y in rng.integers(0, (width - side, height - side), (count, 2)):
            self.pixels[y : y + side, x : x + side] = BLACK
        return self

    def shaded(self, darkest: float = 0.45) -> Paper:
        """Let the light fall off to `darkest` of itself at the right edge."""
        light = np.linspace(1.0, darkest, self.pixels.shape[1])[None, :, None]
        self.pixels = np.rint(self.pixels * light).astype(np.uint8)
        return self

    def grain(self, deviation: float = 5.0, seed: int = 5) -> Paper:
        """Add a scanner's noise, in grey levels."""
        noise = np.random.default_rng(seed).normal(0, deviation, self.pixels.shape)
        self.pixels = np.clip(np.rint(self.pixels + noise), 0, 255).astype(np.uint8)
        return self

    def inverted(self) -> Paper:
        """Make it light on dark."""
        self.pixels = 255 - self.pixels
        return self

    def turned(self, degrees: float) -> Paper:
        """Turn the page anticlockwise about its middle: the writing climbs; `drawn` is void."""
        height, width = self.pixels.shape[:2]
        turn = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
        self.pixels = cv2.warpAffine(
            self.pixels, turn, (width, height), flags=cv2.INTER_AREA, borderValue=(255, 255, 255)
        )
        self.drawn = []
        return self

    def enlarged(self, factor: int) -> Paper:
        """Make every pixel `factor` x `factor` pixels."""
        self.pixels = self.pixels.repeat(factor, axis=0).repeat(factor, axis=1)
        self.drawn = [
            Box(b.x * factor, b.y * factor, b.width * factor, b.height * factor) for b in self.drawn
        ]
        return self

    @property
    def grey(self) -> Pixels:
        """(height, width) uint8, 255 paper to 0 ink."""
        return np.asarray(cv2.cvtColor(self.pixels, cv2.COLOR_RGB2GRAY), dtype=np.uint8)

    @property
    def ink(self) -> Pixels:
        """(height, width) uint8, 255 ink, 0 paper."""
        return np.where(self.grey < 128, 255, 0).astype(np.uint8)

    def page(self, dpi: float = 100.0) -> Page:
        """Return what `load` would."""
        return Page(number=1, pixels=self.pixels, dpi=dpi)

    def flat(self) -> FlatPage:
        """Return what `clean` would, had it nothing to do."""
        return FlatPage(self.grey, self.ink, UPRIGHT, 0.0)

    def layers(self, digit_height: float = 40.0) -> Layers:
        """Return what `separate` would, were all ink digits."""
        nothing = np.zeros_like(self.ink)
        return Layers(self.ink, nothing, nothing, digit_height)


@pytest.fixture(scope="session")
def paper() -> type[Paper]:
    """`paper()` is an empty white page, 800 x 600 pixels."""
    return Paper


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--regen-golden", action="store_true", help="rewrite tests/golden/ instead of comparing"
    )


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, object], None]:
    """`golden(name, value)`: the value is what tests/golden/<name>.json holds."""

    def check(name: str, value: object) -> None:
        path = GOLDEN / f"{name}.json"
        text = json.dumps(value, indent=1, ensure_ascii=False) + "\n"
        if request.config.getoption("--regen-golden"):
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
        assert path.is_file(), f"{path} is missing: run pytest --regen-golden and look at it"
        assert json.loads(path.read_text(encoding="utf-8")) == json.loads(text)

    return check


@pytest.fixture(scope="session")
def real_data() -> Path:
    """The folder of real handwriting; without it a test is skipped, but in CI it fails."""
    folder = os.environ.get("DIGITIZE_DATA")
    if folder:
        return Path(folder)
    if os.environ.get("CI") == "true":
        pytest.fail("DIGITIZE_DATA is not set, and CI may not skip")
    pytest.skip("DIGITIZE_DATA is not set")
