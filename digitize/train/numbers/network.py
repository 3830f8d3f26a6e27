"""The network that reads numbers at once: convolutions, then a row of frames.

A convolutional recurrent network (Shi, Bai, Yao 2017, doi:10.1109/TPAMI.2016.2646371) without the
recurrence: digits say little about their neighbours, and convolutions are fast.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from digitize.classify import CLASSES
from digitize.sequence.strips import HEIGHT
from digitize.train.descent import Descent, KerasModel, compile_network
from digitize.train.libraries import number_type
from digitize.train.network import add_network
from digitize.train.onnx_graph import GraphWriter

MOMENTUM = 0.98  # of the normalisation's moving statistics: about 50 steps
NOTHING = -1  # what fills the places after a text's end
DESCENT = Descent(batch=64, learning_rate=3e-3, weight_decay=0.01, average_momentum=0.998)


@dataclass(frozen=True, slots=True)
class NumberOptions:
    """The network's size, and how many steps it is trained for.

    channels: at 16, 16, 8, 4 and 4 rows. wide: of the frames. real: share of the strips that are
    real where there are any. epoch: steps between two looks at what is held back.
    """

    channels: tuple[int, int, int, int, int] = (16, 32, 48, 80, 96)
    wide: int = 128
    dropout: float = 0.2
    descent: Descent = DESCENT
    real: float = 0.5
    epoch: int = 400


def build(keras: Any, options: NumberOptions, steps: int) -> KerasModel:
    """Return the untrained network, compiled: (count, 32, width, 1) to frames of 11 logits.

    It computes in the quickest numbers where that is enough; weights and logits are float32.
    """
    keras.mixed_precision.set_global_policy(number_type())
    layers = keras.layers
    first, second, third, fourth, fifth = options.channels

    def block(channels: int, side: Any, strides: int = 1, padding: str = "same") -> list[Any]:
        convolution = layers.Conv2D(
            channels, side, strides=strides, padding=padding, use_bias=False
        )
        return [convolution, layers.BatchNormalization(momentum=MOMENTUM), layers.ReLU()]

    model = keras.Sequential(
        [
            keras.Input((HEIGHT, None, 1)),
            *block(first, 5, strides=2),
            *block(second, 3),
            layers.MaxPooling2D((2, 1)),
            *block(third, 3),
            layers.MaxPooling2D((2, 2)),
            *block(fourth, 3),
            *block(fifth, 3),
            *block(options.wide, (HEIGHT // 8, 1), padding="valid"),
            *block(options.wide, (1, 3)),
            *block(options.wide, (1, 3)),
            layers.Dropout(options.dropout),
            layers.Conv2D(CLASSES, 1),
            layers.Activation("linear", dtype="float32"),
        ]
    )
    return compile_network(keras, model, options.descent, steps, ctc_loss)


def ctc_loss(texts: Any, logits: Any) -> Any:
    """Return the mean of what all paths of each text surprise by; blank is the last class.

    texts: (count, longest) int, -1 after each end. logits: (count, 1, frames, 11).
    """
    from keras import ops

    wanted = ops.cast(texts, "int32")
    frames = ops.squeeze(ops.cast(logits, "float32"), axis=1)
    lengths = ops.sum(ops.cast(wanted != NOTHING, "int32"), axis=1)
    every = ops.full_like(lengths, ops.shape(frames)[1])
    blank = CLASSES - 1
    surprise = ops.ctc_loss(ops.maximum(wanted, 0), frames, lengths, every, mask_index=blank)
    return ops.mean(surprise)


def number_graph(model: KerasModel) -> Any:
    """Return the ONNX ModelProto: `strips` (count, 32, width) to `logits` (count, frames, 11)."""
    import numpy as np

    graph = GraphWriter()
    channel = graph.constant(np.array([1], dtype=np.int64))
    rows = graph.constant(np.array([2], dtype=np.int64))
    flow = add_network(graph, graph.add("Unsqueeze", "strips", channel), model)
    graph.add("Transpose", graph.add("Squeeze", flow, rows), perm=[0, 2, 1], output="logits")
    return graph.model(
        {"strips": ("float", ("count", HEIGHT, "width"))},
        {"logits": ("float", ("count", "frames", CLASSES))},
    )
