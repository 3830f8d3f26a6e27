"""Figures of a comparison; every function returns a matplotlib Figure that nobody has to close."""
