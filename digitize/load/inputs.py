"""What the user names to documents: files, folders, patterns, and addresses of such."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from digitize.errors import UsageError
from digitize.load.addresses import is_address, local_path, without_secrets
from digitize.load.find_remote import find_remote
from digitize.load.folders import SUFFIXES, PassedOver, real_path, walk_folder
from digitize.load.names import distinct_names
from digitize.load.remote_file import RemoteFile


@dataclass(frozen=True, slots=True)
class InputDocument:
    """A document to read.

    name: its path relative to what was given, with extension, POSIX slashes; no two are the same.
    path: where it lies, on this machine or in a store.
    """

    name: str
    path: Path | RemoteFile


@dataclass(frozen=True, slots=True)
class _Found:
    """A file found, and how many of its last path parts make up its name."""

    path: Path | RemoteFile
    depth: int


@dataclass(frozen=True, slots=True)
class FoundInputs:
    """What inputs name: the documents to read, and the files in folders that are passed over."""

    documents: tuple[InputDocument, ...]
    passed_over: tuple[PassedOver, ...]


def find_documents(inputs: Sequence[str]) -> list[InputDocument]:
    """Return the documents that `inputs` name; see find_inputs."""
    return list(find_inputs(inputs).documents)


def find_inputs(inputs: Sequence[str]) -> FoundInputs:
    """Return the documents that `inputs` name, in the order given, folders sorted within.

    A file by its name is always taken; what is taken in folders, walk_folder tells. The same file
    given twice counts once. UsageError where an input does not exist or nothing is found.
    """
    first_seen: dict[Path | str, _Found] = {}
    passed_over: dict[Path | str, PassedOver] = {}
    for given in inputs:
        if not given:
            raise UsageError("an input is empty text", "Give a file, a folder or a pattern.")
        for found in _expand(given):
            if isinstance(found, PassedOver):
                passed_over.setdefault(_as_given(found.path), found)
            else:
                first_seen.setdefault(_key(found.path), found)
    if not first_seen:
        where = ", ".join(map(_shown, inputs)) or "no input"
        raise _nothing_found(where, list(passed_over.values()))
    files = list(first_seen.values())
    names = distinct_names([(_parts(found.path), found.depth) for found in files])
    documents = (InputDocument(name, one.path) for name, one in zip(names, files, strict=True))
    left = (one for one in passed_over.values() if _key(one.path) not in first_seen)
    return FoundInputs(tuple(documents), tuple(left))


def _nothing_found(where: str, passed_over: Sequence[PassedOver]) -> UsageError:
    """Return the error of inputs that hold no document, with why the first file in them is none."""
    nothing = f"{where}: no picture or PDF found"
    if not passed_over:
        return UsageError(
            nothing, f"Give files, or folders that hold some of {' '.join(SUFFIXES)}."
        )
    first, *others = passed_over
    more = f"; {len(others)} more files are passed over" if others else ""
    return UsageError(f"{nothing}; {first.name}: {first.cause}{more}", first.remedy)


def _as_given(path: Path | RemoteFile) -> Path | str:
    return path.absolute() if isinstance(path, Path) else str(path)


def _key(path: Path | RemoteFile) -> Path | str:
    """Return what is the same for all ways to name a file."""
    return real_path(path) if isinstance(path, Path) else str(path)


def _expand(given: str) -> Iterator[_Found | PassedOver]:
    if is_address(given):
        here = local_path(given)
        if here is None:
            yield from _behind(given)
            return
        given = str(here)
    path = Path(given)
    if _exists(path):
        yield from _files(path, given)
        return
    # The shell leaves a pattern alone where nothing matches, where it is quoted, and on Windows.
    matches = sorted(glob.glob(given, recursive=True)) if glob.has_magic(given) else []  # noqa: PTH207
    if not matches:
        raise _missing(given)
    for match in matches:
        yield from _files(Path(match), match)


def _files(path: Path, given: str) -> Iterator[_Found | PassedOver]:
    if path.is_dir():
        for found in walk_folder(path):
            if isinstance(found, PassedOver):
                yield found
            else:
                yield _Found(found, depth=len(found.relative_to(path).parts))
    elif path.is_file():
        yield _Found(path, depth=1)
    else:
        raise UsageError(f"{given}: neither a file nor a folder", "Give a file or a folder.")


def _behind(address: str) -> Iterator[_Found | PassedOver]:
    for found in find_remote(address):
        if isinstance(found.file, PassedOver):
            yield found.file
        else:
            yield _Found(found.file, found.depth)


def _parts(path: Path | RemoteFile) -> tuple[str, ...]:
    """Return the path's parts from the root, links in its folders resolved, without the anchor."""
    if isinstance(path, RemoteFile):
        return path.parts
    whole = path.parent.resolve() / path.name
    drive = whole.drive.strip(":\\/").replace("\\", "/")
    parts = whole.relative_to(whole.anchor).parts
    return tuple(_printable(part) for part in ((drive, *parts) if drive else parts))


def _printable(part: str) -> str:
    """Return a file name that can be written as UTF-8; names on old disks need not be."""
    return os.fsencode(part).decode("utf-8", "backslashreplace")


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):  # a name too long, or with a zero byte in it
        return False


def _shown(given: str) -> str:
    return without_secrets(given) if is_address(given) else given


def _missing(given: str) -> UsageError:
    if glob.has_magic(given):
        return UsageError(f"{given}: nothing matches", "Check the pattern and the folder it is in.")
    return UsageError(f"{given}: no such file or folder", "Check its name and the current folder.")
