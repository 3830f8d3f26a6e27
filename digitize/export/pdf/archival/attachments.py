"""Files carried within a PDF as its data (PDF/A-3, ISO 19005-3, 6.8 and annex E)."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pikepdf import Dictionary, Pdf


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file to carry: its name, its content, and what it is; made: when, in UTC."""

    name: str
    content: bytes
    media_type: str
    description: str
    made: datetime


def attach(pdf: Pdf, attachments: Sequence[Attachment]) -> None:
    """Put the files into the PDF, tied to the document as the data that it was made with."""
    from pikepdf import Array, Dictionary, String

    if not attachments:
        return
    listed, tied = Array(), Array()
    for attachment in sorted(attachments, key=lambda one: one.name):  # a name tree is in order
        specification = pdf.make_indirect(_specification(pdf, attachment))
        listed.extend([String(attachment.name), specification])
        tied.append(specification)
    if "/Names" not in pdf.Root:
        pdf.Root["/Names"] = Dictionary()
    pdf.Root["/Names"]["/EmbeddedFiles"] = Dictionary(Names=listed)
    pdf.Root["/AF"] = tied


def _specification(pdf: Pdf, attachment: Attachment) -> Dictionary:
    from pikepdf import Dictionary, Name, Stream, String

    stream = Stream(pdf, zlib.compress(attachment.content, 9))
    stream["/Type"], stream["/Filter"] = Name.EmbeddedFile, Name.FlateDecode
    stream["/Subtype"] = Name(f"/{attachment.media_type}")
    stream["/Params"] = Dictionary(
        Size=len(attachment.content),
        ModDate=String(f"D:{attachment.made:%Y%m%d%H%M%S}Z"),
        CheckSum=String(hashlib.md5(attachment.content, usedforsecurity=False).digest()),
    )
    file = pdf.make_indirect(stream)
    return Dictionary(
        Type=Name.Filespec,
        F=String(attachment.name),
        UF=String(attachment.name),
        Desc=String(attachment.description),
        AFRelationship=Name.Data,
        EF=Dictionary(F=file, UF=file),
    )
