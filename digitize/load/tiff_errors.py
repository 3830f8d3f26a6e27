"""What libtiff says while it decodes: kept off the user's screen, and heard where it matters."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

from PIL import Image

from digitize.errors import UnreadableInput

_STDERR = 2
_JPEG_TROUBLE = "JPEGLib"  # how libtiff's complaints about JPEG data begin


def load_checked(picture: Image.Image) -> None:
    """Decode a picture; UnreadableInput where libtiff complains of a JPEG that Pillow lets pass."""
    if picture.format != "TIFF":
        picture.load()
        return
    with tempfile.TemporaryFile() as said:
        with _stderr_into(said):
            picture.load()
        said.seek(0)
        complaints = said.read().decode("utf-8", "replace").splitlines()
    for complaint in complaints:
        if _JPEG_TROUBLE in complaint:
            raise UnreadableInput(
                f"the picture is damaged or incomplete ({complaint.strip()})",
                "Copy or scan it again.",
            )


@contextmanager
def _stderr_into(file: IO[bytes]) -> Iterator[None]:
    """Send the process's stderr to `file`: libtiff writes there itself, past Python."""
    try:
        screen = os.dup(_STDERR)
    except OSError:  # closed, so nothing can reach it
        yield
        return
    try:
        os.dup2(file.fileno(), _STDERR)
        yield
    finally:
        os.dup2(screen, _STDERR)
        os.close(screen)
