"""What an output folder holds already, on this machine or in a store."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Protocol

from digitize.batch.store import Store
from digitize.export.atomic import UNFINISHED


class Held(Protocol):
    """What an output folder holds; as text, what people call it."""

    def size(self, name: str) -> int | None:
        """Return the bytes of a file by its name in the folder; None where there is none."""
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

    def remove_unfinished(self) -> None:
        """Remove the files that a killed run had begun and could not finish."""
        for name in self.sizes:
            if PurePosixPath(name).match(UNFINISHED):
                self.store.remove(name)
