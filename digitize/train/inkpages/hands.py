"""Which fonts write and which print."""

from __future__ import annotations

from collections.abc import Sequence

from digitize.train.clutter import FontFace
from digitize.train.inkpages.hand_fonts import FONTS

OF_DEBIAN = (
    "dkghandwriting", "kristi", "purisa", "humor sans", "tomson talks", "femkeklaver",
    "ecolier_court", "z003", "breip", "rufscript", "dancing script",
    "comic neue", "klee one", "typoscript", "kaushan script", "because we connect",
    "because we create", "because we learn", "because we mentor", "because we organize",
)  # fmt: skip
NAMED_OTHERWISE = ("nanum pen",)  # than its package
HANDWRITTEN = frozenset((*OF_DEBIAN, *NAMED_OTHERWISE, *(font.family for font in FONTS)))
"""Families that look written, in small letters; all others print."""


def tell_apart(faces: Sequence[FontFace]) -> tuple[list[FontFace], list[FontFace]]:
    """Return the faces that print and those that write."""
    printing = [face for face in faces if not _is_handwritten(face)]
    writing = [face for face in faces if _is_handwritten(face)]
    return printing, writing


def _is_handwritten(face: FontFace) -> bool:
    return face.family.strip().lower() in HANDWRITTEN
