"""PDF/A, the PDF for archives: made of a searchable PDF where nothing in it stands against that.

PDF/A-2b (ISO 19005-2:2011) or, with files attached, PDF/A-3b (ISO 19005-3:2012): metadata as XMP,
the meaning of device colours, and no claim where something is known to break the rules. What is
added keeps them; what the input holds is judged by `obstacles_to`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from digitize.export.pdf.archival.attachments import Attachment, attach
from digitize.export.pdf.archival.colours import add_output_intent
from digitize.export.pdf.archival.mending import mend
from digitize.export.pdf.archival.metadata import claim_conformance, claims_conformance, keep_claim
from digitize.export.pdf.archival.obstacles import obstacles_to

if TYPE_CHECKING:
    from pikepdf import Pdf

__all__ = ["Attachment", "keep_claim", "make_archival"]


def make_archival(pdf: Pdf, title: str, attachments: Sequence[Attachment] = ()) -> tuple[str, ...]:
    """Make `pdf` a PDF/A, and return nothing; or return why it cannot be one, and leave it.

    title: for a PDF that has none. Attachments make it PDF/A-3b, else it is PDF/A-2b.
    """
    mend(pdf)
    if claims_conformance(pdf) and not attachments:
        keep_claim(pdf)  # its maker knew more of it than can be seen here
        return ()
    found = obstacles_to(pdf)
    if found:
        return found
    add_output_intent(pdf)
    attach(pdf, attachments)
    claim_conformance(pdf, part=3 if attachments else 2, title=title)
    return ()
