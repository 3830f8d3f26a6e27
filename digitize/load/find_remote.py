"""An address to the documents behind it: one file, a folder with all inside, or a pattern."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from digitize.errors import UnreadableInput, UsageError
from digitize.load.addresses import is_of_the_web, without_secrets
from digitize.load.folders import BY_NAME, SUFFIXES, PassedOver, not_meant
from digitize.load.kinds import HEAD_BYTES, kind_of_head
from digitize.load.remote_file import RemoteFile, named_parts, version_of
from digitize.load.stores import open_store, tried, why

_MAGIC = "*?["


@dataclass(frozen=True, slots=True)
class FoundRemote:
    """A file found, and how many of its last path parts make up its name."""

    file: RemoteFile | PassedOver
    depth: int


def find_remote(address: str) -> list[FoundRemote]:
    """Return what lies behind an address, sorted: documents, and what is not read.

    A file is always taken; in folders the rules of walk_folder hold. UsageError where nothing is
    there or the store cannot be reached.
    """
    system, path = open_store(address)
    try:
        found = tried(lambda: _look(system, path, _has_magic(address)))
    except FileNotFoundError as error:
        raise UsageError(
            f"{without_secrets(address)}: nothing is there ({why(error)})",
            "Check the address, and that its server can be reached",
        ) from error
    except Exception as error:  # each library has its own
        raise UsageError(
            f"{without_secrets(address)}: it cannot be looked at ({why(error)})",
            "Check the address, the credentials and the connection",
        ) from error
    if not found:
        raise UsageError(
            f"{without_secrets(address)}: nothing matches",
            "Check the pattern and the folder it is in.",
        )
    place = _Place(address, system, path)
    documents = [one for info in found for one in _expanded(place, info)]
    system.invalidate_cache()  # which would keep all that was listed in memory
    return documents


@dataclass(frozen=True, slots=True)
class _Place:
    """What was given: an address, its file system, and the path in it."""

    address: str
    system: Any
    path: str

    def shown(self, path: str) -> str:
        if path == self.path:
            return without_secrets(self.address)
        if path.startswith(f"{self.path.rstrip('/')}/"):
            rest = path[len(self.path.rstrip("/")) :]
            return without_secrets(self.address).rstrip("/") + rest
        return str(self.system.unstrip_protocol(path))

    def file(self, path: str, info: Mapping[str, Any]) -> RemoteFile:
        shown = self.shown(path)
        return RemoteFile(self.address, path, shown, version_of(info, shown))


def _has_magic(address: str) -> bool:
    return not is_of_the_web(address) and any(sign in address for sign in _MAGIC)


def _look(system: Any, path: str, pattern: bool) -> list[tuple[str, Mapping[str, Any]]]:
    """Return the path as it stands, or what it matches; with what the store tells of each."""
    system.invalidate_cache()
    try:
        return [(path, system.info(path))]
    except FileNotFoundError:
        if not pattern:
            raise
    return sorted(system.glob(path, detail=True).items())


def _expanded(place: _Place, found: tuple[str, Mapping[str, Any]]) -> Iterator[FoundRemote]:
    path, info = found
    if info.get("type") != "directory":
        yield FoundRemote(place.file(path, info), depth=1)
        return
    try:
        inside = tried(lambda: place.system.find(path, detail=True))
    except Exception as error:  # each library has its own
        raise UsageError(
            f"{place.shown(path)}: it cannot be listed ({why(error)})",
            "Check the credentials and the connection, or give other folders.",
        ) from error
    root = f"{path.rstrip('/')}/"
    for name in sorted(inside, key=lambda name: name.split("/")):
        parts = named_parts(name.removeprefix(root))
        hidden = any(part.startswith(".") for part in parts)
        if name.startswith(root) and not name.endswith("/") and not hidden:
            yield FoundRemote(_looked_at(place, name, inside[name]), depth=len(parts))


def _looked_at(place: _Place, path: str, info: Mapping[str, Any]) -> RemoteFile | PassedOver:
    """Return a file in a folder as the document that it is, or why it is none."""
    file = place.file(path, info)
    if path.lower().endswith(SUFFIXES):
        return file
    if cause := not_meant(path):
        return PassedOver(file, cause, BY_NAME)
    try:
        size = info.get("size")
        head = b"" if size == 0 else tried(lambda: place.system.cat_file(path, 0, HEAD_BYTES))
        kind_of_head(head)
    except UnreadableInput as error:
        return PassedOver(file, error.cause, error.remedy)
    except Exception:  # that it cannot be read is told by the worker that opens it
        return file
    return file
