"""The weights of an ink network that ships, for a training to go on from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from digitize.errors import ModelUnusable
from digitize.records import Pixels
from digitize.train.descent import KerasModel
from digitize.train.inknet.layout import Widths, deep_names, lay_out
from digitize.train.libraries import load

Weights = NDArray[np.float64]
CONVOLUTIONS_EACH = 2  # of a separable layer
AT_ONCE = 8  # crops looked at together, of which all layers' answers are kept in memory
SLIGHT = 0.1  # of the usual strength: a layer that is new changes little, and can be learnt


@dataclass(frozen=True, slots=True)
class LayersFilled:
    """Fills the layers of a Keras model, in the order in which the file's convolutions lie.

    The file has each normalisation folded into its convolution: the model's is left as one that
    changes nothing but adds the shift, until `settle` makes it what a training can go on from.
    new: names of layers that the file has not.
    """

    model: KerasModel
    convolutions: Iterator[list[Weights]]
    new: tuple[str, ...] = ()

    def convolution(self, name: str, flow: None, channels: int, side: int) -> None:  # noqa: ARG002 -- the file knows
        """Fill a convolution and its normalisation."""
        kernel, shift = next(self.convolutions)
        self.model.get_layer(name).set_weights([as_keras(kernel)])
        layer = self.model.get_layer(f"{name}_norm")
        nothing = np.zeros(len(shift))
        layer.set_weights([nothing + 1, shift, nothing, nothing + 1 - layer.epsilon])

    def separable(self, name: str, flow: None, channels: int, stride: int) -> None:  # noqa: ARG002 -- likewise
        """Fill a convolution of each channel, then one over all channels."""
        if name in self.new:
            self._weaken(name)
            return
        (kernel,) = next(self.convolutions)
        self.model.get_layer(f"{name}_own").set_weights([kernel.transpose(2, 3, 0, 1)])
        self.convolution(name, None, channels, 1)

    def _weaken(self, name: str) -> None:
        layer = self.model.get_layer(f"{name}_norm")
        strength, *others = layer.get_weights()
        layer.set_weights([strength * SLIGHT, *others])

    def doubled(self, flow: None) -> None:
        """Nothing is to be filled."""

    def added(self, one: None, other: None) -> None:
        """Nothing is to be filled."""

    def answers(self, name: str, flow: None, channels: int) -> None:  # noqa: ARG002 -- likewise
        """Fill the last convolution."""
        kernel, bias = next(self.convolutions)
        self.model.get_layer(name).set_weights([as_keras(kernel), bias])


def go_on_from(path: Path, model: KerasModel, widths: Widths) -> None:
    """Give an untrained `model` the weights of an ink network; ModelUnusable where none fit.

    Where that is less deep, the model's further layers hardly change what it says.
    """
    (onnx,) = load("onnx")
    try:
        graph = onnx.load(str(path)).graph
        convolutions = list(convolutions_of(graph, onnx.numpy_helper))
        wanted = sum("Conv2D" in type(layer).__name__ for layer in model.layers)
        missing = (wanted - len(convolutions)) // CONVOLUTIONS_EACH
        new = deep_names(widths.depth)[widths.depth - missing :]
        lay_out(LayersFilled(model, iter(convolutions), tuple(new)), None, widths)
    except Exception as error:  # protobuf's, StopIteration, shapes that do not fit
        raise ModelUnusable(
            f"{path}: a training of the ink network cannot go on from this file",
            "Give an ink network of the same size, such as models/ink.onnx",
        ) from error


def settle(keras: Any, model: KerasModel, crops: Pixels) -> None:
    """Give each normalisation the mean and the deviation that it will see, the answers unchanged.

    In training a normalisation goes by its batch: one that was left as changing nothing would
    begin to change all that was learnt. crops: (count, height, width, 3) uint8, as trained on.
    """
    norms = [layer for layer in model.layers if type(layer).__name__ == "BatchNormalization"]
    look = keras.Model(model.inputs, [layer.input for layer in norms])
    sums = [np.zeros((2, layer.gamma.shape[0])) for layer in norms]
    places = [0] * len(norms)
    for start in range(0, len(crops), AT_ONCE):
        seen = crops[start : start + AT_ONCE]
        flows = look([seen, np.ones((len(seen), 1), dtype=np.float32)], training=False)
        for at, flow in enumerate(flows):
            values = np.asarray(flow, dtype=np.float64).reshape(-1, sums[at].shape[1])
            sums[at] += [values.sum(axis=0), np.square(values).sum(axis=0)]
            places[at] += len(values)
    for layer, (total, squares), count in zip(norms, sums, places, strict=True):
        strength, shift, mean, variance = layer.get_weights()
        own_mean = total / count
        own_variance = np.maximum(squares / count - own_mean**2, 0)
        slope = strength / np.sqrt(variance + layer.epsilon)
        layer.set_weights(
            [
                slope * np.sqrt(own_variance + layer.epsilon),
                shift + slope * (own_mean - mean),
                own_mean,
                own_variance,
            ]
        )


def convolutions_of(graph: Any, numpy_helper: Any) -> Iterator[list[Weights]]:
    """Yield each convolution's weights, as they lie in the graph: a kernel, and a shift if any."""
    constants = {each.name: numpy_helper.to_array(each) for each in graph.initializer}
    for node in graph.node:
        if node.op_type == "Conv":
            yield [constants[name].astype(np.float64) for name in node.input[1:]]


def as_keras(kernel: Weights) -> Weights:
    """Return a kernel of (out, in, height, width) as (height, width, in, out)."""
    return kernel.transpose(2, 3, 1, 0)
