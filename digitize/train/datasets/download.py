"""Files fetched from the web, whole or not at all, with a bar on stderr."""

from __future__ import annotations

import os
import urllib.request
from http.client import HTTPException, HTTPResponse
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import OpenerDirector

from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

from digitize.errors import UnreadableInput, UsageError

PATIENCE = 30.0  # seconds without a byte until the server counts as dead
PIECE = 1 << 16  # bytes between two moves of the bar
MOST_BYTES = 1 << 26  # 64 MiB: MNIST's largest file has 47 MB unpacked
HANDLERS = (
    urllib.request.ProxyHandler,
    urllib.request.UnknownHandler,
    urllib.request.HTTPHandler,
    urllib.request.HTTPSHandler,
    urllib.request.HTTPDefaultErrorHandler,
    urllib.request.HTTPRedirectHandler,
    urllib.request.HTTPErrorProcessor,
)
"""Those for the web alone: urllib's usual opener also reads file: and ftp: addresses."""


class Downloads:
    """Fetches files and shows how far it is; a context manager."""

    def __init__(self, title: str, remedy: str) -> None:
        self._opener, self._remedy = web_opener(), remedy
        self._title = title
        self._progress = Progress(
            TextColumn("{task.description}", markup=False),
            BarColumn(),
            DownloadColumn(),
            TimeRemainingColumn(),
            console=Console(stderr=True),
        )

    def fetch(self, address: str) -> bytes:
        """Return what is at `address`; UnreadableInput where it cannot be fetched whole."""
        name = address.rsplit("/", 1)[-1]
        try:
            with self._opener.open(address, timeout=PATIENCE) as response:
                return self._read(response, name)
        except (OSError, HTTPException, ValueError) as error:
            cause = f"{address}: it cannot be fetched ({_reason(error)})"
            raise UnreadableInput(cause, self._remedy) from error

    def _read(self, response: HTTPResponse, name: str) -> bytes:
        promised = response.length  # None where the server does not say
        task = self._progress.add_task(name, total=promised)
        content = bytearray()
        while piece := response.read(PIECE):
            content += piece
            self._progress.update(task, completed=len(content))
            if len(content) > MOST_BYTES:
                raise HTTPException(f"it is longer than {MOST_BYTES} bytes")
        if promised is not None and len(content) < promised:
            raise HTTPException(f"the connection ended after {len(content)} of {promised} bytes")
        return bytes(content)

    def __enter__(self) -> Downloads:
        self._progress.console.print(
            f"Fetching {self._title}", markup=False, highlight=False, soft_wrap=True
        )
        self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._progress.stop()


def source_address(variable: str, usual: str) -> str:
    """Return the address that files' names are added to: the mirror `variable` names, or `usual`.

    UsageError where the mirror is no address of the web.
    """
    address = os.environ.get(variable) or usual
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.netloc:
        raise UsageError(
            f"{variable}: {address!r} is not an address of the web",
            f"Give one that begins with https:// or http://, such as {usual}",
        )
    return address.rstrip("/") + "/"


def web_opener() -> OpenerDirector:
    """Return what opens http and https addresses and no others, redirected or not."""
    opener = OpenerDirector()
    for handler in HANDLERS:
        opener.add_handler(handler())
    return opener


def _reason(error: Exception) -> str:
    """Return what an error of the network says, and let go of its connection."""
    if isinstance(error, HTTPError):
        error.close()
        return f"the server answers {error.code} {error.reason}"
    if isinstance(error, TimeoutError) or (
        isinstance(error, URLError) and isinstance(error.reason, TimeoutError)
    ):
        return f"the server was silent for {PATIENCE:.0f} seconds"
    reason = error.reason if isinstance(error, URLError) else error
    return str(getattr(reason, "strerror", None) or reason).lower()
