"""Names that are no Unicode, as files may have, for formats that hold nothing else."""

from __future__ import annotations


def unicode_text(text: str) -> str:
    r"""Return `text` with what is no Unicode shown by backslashes, as \udce9."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")
