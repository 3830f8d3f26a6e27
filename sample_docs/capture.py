"""What a scanner, a phone or a fax makes of a sheet, and where its digits are in the picture."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import TypeAlias

import cv2
import numpy as np
from numpy.typing import NDArray
from sheet import Sheet

Matrix: TypeAlias = NDArray[np.float64]
Pixels: TypeAlias = NDArray[np.uint8]
Truth: TypeAlias = list[dict[str, object]]


@dataclass(frozen=True)
class Picture:
    """A page as captured: RGB (height, width, 3) or 1-bit (height, width) uint8, and its truth."""

    pixels: Pixels
    numbers: Truth


def scanned(
    sheet: Sheet, rng: Random, skew_degrees: float, noise: float = 4.0, blur: float = 0.6
) -> Picture:
    """Scan on a flatbed: turned a little, darker along one edge, soft and noisy."""
    height, width = sheet.paper.shape[:2]
    matrix = _turn(width, height, skew_degrees)
    light = _falling_light(width, height, rng, 0.05)
    return Picture(_exposed(sheet, matrix, light, noise, blur, rng), _mapped_truth(sheet, matrix))


def photographed(sheet: Sheet, rng: Random, stray: float = 0.008, noise: float = 6.0) -> Picture:
    """Photograph with a phone: corners stray by up to `stray` of the side, light falls off."""
    height, width = sheet.paper.shape[:2]
    corners = np.float32([(0, 0), (width, 0), (width, height), (0, height)])
    strays = [(rng.uniform(-stray, stray), rng.uniform(-stray, stray)) for _ in corners]
    moved = corners + np.float32(strays) * np.float32([width, height])
    matrix = cv2.getPerspectiveTransform(corners, moved.astype(np.float32)).astype(np.float64)
    light = _falling_light(width, height, rng, 0.38)
    return Picture(_exposed(sheet, matrix, light, noise, 0.9, rng), _mapped_truth(sheet, matrix))


def faxed(sheet: Sheet, rng: Random, skew_degrees: float) -> Picture:
    """Scan in black and white: ragged edges and specks, 0 ink and 255 paper."""
    picture = scanned(sheet, rng, skew_degrees, noise=22.0, blur=0.8)
    grey = cv2.cvtColor(picture.pixels, cv2.COLOR_RGB2GRAY)
    black = np.where(cv2.GaussianBlur(grey, (0, 0), 0.6) < 150, 0, 255).astype(np.uint8)
    height, width = black.shape
    for _ in range(120):
        x, y = rng.randrange(width - 3), rng.randrange(height - 3)
        black[y : y + rng.randint(1, 2), x : x + rng.randint(1, 3)] = 0
    return Picture(black, picture.numbers)


def _turn(width: int, height: int, degrees: float) -> Matrix:
    """Turn the page about its middle, anticlockwise positive."""
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
    return np.vstack([turn, [0, 0, 1]])


def _falling_light(width: int, height: int, rng: Random, depth: float) -> NDArray[np.float32]:
    """Brightness, (height, width, 1) float32: 1 at the lit side down to 1 - depth at the other."""
    angle = rng.uniform(0, 2 * np.pi)
    x = np.linspace(-0.5, 0.5, width, dtype=np.float32)[None, :]
    y = np.linspace(-0.5, 0.5, height, dtype=np.float32)[:, None]
    along = np.float32(np.cos(angle)) * x + np.float32(np.sin(angle)) * y
    along = (along - along.min()) / (along.max() - along.min())
    return (1 - np.float32(depth) * along**2)[:, :, None]


def _exposed(
    sheet: Sheet, matrix: Matrix, light: NDArray[np.float32], noise: float, blur: float, rng: Random
) -> Pixels:
    height, width = sheet.paper.shape[:2]
    image = cv2.warpPerspective(
        sheet.paper,
        matrix,
        (width, height),
        flags=cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_REPLICATE,
    )
    image = cv2.GaussianBlur(image, (0, 0), blur)
    grain = np.random.default_rng(rng.getrandbits(32))
    speckle = grain.standard_normal((height, width, 1), dtype=np.float32) * np.float32(noise)
    speckle = cv2.GaussianBlur(speckle, (0, 0), 0.7)[:, :, None]
    return np.clip(np.round(image * light + speckle), 0, 255).astype(np.uint8)


def _mapped_truth(sheet: Sheet, matrix: Matrix) -> Truth:
    """Each number with its text, its box and its digits' boxes, in pixels of the picture."""
    numbers: Truth = []
    for text, inks in sheet.marks:
        extents = [_extent(ink, matrix) for ink in inks]
        digits = [
            {"digit": int(digit), "box": _box(extent)}
            for digit, extent in zip(text, extents, strict=True)
        ]
        around = np.array(extents)
        whole = np.concatenate([around[:, :2].min(axis=0), around[:, 2:].max(axis=0)])
        numbers.append({"text": text, "box": _box(whole), "digits": digits})
    return numbers


def _extent(ink: NDArray[np.int64], matrix: Matrix) -> NDArray[np.float64]:
    """Left, top, right and bottom edge of ink pixels once captured."""
    centres = ink[:, None, :].astype(np.float64)
    moved = cv2.perspectiveTransform(centres, matrix)[:, 0]
    return np.concatenate([moved.min(axis=0), moved.max(axis=0) + 1])


def _box(extent: NDArray[np.float64]) -> list[float]:
    left, top, right, bottom = extent.tolist()
    return [round(left, 1), round(top, 1), round(right - left, 1), round(bottom - top, 1)]
