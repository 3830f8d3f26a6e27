"""Gradients parted between the two directions nearest to them: the features of the machine.

Each gradient is the sum of two vectors along neighbouring ones of the eight directions, and counts
for these two alone (C.-L. Liu, K. Nakashima, H. Sako, H. Fujisawa 2003,
doi:10.1016/S0031-3203(03)00085-2). A rectified derivative, as in `gradients`, answers to every
gradient within 90°: with the sharper answers of these a machine erred less on training digits left
out, by a fifth, and needed fewer support vectors.
"""

from __future__ import annotations

import numpy as np

from digitize.records import Floats
from digitize.train.gradients import (
    ORIENTATIONS,
    add_pooled,
    add_slopes,
    compute_features,
    derivative_filters,
)
from digitize.train.onnx_graph import GraphWriter

SIGMA = 0.7  # pixels, of the Gaussian whose derivative is taken: hardly wider than Sobel's


def add_direction_features(graph: GraphWriter) -> str:
    """Return the name of the (count, 392) features of `images`, added to `graph`.

    A gradient of length g at an angle u from a direction has g · sin(45° - |u|) / sin 45° along it
    where |u| < 45°, else nothing. sin(45° - u) and sin(45° + u) are the derivatives towards the
    two neighbours of that direction, so the share is the smaller of those two where it is above 0.
    """
    slopes = add_slopes(graph, derivative_filters(SIGMA))
    around = [np.roll(np.arange(ORIENTATIONS), step) for step in (1, -1)]
    neighbours = [graph.add("Gather", slopes, graph.constant(at), axis=1) for at in around]
    return add_pooled(graph, graph.add("Relu", graph.add("Min", *neighbours)))


def direction_features(images: Floats) -> Floats:
    """Return (count, 392) float32 features of (count, 28, 28) images, 0 paper to 1 ink."""
    return compute_features(add_direction_features, images)
