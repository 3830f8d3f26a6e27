"""What an output folder holds already, on this machine or in a store."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import Protocol

from digitize.batch.store import Store
from digitize.errors import OutputNotWritable
from digitize.export.atomic import UNFINISHED


class Held(Protocol):
    """What an output folder holds; as text, what people call it."""

    def size(self, name: str) -> int | None:
        """Return the bytes of a file by its name in the folder; None where there is none."""
        ...

    def read(self, name: str) -> bytes | None:
        """Return what a file holds, by its name in the folder; None where it cannot be read."""
        ...


@dataclass(frozen=True, slots=True)
class HeldHere:
    """What the folder `out` of this machine holds."""

    out: Path

    def __str__(self) -> str:
        return str(self.out)

    def size(self, name: str) -> int | None:
        """Return the bytes of a file by its name in the folder; None where there is none."""
        try:
            return (self.out / name).lstat().st_size
        except (OSError, ValueError):
            return None

    def read(self, name: str) -> bytes | None:
        """Return what a file holds, by its name in the folder; None where it cannot be read."""
        try:
            return (self.out / name).read_bytes()
        except (OSError, ValueError):
            return None


@dataclass(frozen=True, slots=True)
class HeldInStore:
    """What a folder in a store held when it was listed: sizes in bytes, by name."""

    store: Store
    sizes: Mapping[str, int]

    def __str__(self) -> str:
        return str(self.store)

    def size(self, name: str) -> int | None:
        """Return the bytes of a file by its name in the folder; None where there is none."""
        return self.sizes.get(name)

    def read(self, name: str) -> bytes | None:
        """Return what a file holds, by its name in the folder; None where it cannot be read."""
        if name not in self.sizes:
            return None
        with TemporaryDirectory(prefix="digitize-") as folder, suppress(OutputNotWritable):
            here = Path(folder, PurePosixPath(name).name)
            self.store.get(name, here)
            return here.read_bytes()
        return None

    def remove_unfinished(self) -> None:
        """Remove the files that a killed run had begun and could not finish."""
        for name in self.sizes:
            if PurePosixPath(name).match(UNFINISHED):
                self.store.remove(name)
