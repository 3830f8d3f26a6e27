"""Documents that lie elsewhere, fetched one at a time into a file of this machine."""

from __future__ import annotations

import secrets
import shutil
import tempfile
import weakref
from contextlib import suppress
from pathlib import Path

from digitize.errors import UnreadableInput
from digitize.load.remote_file import RemoteFile, version_of
from digitize.load.stores import open_store, tried, why


class AtHand:
    """Tells where a document lies on this machine, and fetches it for that if need be.

    Of those that are fetched only the last is kept. folder: where; one of its own, gone at the end
    of the process, where there is no such folder.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._given = folder
        self._own: Path | None = None
        self._held: tuple[RemoteFile, Path] | None = None

    def __call__(self, place: Path | RemoteFile) -> Path:
        """Return where `place` lies; UnreadableInput where it cannot be fetched."""
        if isinstance(place, Path):
            return place
        if self._held and self._held[0] == place:
            return self._held[1]
        self.drop()
        copy = self._folder() / secrets.token_hex(8)
        try:
            fetch(place, copy)
        except BaseException:
            _remove(copy)
            raise
        self._held = place, copy
        return copy

    def drop(self) -> None:
        """Remove the document that was fetched last."""
        if self._held:
            _remove(self._held[1])
            self._held = None

    def _folder(self) -> Path:
        if self._given and self._given.is_dir():
            return self._given
        if self._own is None:
            self._own = Path(tempfile.mkdtemp(prefix="digitize-"))
            weakref.finalize(self, shutil.rmtree, self._own, ignore_errors=True)
        return self._own


def fetch(file: RemoteFile, to: Path) -> None:
    """Copy a file from its store; UnreadableInput where it is gone, closed or another by now."""
    system, given = open_store(file.store)
    path = file.path or given
    try:
        tried(lambda: system.get_file(path, str(to)))
        system.invalidate_cache()
        info = tried(lambda: system.info(path))
    except FileNotFoundError as error:
        raise UnreadableInput(
            "it is no longer in its store", "Put it back, then run again with --resume"
        ) from error
    except Exception as error:  # each library has its own
        raise UnreadableInput(
            f"it cannot be fetched ({why(error)})",
            "Check the connection and the credentials, then run again with --resume",
        ) from error
    # Asked for afterwards, so that no change before or during the copying escapes.
    if file.version and version_of(info, file.shown) != file.version:
        raise UnreadableInput(
            "it was written to since the run began",
            "Wait until it is complete, then run again with --resume",
        )


def _remove(path: Path) -> None:
    with suppress(OSError):
        path.unlink()
