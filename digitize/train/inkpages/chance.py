"""Chance as pages are drawn by it, for whatever has a generator."""

from __future__ import annotations

from numpy.random import Generator


class Chance:
    """Draws by the generator `rng` that a class of this kind has."""

    __slots__ = ()
    rng: Generator

    def often(self, share: float) -> bool:
        """Return True in this share of calls."""
        return bool(self.rng.random() < share)

    def between(self, low: float, high: float) -> float:
        """Return an even draw between two numbers."""
        return float(self.rng.uniform(low, high))

    def count(self, least: int, most: int) -> int:
        """Return a whole number, both ends included."""
        return int(self.rng.integers(least, most + 1))
