"""What the user names to documents: files, folders and patterns."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from digitize.errors import UsageError
from digitize.load.folders import SUFFIXES, PassedOver, real_path, walk_folder
from digitize.load.names import distinct_names


@dataclass(frozen=True, slots=True)
class InputDocument:
    """A document to read.

    name: its path relative to what was given, with extension, POSIX slashes; no two are the same.
    path: where it lies.
    """

    name: str
    path: Path


@dataclass(frozen=True, slots=True)
class _Found:
    """A file found, and how many of its last path parts make up its name."""

    path: Path
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
    first_seen: dict[Path, _Found] = {}
    passed_over: dict[Path, PassedOver] = {}
    for given in inputs:
        if not given:
            raise UsageError("an input is empty text", "Give a file, a folder or a pattern.")
        for found in _expand(given):
            if isinstance(found, PassedOver):
                passed_over.setdefault(found.path.absolute(), found)
            else:
                first_seen.setdefault(real_path(found.path), found)
    if not first_seen:
        where = ", ".join(inputs) or "no input"
        raise UsageError(
            f"{where}: no picture or PDF found",
            f"Give files, or folders that hold some of {' '.join(SUFFIXES)}.",
        )
    files = list(first_seen.values())
    names = distinct_names([(_parts(found.path), found.depth) for found in files])
    documents = (InputDocument(name, one.path) for name, one in zip(names, files, strict=True))
    left = (one for one in passed_over.values() if real_path(one.path) not in first_seen)
    return FoundInputs(tuple(documents), tuple(left))


def _expand(given: str) -> Iterator[_Found | PassedOver]:
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


def _parts(path: Path) -> tuple[str, ...]:
    """Return the path's parts from the root, links in its folders resolved, without the anchor."""
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


def _missing(given: str) -> UsageError:
    if "://" in given:
        return UsageError(f"{given}: web addresses are not read", "Download it and give the file.")
    if glob.has_magic(given):
        return UsageError(f"{given}: nothing matches", "Check the pattern and the folder it is in.")
    return UsageError(f"{given}: no such file or folder", "Check its name and the current folder.")
