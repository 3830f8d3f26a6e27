"""What the user names to documents: files, folders and patterns."""

from __future__ import annotations

import glob
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from digitize.errors import UsageError
from digitize.load.names import distinct_names

PICTURE_SUFFIXES = (
    *(".png", ".bmp", ".dib", ".gif", ".webp", ".tif", ".tiff"),
    *(".jpg", ".jpeg", ".jpe", ".jfif", ".heic", ".heif", ".hif"),
)
SUFFIXES = (".pdf", *PICTURE_SUFFIXES)


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


def find_documents(inputs: Sequence[str]) -> list[InputDocument]:
    """Return the documents that `inputs` name, in the order given, folders sorted within.

    A file by its name is always taken; in folders, only what has a known suffix and is not hidden.
    The same file given twice counts once. UsageError where an input does not exist or nothing is
    found.
    """
    first_seen: dict[Path, _Found] = {}
    for given in inputs:
        if not given:
            raise UsageError("an input is empty text", "Give a file, a folder or a pattern.")
        for found in _expand(given):
            first_seen.setdefault(found.path.resolve(), found)
    if not first_seen:
        where = ", ".join(inputs) or "no input"
        raise UsageError(
            f"{where}: no picture or PDF found",
            f"Give files, or folders that hold some of {' '.join(SUFFIXES)}.",
        )
    files = list(first_seen.values())
    names = distinct_names([(_parts(found.path), found.depth) for found in files])
    return [InputDocument(name, found.path) for name, found in zip(names, files, strict=True)]


def _expand(given: str) -> Iterator[_Found]:
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


def _files(path: Path, given: str) -> Iterator[_Found]:
    if path.is_dir():
        yield from _walk(path)
    elif path.is_file():
        yield _Found(path, depth=1)
    else:
        raise UsageError(f"{given}: neither a file nor a folder", "Give a file or a folder.")


def _walk(folder: Path) -> list[_Found]:
    """Return the documents in a folder and the folders in it, sorted, links last to be named."""
    inside = folder.resolve()
    found = []
    # Links to folders are not followed: what lies inside is found anyway, and loops cannot arise.
    unreadable: list[Path] = []
    for root, folders, files in os.walk(folder, onerror=_noted(folder, unreadable)):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in files:
            path = Path(root, name)
            if _is_document(path, inside):
                found.append(_Found(path, depth=len(path.relative_to(folder).parts)))
    found += [_Found(path, len(path.relative_to(folder).parts)) for path in unreadable]
    originals = {one.path.resolve() for one in found if not one.path.is_symlink()}
    kept = [x for x in found if not x.path.is_symlink() or x.path.resolve() not in originals]
    return sorted(kept, key=lambda one: one.path.parts)


def _is_document(path: Path, inside: Path) -> bool:
    if path.name.startswith(".") or path.suffix.lower() not in SUFFIXES:
        return False
    try:
        if not path.is_file():  # asked first, since a link to itself cannot be resolved
            return False
    except OSError:
        return True  # that it cannot be read is told when it is opened, by its name
    return not path.is_symlink() or path.resolve().is_relative_to(inside)


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


def _noted(folder: Path, unreadable: list[Path]) -> Callable[[OSError], None]:
    """Return what notes a folder that cannot be read, to fail as a document does.

    UsageError where it is the `folder` given itself.
    """

    def note(error: OSError) -> None:
        path = Path(error.filename)
        if path == folder:
            raise UsageError(
                f"{error.filename}: the folder cannot be read "
                f"({(error.strerror or 'error').lower()})",
                "Check its permissions, or give other folders.",
            )
        unreadable.append(path)

    return note
