"""Signatures of a PDF: they vouch for its very bytes, so that no changed copy can keep them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from digitize.export.pdf.entries import dictionaries_in, dictionary_at, whole_number

if TYPE_CHECKING:
    from pikepdf import Pdf

_DEEPEST = 32
"""Of fields within fields; a damaged tree may run in circles."""

_SIGNATURES_EXIST, _APPEND_ONLY = 1, 2
"""Bits of /SigFlags (ISO 32000-1, table 219)."""


def remove_signatures(pdf: Pdf) -> tuple[str, ...]:
    """Take all signatures off and return a name for each; their looks stay on the page.

    What a viewer would call a broken signature is none any more: the copy is an unsigned one.
    """
    form = dictionary_at(pdf.Root, "/AcroForm")
    signers = []
    for field in _signed_fields(form.get("/Fields") if form is not None else None):
        signers.append(_signer(field["/V"]))
        del field["/V"]
    if form is not None and "/SigFlags" in form:
        flags = whole_number(form["/SigFlags"])
        form["/SigFlags"] = flags & ~(_SIGNATURES_EXIST | _APPEND_ONLY)
    if "/Perms" in pdf.Root:
        del pdf.Root["/Perms"]
        signers = signers or ["the program that made it"]
    return tuple(signers)


def _signed_fields(fields: Any, depth: int = 0, kind: object = None) -> Iterator[Any]:
    """Yield the fields that hold a signature; a field's kind may be told by the one above."""
    for field in dictionaries_in(fields):
        own = field.get("/FT", kind)
        if own == "/Sig" and dictionary_at(field, "/V") is not None:
            yield field
        if depth < _DEEPEST:
            yield from _signed_fields(field.get("/Kids"), depth + 1, own)


def _signer(value: Any) -> str:
    """Return who signed, as the signature says; it may leave that to its certificate."""
    name = str(value.get("/Name", "")).strip()
    return name or "somebody whose name stands in the certificate"
