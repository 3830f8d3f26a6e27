"""What device colours mean: sRGB, told by a profile of a few hundred bytes made here.

The profile is a matrix and one curve, as IEC 61966-2-1 has them, its primaries seen by D50 as ICC
profiles are (ICC.1:2010, 8.3; Bradford adaptation). It depends on no library and no date.
"""

from __future__ import annotations

import struct
import zlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pikepdf import Pdf

NAME = "sRGB IEC61966-2.1"
_D50 = (0.9642, 1.0, 0.8249)
_PRIMARIES = {
    b"rXYZ": (0.436066, 0.222488, 0.013916),
    b"gXYZ": (0.385147, 0.716873, 0.097076),
    b"bXYZ": (0.143066, 0.060608, 0.714096),
}
_ADAPTATION = (
    *(1.047882, 0.022919, -0.050217),
    *(0.029587, 0.990479, -0.017059),
    *(-0.009232, 0.015076, 0.751678),
)
"""From D65, by which sRGB is defined, to D50."""
_CURVE = (2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045)
"""(a v + b)^g from d on, and c v below: the ICC's curve of type 3."""
_MADE = (2026, 1, 1, 0, 0, 0)
"""Of this description; the same in every file."""


def add_output_intent(pdf: Pdf) -> None:
    """Say that device colours are sRGB, unless the PDF says already what they are for PDF/A."""
    from pikepdf import Array, Dictionary, Name, Stream, String

    if archival_intents(pdf):
        return
    profile = Stream(pdf, zlib.compress(srgb_profile(), 9))
    profile["/N"], profile["/Filter"] = 3, Name.FlateDecode
    intent = Dictionary(
        Type=Name.OutputIntent,
        S=Name("/GTS_PDFA1"),
        OutputConditionIdentifier=String(NAME),
        Info=String(NAME),
        DestOutputProfile=pdf.make_indirect(profile),
    )
    if "/OutputIntents" not in pdf.Root:
        pdf.Root["/OutputIntents"] = Array()
    pdf.Root["/OutputIntents"].append(pdf.make_indirect(intent))


def archival_intents(pdf: Pdf) -> list[Any]:
    """Return the output intents that a PDF/A goes by."""
    intents = pdf.Root.get("/OutputIntents", ())
    return [intent for intent in intents if intent.get("/S") == "/GTS_PDFA1"]


def srgb_profile() -> bytes:
    """Return an ICC profile of sRGB for displays, version 4.2."""
    curve = b"para" + struct.pack(">IHH5i", 0, 3, 0, *map(_fixed, _CURVE))
    tags = {
        b"desc": _text(NAME),
        b"cprt": _text("No copyright, use freely"),
        b"wtpt": _xyz(*_D50),
        b"chad": b"sf32" + struct.pack(">I9i", 0, *map(_fixed, _ADAPTATION)),
        **{tag: _xyz(*place) for tag, place in _PRIMARIES.items()},
        b"rTRC": curve,
        b"gTRC": curve,
        b"bTRC": curve,
    }
    table, body, places = b"", b"", {}
    first = 128 + 4 + 12 * len(tags)
    for tag, data in tags.items():
        if data not in places:  # the three curves are one
            places[data] = first + len(body)
            body += data + bytes(-len(data) % 4)
        table += struct.pack(">4sII", tag, places[data], len(data))
    return _header(first + len(body)) + struct.pack(">I", len(tags)) + table + body


def _header(size: int) -> bytes:
    kind = (0x04200000, b"mntr", b"RGB ", b"XYZ ")
    head = struct.pack(">I4xI4s4s4s6H4s", size, *kind, *_MADE, b"acsp")
    light = struct.pack(">3i", *map(_fixed, _D50))
    return head + bytes(28) + light + bytes(48)


def _fixed(value: float) -> int:
    return round(value * 65536)


def _xyz(*place: float) -> bytes:
    return b"XYZ " + struct.pack(">I3i", 0, *map(_fixed, place))


def _text(text: str) -> bytes:
    """Return a text in one language (multiLocalizedUnicodeType)."""
    data = text.encode("utf-16-be")
    return b"mluc" + struct.pack(">III2s2sII", 0, 1, 12, b"en", b"US", len(data), 28) + data
