"""A PDF saved: every picture in it keeps its stored bytes, and equal PDFs are equal files."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any

from digitize.export.atomic import PatientFile
from digitize.export.pdf.deflate import HARDEST

if TYPE_CHECKING:
    from pikepdf import Pdf

LAYERS_SINCE = "1.5"
"""The version of PDF that brought layers to switch off (optional content), and object streams."""


_KEPT_FILTERS = ("/FlateDecode", "/DCTDecode", "/CCITTFaxDecode", "/JBIG2Decode", "/JPXDecode")
"""What qpdf never packs anew while it packs the rest."""


def save_pdf(pdf: Pdf, path: Path) -> None:
    """Save `pdf`, its dictionaries packed together; no filter of a picture is taken off or changed.

    qpdf packs either all streams that have no filter or an old one, or none; where a picture is
    such a stream, nothing is packed.
    """
    import pikepdf

    pikepdf.settings.set_flate_compression_level(HARDEST)
    with path.open("wb") as file, PatientFile(file) as patient, warnings.catch_warnings():
        warnings.simplefilter("ignore", pikepdf.PageCopyWarning)  # fields without a form stay so
        pdf.save(
            patient,
            min_version=LAYERS_SINCE,
            fix_metadata_version=False,
            stream_decode_level=pikepdf.StreamDecodeLevel.none,
            compress_streams=all(map(_is_kept, pdf.objects)),
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            deterministic_id=True,
        )


def _is_kept(thing: Any) -> bool:
    """Tell whether an object is no picture, or one that stays as it is when others are packed."""
    from pikepdf import Stream

    if not isinstance(thing, Stream) or thing.get("/Subtype") != "/Image":
        return True
    return thing.get("/Filter") in _KEPT_FILTERS
