"""The ink network in Keras, for training."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from digitize.train.descent import KerasModel
from digitize.train.inknet.layout import BLOCK, Widths, lay_out
from digitize.train.inknet.pool import SIDE
from digitize.train.libraries import number_type

MOMENTUM = 0.98  # of the normalisation's moving statistics: about 50 steps
CHANNELS = 3  # red, green and blue


@dataclass(frozen=True, slots=True)
class KerasLayers:
    """Makes Keras layers."""

    keras: Any

    def convolution(self, name: str, flow: Any, channels: int, side: int) -> Any:
        """Return a convolution over `side` x `side` places."""
        layer = self.keras.layers.Conv2D(channels, side, padding="same", use_bias=False, name=name)
        return self._normalised(name, layer(flow))

    def separable(self, name: str, flow: Any, channels: int, stride: int) -> Any:
        """Return a convolution of each channel over 3 x 3 places, then one over all channels."""
        layers = self.keras.layers
        own = layers.DepthwiseConv2D(
            3, strides=stride, padding="same", use_bias=False, name=f"{name}_own"
        )
        return self.convolution(name, own(flow), channels, 1)

    def doubled(self, flow: Any) -> Any:
        """Return the flow with each place repeated twice each way."""
        return self.keras.layers.UpSampling2D(2)(flow)

    def added(self, one: Any, other: Any) -> Any:
        """Return the sum of two flows."""
        return self.keras.layers.Add()([one, other])

    def answers(self, name: str, flow: Any, channels: int) -> Any:
        """Return a convolution over single places, with a bias and nothing else."""
        layers = self.keras.layers
        return layers.Activation("linear", dtype="float32")(
            layers.Conv2D(channels, 1, name=name)(flow)
        )

    def _normalised(self, name: str, flow: Any) -> Any:
        layers = self.keras.layers
        normalised = layers.BatchNormalization(momentum=MOMENTUM, name=f"{name}_norm")(flow)
        return layers.ReLU()(normalised)


def build(keras: Any, widths: Widths) -> KerasModel:
    """Return the untrained network: crops, (count, SIDE, SIDE, 3) uint8, to logits of each pixel.

    A second input is each crop's contrast, (count, 1), 1 as it is. The logits are (count, SIDE,
    SIDE, classes). It computes in the quickest numbers where that is enough; weights and logits
    are float32.
    """
    keras.mixed_precision.set_global_policy(number_type())
    pixels = keras.Input((SIDE, SIDE, CHANNELS), dtype="uint8")
    contrast = keras.Input((1,), dtype="float32")
    ink = 1 - keras.ops.cast(pixels, "float32") / 255
    stretched = keras.ops.clip(ink * keras.ops.reshape(contrast, (-1, 1, 1, 1)), 0, 1)
    logits = lay_out(KerasLayers(keras), in_blocks(keras.ops, stretched), widths)
    return keras.Model([pixels, contrast], in_pixels(keras.ops, logits))


def in_blocks(ops: Any, values: Any) -> Any:
    """Return (count, side / 2, side / 2, 4 · channels), channels ordered (row, column, channel)."""
    _, height, width, channels = values.shape
    rows, columns = height // BLOCK, width // BLOCK
    parted = ops.reshape(values, (-1, rows, BLOCK, columns, BLOCK, channels))
    turned = ops.transpose(parted, (0, 1, 3, 2, 4, 5))
    return ops.reshape(turned, (-1, rows, columns, BLOCK * BLOCK * channels))


def in_pixels(ops: Any, blocks: Any) -> Any:
    """Return what `in_blocks` made blocks of."""
    _, rows, columns, channels = blocks.shape
    kept = channels // BLOCK**2
    parted = ops.reshape(blocks, (-1, rows, columns, BLOCK, BLOCK, kept))
    turned = ops.transpose(parted, (0, 1, 3, 2, 4, 5))
    return ops.reshape(turned, (-1, rows * BLOCK, columns * BLOCK, kept))
