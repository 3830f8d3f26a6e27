"""A server of the web on the loopback, for as long as a test needs it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread


class TellsWhenWritten(SimpleHTTPRequestHandler):
    """Serves files, and says of each when it was written: Last-Modified, and no checksum."""

    def log_message(self, *_: object) -> None:
        pass


class TellsNothing(TellsWhenWritten):
    """Serves files, and says nothing by which one could know them again."""

    def send_header(self, keyword: str, value: str) -> None:
        if keyword != "Last-Modified":
            super().send_header(keyword, value)


@contextmanager
def served(handler: Callable[..., BaseHTTPRequestHandler]) -> Iterator[str]:
    """Give the address at which `handler` answers."""
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


def served_folder(
    folder: Path, handler: type[SimpleHTTPRequestHandler] = TellsWhenWritten
) -> AbstractContextManager[str]:
    """Give the address at which the files in a folder are served."""
    return served(partial(handler, directory=str(folder)))
