"""What the ink network is made of, stated once for training and for the file that ships.

A U-Net (Ronneberger, Fischer, Brox 2015, arXiv:1505.04597) of separable convolutions (Chollet 2017,
arXiv:1610.02357). It works at half the page's resolution: blocks of 2 x 2 pixels come in as
channels and go out as channels, so that no pixel is lost (Shi et al. 2016, arXiv:1609.05158).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol, TypeVar

from digitize.separate.ink_network import INK_CLASSES

BLOCK = 2  # pixels each way that make one place of the network
DEEPEST = 16  # pixels each way for one place of the coarsest layer: sides are multiples of it

Flow = TypeVar("Flow")


@dataclass(frozen=True, slots=True)
class Widths:
    """Channels at 2, 4, 8 and 16 pixels a place, and how many layers more there are at 16."""

    fine: int = 20
    middle: int = 36
    coarse: int = 64
    deep: int = 112
    depth: int = 5


class Layers(Protocol[Flow]):
    """Makes layers; each but the last is normalised and cut off at 0. Names are unique."""

    def convolution(self, name: str, flow: Flow, channels: int, side: int) -> Flow:
        """Return a convolution over `side` x `side` places."""
        ...

    def separable(self, name: str, flow: Flow, channels: int, stride: int) -> Flow:
        """Return a convolution of each channel over 3 x 3 places, then one over all channels."""
        ...

    def doubled(self, flow: Flow) -> Flow:
        """Return the flow with each place repeated twice each way."""
        ...

    def added(self, one: Flow, other: Flow) -> Flow:
        """Return the sum of two flows."""
        ...

    def answers(self, name: str, flow: Flow, channels: int) -> Flow:
        """Return a convolution over single places, with a bias and nothing else."""
        ...


def lay_out(layers: Layers[Flow], flow: Flow, widths: Widths) -> Flow:
    """Return the logits of a page given in blocks: channels are (row, column, class) of a block."""
    fine = layers.convolution("fine_1", flow, widths.fine, 3)
    fine = layers.separable("fine_2", fine, widths.fine, 1)
    middle = layers.separable("middle_1", fine, widths.middle, 2)
    middle = layers.separable("middle_2", middle, widths.middle, 1)
    coarse = layers.separable("coarse_1", middle, widths.coarse, 2)
    coarse = layers.separable("coarse_2", coarse, widths.coarse, 1)
    deep = layers.separable("deep_1", coarse, widths.deep, 2)
    for name in deep_names(widths.depth):
        deep = layers.added(deep, layers.separable(name, deep, widths.deep, 1))
    coarse = _joined(layers, "coarse", deep, coarse, widths.coarse)
    middle = _joined(layers, "middle", coarse, middle, widths.middle)
    fine = _joined(layers, "fine", middle, fine, widths.fine)
    fine = layers.added(fine, layers.separable("fine_last", fine, widths.fine, 1))
    return layers.answers("classes", fine, BLOCK * BLOCK * INK_CLASSES)


def deep_names(depth: int) -> list[str]:
    """Return the names of the layers that are added to the first at 16 pixels a place."""
    return [f"deep_{number}" for number in range(2, depth + 2)]


def _joined(layers: Layers[Flow], name: str, below: Flow, here: Flow, channels: int) -> Flow:
    """Return what a coarser layer knows joined to a finer one."""
    narrowed = layers.convolution(f"{name}_up", below, channels, 1)
    joined = layers.added(layers.doubled(narrowed), here)
    return layers.separable(f"{name}_out", joined, channels, 1)
