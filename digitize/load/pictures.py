"""Picture files to pages: PNG, JPEG, TIFF, BMP, WebP, HEIC, GIF; of moving ones, a frame."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import numpy as np
from PIL import Image, ImageOps, UnidentifiedImageError

from digitize.errors import UnreadableInput
from digitize.load.calm import calm_pillow
from digitize.load.colours import to_rgb
from digitize.load.kinds import Kind
from digitize.load.limits import check_pixels
from digitize.load.open_document import OpenDocument
from digitize.load.options import LoadOptions
from digitize.load.outcomes import page_or_failure
from digitize.load.page_ranges import wanted_pages
from digitize.load.resolution import picture_resolution, square_pixels, square_size
from digitize.load.tiff_errors import load_checked
from digitize.records import Failure, Page

_MOST_BROKEN_PAGES = 1000  # of one TIFF; more is no TIFF to speak of
_MOVING = frozenset({Kind.GIF, Kind.WEBP, Kind.PNG, Kind.HEIF})
"""Kinds whose further pictures are told of; those in a JPEG are previews and maps of its first."""


@contextmanager
def open_picture_pages(path: Path, kind: Kind, options: LoadOptions) -> Iterator[OpenDocument]:
    """Open a picture file; only a TIFF has more than one page.

    Of a moving picture the second page is a Failure that stands for all its further frames.
    """
    with open_picture(path, kind) as picture:
        count = _count_pages(picture) if kind is Kind.TIFF else 1
        moves = kind in _MOVING and options.pages is None and _has_more(picture)

        def load_frame(number: int) -> Page:
            if number > count:
                raise UnreadableInput(
                    "it holds more than one picture, and only the first is read",
                    "Save the others as files of their own, or all as a TIFF, to have them read.",
                )
            return _load_frame(picture, number, options)

        def load(number: int) -> Page | Failure:
            alone = count == 1 and not moves
            return load_frame(number) if alone else page_or_failure(load_frame, number)

        yield OpenDocument((1, 2) if moves else tuple(wanted_pages(count, options.pages)), load)


def _count_pages(tiff: Image.Image) -> int:
    """Return how many pages a TIFF lists; a broken one counts, those after it too where listed."""
    for _ in range(_MOST_BROKEN_PAGES):
        with suppress(UnreadableInput), calm_pillow():
            # Pillow stops counting at each broken page, and goes on behind it when asked again.
            return int(getattr(tiff, "n_frames", 1))
    raise UnreadableInput("nearly all of its pages are damaged", "Copy or scan it again.")


def _has_more(picture: Image.Image) -> bool:
    """Tell whether there are frames behind the first; a file that breaks off there has none."""
    with suppress(UnreadableInput), calm_pillow():
        return bool(getattr(picture, "is_animated", False))
    return False


def _load_frame(picture: Image.Image, number: int, options: LoadOptions) -> Page:
    """Decode frame `number`, counted from 1, upright and in RGB."""
    with calm_pillow():
        picture.seek(number - 1)
        check_pixels(*picture.size, options.max_megapixels)
        across, down = picture_resolution(picture)
        check_pixels(*square_size(picture.size, across, down), options.max_megapixels)
        load_checked(picture)
        ImageOps.exif_transpose(picture, in_place=True)
        pixels, dpi = square_pixels(to_rgb(picture), across, down)
        return Page(number, np.ascontiguousarray(pixels), dpi)


@contextmanager
def open_picture(path: Path, kind: Kind) -> Iterator[Image.Image]:
    """Open a picture as what its first bytes say it is; nothing is decoded yet."""
    if kind is Kind.HEIF:
        _register_heif()
    with path.open("rb") as file:
        with calm_pillow():
            try:
                picture = Image.open(file, formats=[kind.value])
            except UnidentifiedImageError as error:
                raise UnreadableInput(
                    f"it begins as a {kind.value} picture, but is damaged, ends early or is of a "
                    "rare kind",
                    "Copy or scan it again, or save it as a plain PNG.",
                ) from error
        with picture:
            yield picture


def _register_heif() -> None:
    """Teach Pillow HEIC; only where one is met, since the library takes long to load."""
    import pillow_heif

    pillow_heif.register_heif_opener()
