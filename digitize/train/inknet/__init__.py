"""Training the ink network: which ink on a page is handwritten digits, and which is not.

A fully convolutional network gives every pixel one of five classes (see `inkpages`). It learns
from crops composed on the fly; nothing in them was labelled by hand.
"""

from __future__ import annotations
