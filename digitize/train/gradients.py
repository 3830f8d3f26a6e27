"""Where strokes run which way: gradient-orientation features, computed inside the ONNX graph.

Eight oriented derivatives of a Gaussian, rectified, each averaged around 7 x 7 places (C.-L. Liu,
K. Nakashima, H. Sako, H. Fujisawa 2003, doi:10.1016/S0031-3203(03)00085-2, gradient features).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any, TypeAlias

import numpy as np

from digitize.records import Floats
from digitize.train.libraries import load
from digitize.train.onnx_graph import GraphWriter

ORIENTATIONS = 8  # every 45°
DERIVATIVE_SIDE, DERIVATIVE_SIGMA = 5, 1.0  # pixels: about the width of a stroke's edge
POOL_SIDE, POOL_SIGMA, POOL_STRIDE = 8, 2.0, 4  # pixels: neighbouring places overlap by half
PLACES = 7  # a side: 28 pixels at a stride of 4
FEATURES = ORIENTATIONS * PLACES * PLACES
BATCH = 1000  # images a call: 25 MB of derivatives

AddFeatures: TypeAlias = Callable[[GraphWriter], str]
"""Adds the (count, 392) features of `images` to a graph and returns their name."""


def derivative_filters(sigma: float = DERIVATIVE_SIGMA) -> Floats:
    """Return (8, 1, 5, 5) filters: the derivative of a Gaussian towards every 45°.

    sigma: the Gaussian's, in pixels.
    """
    y, x = np.mgrid[:DERIVATIVE_SIDE, :DERIVATIVE_SIDE] - DERIVATIVE_SIDE // 2
    bell = np.exp(-(x**2 + y**2) / (2 * sigma**2))
    angles = 2 * np.pi * np.arange(ORIENTATIONS)[:, None, None] / ORIENTATIONS
    filters = (np.cos(angles) * x + np.sin(angles) * y) * bell
    filters /= np.abs(filters).sum(axis=(1, 2), keepdims=True)
    return np.asarray(filters[:, None], dtype=np.float32)


def pooling_filters() -> Floats:
    """Return (8, 1, 8, 8) filters: the same Gaussian average for each orientation."""
    at = np.arange(POOL_SIDE) - (POOL_SIDE - 1) / 2
    bell = np.exp(-(at**2) / (2 * POOL_SIGMA**2))
    window = np.outer(bell, bell) / bell.sum() ** 2
    return np.asarray(np.tile(window, (ORIENTATIONS, 1, 1, 1)), dtype=np.float32)


def add_gradient_features(graph: GraphWriter) -> str:
    """Return the name of the (count, 392) features of `images`, added to `graph`."""
    return add_pooled(graph, graph.add("Relu", add_slopes(graph, derivative_filters())))


def add_slopes(graph: GraphWriter, filters: Floats) -> str:
    """Return the name of the (count, 8, 28, 28) derivatives of `images` by (8, 1, 5, 5) filters."""
    field = graph.add("Unsqueeze", "images", graph.constant(np.array([1], dtype=np.int64)))
    margin = DERIVATIVE_SIDE // 2
    return graph.add("Conv", field, graph.constant(filters), pads=[margin] * 4)


def add_pooled(graph: GraphWriter, edges: str) -> str:
    """Return the name of the (count, 392) averages of (count, 8, 28, 28) `edges`, none below 0.

    The square root evens out their spread. Each image's features have a length of 1, so that
    pale and dark ink look alike.
    """
    margin = ((PLACES - 1) * POOL_STRIDE + POOL_SIDE - 28) // 2
    pooled = graph.add(
        "Conv",
        edges,
        graph.constant(pooling_filters()),
        group=ORIENTATIONS,
        strides=[POOL_STRIDE] * 2,
        pads=[margin] * 4,
    )
    flat = graph.add("Flatten", pooled)
    total = graph.add("ReduceSum", flat, graph.constant(np.array([1], dtype=np.int64)), keepdims=1)
    floor = graph.constant(np.array(1e-6, dtype=np.float32))
    return graph.add("Sqrt", graph.add("Div", flat, graph.add("Max", total, floor)))


def gradient_features(images: Floats) -> Floats:
    """Return (count, 392) float32 features of (count, 28, 28) images, 0 paper to 1 ink."""
    return compute_features(add_gradient_features, images)


def compute_features(add_features: AddFeatures, images: Floats) -> Floats:
    """Return the (count, 392) float32 features that `add_features` makes of (count, 28, 28)."""
    name, session = _feature_session(add_features)
    starts = range(0, len(images), BATCH)
    parts = [session.run([name], {"images": images[at : at + BATCH]})[0] for at in starts]
    return np.concatenate(parts)


@cache
def _feature_session(add_features: AddFeatures) -> tuple[str, Any]:
    """Return the features' name and what computes them, on one thread.

    A network's training asks for few images at a time; a second thread, waiting between them,
    would take its core.
    """
    (onnxruntime,) = load("onnxruntime")
    graph = GraphWriter()
    name = add_features(graph)
    settings = onnxruntime.SessionOptions()
    settings.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(
        graph.model(outputs={name: ("float", ("count", FEATURES))}).SerializeToString(),
        settings,
        providers=["CPUExecutionProvider"],
    )
    return name, session
