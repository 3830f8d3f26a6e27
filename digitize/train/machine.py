"""The support vector machine as an ONNX graph: features, projection, kernel, pairwise votes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from digitize.classify import CLASSES
from digitize.records import Floats
from digitize.train.gradients import add_gradient_features
from digitize.train.onnx_graph import GraphWriter

Matrix: TypeAlias = NDArray[np.float64]

RIVALS = CLASSES - 1
FLOAT32 = 1  # ONNX's number for the type


@dataclass(frozen=True, slots=True)
class Projection:
    """Features to components scaled so that the kernel is exp(-|a - b|² / 2).

    mean: (features,). axes: (features, components).
    """

    mean: Matrix
    axes: Matrix

    def apply(self, features: Floats) -> Floats:
        """Return (count, components) float32."""
        return np.asarray((features - self.mean) @ self.axes, dtype=np.float32)


def machine_graph(projection: Projection, machine: Any, margin_slope: float) -> Any:
    """Return the ONNX ModelProto of features, projection, kernel and pairwise votes.

    A digit's logit is the sum, over the nine others, of the log-probability that it wins against
    that one: log-sigmoid(slope · margin), as in pairwise coupling (Hastie, Tibshirani 1998,
    doi:10.1214/aos/1028144844).
    """
    graph = GraphWriter()
    features = add_gradient_features(graph)
    axes, offset = projection.axes, -projection.mean @ projection.axes
    point = graph.add("Gemm", features, graph.constant(axes), graph.constant(offset))
    half = graph.constant(np.array(0.5, dtype=np.float32))
    axis = graph.constant(np.array([1], dtype=np.int64))
    length = graph.add("Mul", graph.add("ReduceSum", graph.add("Mul", point, point), axis), half)
    votes = [
        _add_votes(graph, point, length, vectors, weights)
        for vectors, weights in vectors_by_digit(machine)
    ]
    mixing, offsets = margin_matrix(machine.intercept_)
    margins = graph.add(
        "Gemm",
        graph.add("Concat", *votes, axis=1),
        graph.constant(-margin_slope * mixing),
        graph.constant(-margin_slope * offsets),
    )
    total = -np.kron(np.eye(CLASSES), np.ones((RIVALS, 1)))
    graph.add("MatMul", graph.add("Softplus", margins), graph.constant(total), output="logits")
    return graph.model()


def vectors_by_digit(machine: Any) -> list[tuple[Matrix, Matrix]]:
    """Return, for each digit, its support vectors (n, components) and their weights (n, 9)."""
    ends = np.cumsum(machine.n_support_)[:-1]
    vectors = np.split(machine.support_vectors_, ends)
    weights = np.split(machine.dual_coef_.T, ends)
    return list(zip(vectors, weights, strict=True))


def margin_matrix(intercepts: Matrix) -> tuple[Matrix, Matrix]:
    """Return the (90, 90) matrix and (90,) offsets from votes to margins, times the votes' row.

    Column 9·d + r is digit d's margin over its r-th rival (the digits without d, in order). libsvm
    keeps the weights of d's support vectors against the same rival in row r; a pair's decision is
    the sum of both digits' votes and an intercept, in favour of the lower digit.
    """
    mixing, offsets = np.zeros((CLASSES * RIVALS, CLASSES * RIVALS)), np.zeros(CLASSES * RIVALS)
    pairs = ((low, high) for low in range(CLASSES) for high in range(low + 1, CLASSES))
    for intercept, (low, high) in zip(intercepts, pairs, strict=True):
        low_place, high_place = low * RIVALS + high - 1, high * RIVALS + low
        for place, sign in ((low_place, 1.0), (high_place, -1.0)):
            mixing[[low_place, high_place], place] = sign
            offsets[place] = sign * intercept
    return mixing, offsets


def _add_votes(
    graph: GraphWriter, point: str, half_length: str, vectors: Matrix, weights: Matrix
) -> str:
    """Return the name of one digit's (count, 9) votes: its weights times exp(-|point - v|² / 2).

    The vectors are stored as float16, which halves the file; |v|² is that of the rounded vectors,
    so that the kernel of a vector with itself is still 1.
    """
    rounded = vectors.astype(np.float16)
    lengths = (rounded.astype(np.float64) ** 2).sum(axis=1) / 2
    stored = graph.add("Cast", graph.constant(rounded), to=FLOAT32)
    product = graph.add("Gemm", point, stored, graph.constant(-lengths), transB=1)
    kernel = graph.add("Exp", graph.add("Sub", product, half_length))
    return graph.add("MatMul", kernel, graph.constant(weights))
