"""Training the second reader: whole numbers, composed of digits and cut from real pictures."""

from __future__ import annotations
