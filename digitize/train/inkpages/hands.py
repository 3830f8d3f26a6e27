"""Which fonts write and which print."""

from __future__ import annotations

from collections.abc import Sequence

from digitize.train.clutter import FontFace

HANDWRITTEN = frozenset(
    {
        # of the npm packages in `hand_fonts`
        "bad script", "caveat", "cedarville cursive", "covered by your grace",
        "dawning of a new day", "give you glory", "homemade apple", "indie flower",
        "la belle aurore", "loved by the king", "marck script", "mrs saint delafield",
        "nothing you could do", "patrick hand", "reenie beanie", "rock salt", "sacramento",
        "shadows into light", "waiting for the sunrise", "zeyada",
        # of Debian's packages
        "dkghandwriting", "kristi", "purisa", "humor sans", "tomson talks", "femkeklaver",
        "ecolier_court", "z003", "breip", "rufscript", "dancing script",
        "comic neue", "klee one", "typoscript", "kaushan script", "because we connect",
        "because we create", "because we learn", "because we mentor", "because we organize",
    }
)  # fmt: skip
"""Families that look written, in small letters; all others print."""


def tell_apart(faces: Sequence[FontFace]) -> tuple[list[FontFace], list[FontFace]]:
    """Return the faces that print and those that write."""
    printing = [face for face in faces if face.family.lower() not in HANDWRITTEN]
    writing = [face for face in faces if face.family.lower() in HANDWRITTEN]
    return printing, writing
