"""Pillow without its warnings and its own idea of too large a picture."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

from PIL import Image

from digitize.errors import DigitizeError, UnreadableInput

# Without a handler, Python prints what Pillow logs on the user's screen.
logging.getLogger("PIL").addHandler(logging.NullHandler())

# What Pillow, libtiff and libheif say when the data stop before the picture does.
_TRUNCATION_SIGNS = (
    "truncated",
    "end of file",
    "end-of-file",
    "unexpected end",
    "not enough image data",
    "insufficient data",
    "expecting to read",
    "missing dimensions",  # of a TIFF whose list of pages leads behind the end of the file
)


@contextmanager
def calm_pillow() -> Iterator[None]:
    """Let Pillow decode in silence; whatever it raises becomes an UnreadableInput.

    Pillow's bomb check is off inside, since check_pixels has the limit that the user can set. Not
    to be held over a `yield`: both settings belong to the whole process.
    """
    limit = Image.MAX_IMAGE_PIXELS
    Image.MAX_IMAGE_PIXELS = None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    except DigitizeError:
        raise
    # Damaged files make Pillow raise nearly anything: OSError, SyntaxError, struct.error, KeyError.
    except Exception as error:
        raise _unreadable(error) from error
    finally:
        Image.MAX_IMAGE_PIXELS = limit


def _unreadable(error: Exception) -> UnreadableInput:
    said = str(error).strip().rstrip(".")
    if isinstance(error, MemoryError):
        return UnreadableInput(
            "there is too little memory to load it",
            "Raise --worker-memory if it was given, close other programs, or use fewer --jobs.",
        )
    if isinstance(error, EOFError) or any(sign in said.lower() for sign in _TRUNCATION_SIGNS):
        return UnreadableInput("the file ends early: it is truncated", "Copy or scan it again.")
    why = f" ({said.splitlines()[0]})" if said and "<_io" not in said else ""
    return UnreadableInput(f"the picture is damaged or incomplete{why}", "Copy or scan it again.")
