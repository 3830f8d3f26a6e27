"""A folder to the files in it that are documents, and those that are passed over, with reasons."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from pathlib import Path

from digitize.errors import UnreadableInput, UsageError
from digitize.load.kinds import kind_of
from digitize.load.remote_file import RemoteFile

PICTURE_SUFFIXES = (
    *(".png", ".bmp", ".dib", ".gif", ".webp", ".tif", ".tiff"),
    *(".jpg", ".jpeg", ".jpe", ".jfif", ".heic", ".heif", ".hif"),
)
SUFFIXES = (".pdf", *PICTURE_SUFFIXES)
_UNFINISHED = (".part", ".partial", ".crdownload", ".download", ".tmp", ".filepart")
_BACKUPS = (".bak", ".old", ".orig", "~")
# Raw pictures of cameras begin as a TIFF, whose page is a small preview.
_RAW = (
    *(".dng", ".nef", ".nrw", ".cr2", ".arw", ".srf", ".sr2", ".orf", ".pef"),
    *(".rw2", ".srw", ".3fr", ".iiq", ".erf", ".kdc", ".mos"),
)
_NOT_MEANT = {
    **dict.fromkeys(_UNFINISHED, "by its name it is not whole yet"),
    **dict.fromkeys(_BACKUPS, "by its name it is a copy of another"),
    **dict.fromkeys(_RAW, "by its name it is a camera's raw picture"),
}
BY_NAME = "Give it by name to have it read."


@dataclass(frozen=True, slots=True)
class PassedOver:
    """A file in a folder that is not read: where it lies, why, and what its owner can do."""

    path: Path | RemoteFile
    cause: str
    remedy: str

    @property
    def name(self) -> str:
        """The path as it can be written, whatever bytes are in it."""
        if isinstance(self.path, RemoteFile):
            return str(self.path)
        return os.fsencode(self.path).decode("utf-8", "backslashreplace")


def walk_folder(folder: Path) -> list[Path | PassedOver]:
    """Return what lies in a folder and the folders in it, sorted: documents, and what is not read.

    A document has a known suffix, or else the first bytes of one. Hidden files and folders do not
    count. No link leads out of the folder, and one that leads to a document in it adds nothing.
    What cannot be opened counts as a document, which fails by its name; UsageError where that is
    the folder itself.
    """
    unreadable: list[OSError] = []
    found: list[Path | PassedOver] = []
    inside = folder.resolve()
    for root, folders, files in os.walk(folder, onerror=unreadable.append):
        folders[:] = [name for name in folders if not name.startswith(".")]
        # Links to folders are not followed: what lies inside is found anyway, and no loop arises.
        links = [path for path in _in(root, folders) if path.is_symlink()]
        found += [_led_out(path) for path in links if _leads_out(path, inside)]
        found += [_looked_at(path, inside) for path in _in(root, files)]
    found += [_not_listed(error, folder) for error in unreadable]
    documents = [one for one in found if isinstance(one, Path)]
    left = [one for one in found if isinstance(one, PassedOver)]
    return sorted([*_without_seconds(documents), *left], key=_place)


def real_path(path: Path) -> Path:
    """Return where a path leads in the end; a link in a circle leads to itself."""
    try:
        return path.resolve()
    except (OSError, RuntimeError):
        return path.parent.resolve() / path.name


def not_meant(name: str) -> str | None:
    """Return why a file is none that its owner wants read, as its name says; None where not."""
    lower = name.lower()
    return next((cause for suffix, cause in _NOT_MEANT.items() if lower.endswith(suffix)), None)


def lies_in(path: Path | RemoteFile, folder: Path) -> bool:
    """Tell whether a file or link lies in `folder`, a path without links, or in a folder in it."""
    if isinstance(path, RemoteFile):
        return False
    return path.parent.resolve().is_relative_to(folder) or real_path(path).is_relative_to(folder)


def _in(root: str, names: list[str]) -> list[Path]:
    return [Path(root, name) for name in names if not name.startswith(".")]


def _looked_at(path: Path, inside: Path) -> Path | PassedOver:
    """Return a file as the document that it is, or why it is none."""
    if path.is_symlink() and _leads_out(path, inside):
        return _led_out(path)
    if path.name.lower().endswith(SUFFIXES):
        return _special(path) if _is_special(path) else path
    if cause := not_meant(path.name):
        return PassedOver(path, cause, BY_NAME)
    try:
        kind_of(path)
    except UnreadableInput as error:
        return PassedOver(path, error.cause, error.remedy)
    return path


def _leads_out(link: Path, inside: Path) -> bool:
    return not real_path(link).is_relative_to(inside)


def _led_out(link: Path) -> PassedOver:
    return PassedOver(
        link, "it is a link that leads out of the folder", "Give what it leads to by name."
    )


def _is_special(path: Path) -> bool:
    """Tell whether a path is there, and no file: a pipe, a socket or a device."""
    try:
        return not stat.S_ISREG(path.stat().st_mode)
    except OSError:
        return False  # that it cannot be read is told when it is opened, by its name


def _special(path: Path) -> PassedOver:
    return PassedOver(
        path, "it is a pipe, a socket or a device, not a file", "Take it out of the folder."
    )


def _not_listed(error: OSError, folder: Path) -> Path:
    """Return a folder that cannot be read, to fail as a document; UsageError where it is all."""
    path = Path(error.filename)
    if path == folder:
        raise UsageError(
            f"{folder}: the folder cannot be read ({(error.strerror or 'error').lower()})",
            "Check its permissions, or give other folders.",
        )
    return path


def _without_seconds(documents: list[Path]) -> list[Path]:
    """Leave out links to a document that is there as well."""
    links = {path for path in documents if path.is_symlink()}
    if not links:
        return documents
    originals = {real_path(path) for path in documents if path not in links}
    return [path for path in documents if path not in links or real_path(path) not in originals]


def _place(found: Path | PassedOver) -> tuple[str, ...]:
    path = found.path if isinstance(found, PassedOver) else found
    return path.parts
