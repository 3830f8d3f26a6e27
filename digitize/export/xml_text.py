"""Text that an XML file can hold, whatever is in it."""

from __future__ import annotations

import re

_UNWRITABLE = re.compile("[^ -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What is no character of XML 1.0 (section 2.2), and line breaks and tabs, which names may hold."""


def xml_text(text: str) -> str:
    r"""Return `text` with what XML cannot hold shown by backslashes, as \x01; not yet escaped."""
    return _UNWRITABLE.sub(lambda found: found[0].encode("unicode_escape").decode("ascii"), text)
