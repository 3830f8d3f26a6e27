"""Addresses such as s3://bucket/key: told from paths, and shown without the secrets in them."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote, urlsplit

_SCHEME = re.compile(r"[a-z][a-z0-9+.-]+://", re.IGNORECASE)
_ONE_SLASH = re.compile(r"[a-z][a-z0-9+.-]+:/(?!/)", re.IGNORECASE)  # c:/ is a drive
_LOCAL = ("file://", "local://")
_WEB = ("http://", "https://")

LEFT_OUT = "?..."
"""Stands for what an address asks for behind its path, which may be a signature."""

_USER = re.compile(r"(?<=[a-z0-9+.-]{2}:/)(/?)[^/\s]*@", re.IGNORECASE)  # also behind one slash
_REST = r"(?:[^\s\"']|'(?![\s.,;:)\]]|$))*(?<![.,;:)])"  # of an address, which a text may quote
_WEB_QUERY = re.compile(rf"(https?://?[^\s\"'?#]*)[?#](?!\.\.\.){_REST}", re.IGNORECASE)
_QUERY = re.compile(rf"\?(?!\.\.\.){_REST}={_REST}")  # without a = it may be a part of a key's name


def is_address(given: str) -> bool:
    """Tell whether what was given is an address, and no path on this machine."""
    return _SCHEME.match(given) is not None


def lacks_a_slash(given: str) -> bool:
    """Tell whether what was given looks like an address with one slash, such as s3:/bucket."""
    return _ONE_SLASH.match(given) is not None


def is_of_the_web(address: str) -> bool:
    """Tell whether an address is one of a web server, which lists no folders."""
    return address.lower().startswith(_WEB)


def local_path(address: str) -> Path | None:
    """Return the path on this machine that an address leads to; None where it leads elsewhere."""
    for scheme in _LOCAL:
        if address.lower().startswith(scheme):
            return Path(address[len(scheme) :])
    return None


def without_secrets(text: str) -> str:
    """Return a text without the passwords and signatures of the addresses in it."""
    return _QUERY.sub(LEFT_OUT, _WEB_QUERY.sub(rf"\1{LEFT_OUT}", _USER.sub(r"\1", text)))


def web_path(address: str) -> str:
    """Return the server and the path of an address of the web, without percent signs."""
    found = urlsplit(address)
    return f"{found.hostname or ''}/{unquote(found.path)}"
