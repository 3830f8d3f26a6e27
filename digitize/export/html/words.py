"""Text from outside as HTML may hold it, and figures as people read them."""

from __future__ import annotations

from html import escape

from digitize.export.xml_text import xml_text


def shown(text: str) -> str:
    r"""Return `text` escaped, for content and for quoted attributes; what is no text, as \x01."""
    return escape(xml_text(text), quote=True)


def counted(number: int, noun: str) -> str:
    """Return "1 page", "2 pages", "3,912 numbers"."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def share(part: int, whole: int) -> str:
    """Return "96 %", rounded down, so that 100 % is all; a dash where there is nothing."""
    return f"{100 * part // whole} %" if whole else "–"


def times(seconds: float) -> str:
    """Return "0.8 s", "12.3 s" or "4 min 5 s"."""
    if seconds < 100:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest} s"
