"""Whole sheets as people send them, drawn: what `benchmarks/sheets.py` writes."""
