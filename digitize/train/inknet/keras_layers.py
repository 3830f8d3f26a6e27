"""The ink network in Keras, for training."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from digitize.train.descent import KerasModel
from digitize.train.inknet.layout import BLOCK, Widths, lay_out

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
    """Return the untrained network: (count, height / 2, width / 2, 12) to as many logits of 20.

    It computes in bfloat16 where that is enough; weights and logits are float32.
    """
    keras.mixed_precision.set_global_policy("mixed_bfloat16")
    flow = keras.Input((None, None, BLOCK * BLOCK * CHANNELS))
    return keras.Model(flow, lay_out(KerasLayers(keras), flow, widths))
