"""The claim to be a PDF/A, in the metadata of the PDF (XMP, ISO 16684-1)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import digitize

if TYPE_CHECKING:
    from pikepdf import Pdf

KNOWN = frozenset(
    {
        "http://purl.org/dc/elements/1.1/",
        "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
        "http://www.w3.org/XML/1998/namespace",
        "adobe:ns:meta/",
        *(
            f"http://ns.adobe.com/{part}"
            for part in (
                *("xap/1.0/", "xap/1.0/mm/", "xap/1.0/rights/", "xap/1.0/bj/", "xap/1.0/t/pg/"),
                *("pdf/1.3/", "photoshop/1.0/", "tiff/1.0/", "exif/1.0/", "exif/1.0/aux/"),
                *("camera-raw-settings/1.0/", "xmp/1.0/DynamicMedia/"),
            )
        ),
        *(f"http://www.aiim.org/pdfa/ns/{part}" for part in ("id/", "extension/")),
    }
)
"""Schemas that PDF/A has of itself (XMP 2005); others need a description in the file."""

_EMPTY = b"""<?xpacket begin="\xef\xbb\xbf" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"/>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>"""
"""Schemas are named at the top: some validators look for them nowhere else."""

_EXTENSIONS = "{http://www.aiim.org/pdfa/ns/extension/}schemas"


def unknown_schemas(pdf: Pdf) -> list[str]:
    """Return the schemas that the metadata use and do not describe, in order."""
    metadata = pdf.open_metadata()  # outside a `with` it is read and not written
    if _EXTENSIONS in metadata:
        return []
    return sorted({key[1:].split("}")[0] for key in metadata if key.startswith("{")} - KNOWN)


def claims_conformance(pdf: Pdf) -> bool:
    """Tell whether the metadata say that `pdf` is a PDF/A."""
    return "/Metadata" in pdf.Root and bool(pdf.open_metadata().pdfa_status)


def keep_claim(pdf: Pdf) -> None:
    """Let a PDF that says it is a PDF/A say what holds with text and marks laid over it.

    Layers came with PDF/A-2, which takes what PDF/A-1 does; and our text has no tags, as level A
    asks for.
    """
    if not claims_conformance(pdf):
        return
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
        if metadata.get("pdfaid:part") == "1":
            metadata["pdfaid:part"] = "2"
        if metadata.get("pdfaid:conformance") == "A":
            metadata["pdfaid:conformance"] = "B"


def claim_conformance(pdf: Pdf, part: int, title: str) -> None:
    """Say that `pdf` is a PDF/A of level B; what its old metadata say is in the XMP, too.

    The title is for a PDF that has none. No date is added, so that equal results are equal files.
    """
    from pikepdf import Name, Stream

    if "/Metadata" not in pdf.Root:
        packet = Stream(pdf, _EMPTY, Type=Name.Metadata, Subtype=Name.XML)
        pdf.Root["/Metadata"] = pdf.make_indirect(packet)
    with pdf.open_metadata(set_pikepdf_as_editor=False) as metadata:
        metadata.load_from_docinfo(pdf.docinfo)
        if not metadata.get("dc:title"):
            metadata["dc:title"] = title
        if not metadata.get("pdf:Producer"):
            metadata["pdf:Producer"] = f"digitize {digitize.__version__}"
        metadata["pdfaid:part"] = str(part)
        metadata["pdfaid:conformance"] = "B"
