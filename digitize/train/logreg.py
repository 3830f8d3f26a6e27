"""Logistic regression on gradient features, their products and squares; scikit-learn.

The products are those of principal components, as in the polynomial classifier of C.-L. Liu,
K. Nakashima, H. Sako, H. Fujisawa 2003, doi:10.1016/S0031-3203(03)00085-2: answers are linear in
them, and their boundaries curved. Without them twice as many digits are misread.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from digitize.classify import NOT_A_DIGIT
from digitize.records import Floats, Pixels
from digitize.train.copies import with_copies
from digitize.train.datasets import ink_levels
from digitize.train.gradients import add_gradient_features, gradient_features
from digitize.train.lesson import Lesson
from digitize.train.libraries import load
from digitize.train.onnx_graph import GraphWriter
from digitize.train.progress import TrainingProgress

Matrix: TypeAlias = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class LogregOptions:
    """How many weights there are and how they are fitted."""

    components: int = 50  # principal components: with their products, 1,325 inputs
    penalty: float = 0.003  # scikit-learn's C: smaller holds the weights closer to 0
    copies: int = 1  # distorted copies of each training image
    rounds: int = 4  # of descent: held-back error stops falling at the third
    steps_a_round: int = 25


@dataclass(frozen=True, slots=True)
class Expansion:
    """Features to components of deviation 1, followed by all their products and squares.

    mean: (features,). axes: (features, components).
    """

    mean: Matrix
    axes: Matrix

    @property
    def pairs(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Both factors of each product, as indices of components."""
        first, second = np.triu_indices(self.axes.shape[1])
        return first, second

    def apply(self, features: Floats) -> Floats:
        """Return (count, components + products) float32 of (count, features)."""
        points = np.asarray((features - self.mean) @ self.axes, dtype=np.float32)
        first, second = self.pairs
        return np.concatenate([points, points[:, first] * points[:, second]], axis=1)


def learn_logreg(lesson: Lesson, options: LogregOptions) -> Any:
    """Return the ONNX ModelProto of a regression trained on distorted digits."""
    (sklearn, *_) = load("sklearn", "sklearn.linear_model", "sklearn.decomposition")
    expansion, regression = fit(sklearn, lesson, options)
    return regression_graph(expansion, regression.coef_, regression.intercept_)


def fit(sklearn: Any, lesson: Lesson, options: LogregOptions) -> tuple[Expansion, Any]:
    """Return the expansion and the fitted scikit-learn LogisticRegression."""
    data, rng = lesson.data, np.random.default_rng(lesson.seed)
    with TrainingProgress(lesson.title, 1 + options.rounds) as progress:
        features, labels = with_copies(data.training, options.copies, rng)
        plain = features[: len(data.training)]
        expansion = fit_expansion(sklearn, plain, lesson.seed, options)
        inputs = expansion.apply(features)
        held_back = expansion.apply(gradient_features(ink_levels(data.held_back.images)))
        progress.advance("features")

        regression = sklearn.linear_model.LogisticRegression(
            C=options.penalty, max_iter=options.steps_a_round, warm_start=True
        )
        for number in range(1, options.rounds + 1):
            with warnings.catch_warnings():  # a round need not be the last
                warnings.simplefilter("ignore", sklearn.exceptions.ConvergenceWarning)
                regression.fit(inputs, labels)
            error = _error(regression, held_back, data.held_back.labels)
            note = f"round {number}/{options.rounds}: held-back error {error:.2%}"
            progress.say(note)
            progress.advance(note)
    return expansion, regression


def fit_expansion(sklearn: Any, features: Floats, seed: int, options: LogregOptions) -> Expansion:
    """Return the expansion on the principal components of (count, 392) `features`."""
    components = min(options.components, *features.shape)
    analysis = sklearn.decomposition.PCA(components, random_state=seed).fit(features)
    deviations = np.sqrt(np.maximum(analysis.explained_variance_, np.finfo(np.float32).tiny))
    axes = (analysis.components_ / deviations[:, None]).T
    return Expansion(analysis.mean_.astype(np.float64), axes.astype(np.float64))


def regression_graph(expansion: Expansion, weights: Matrix, offsets: Matrix) -> Any:
    """Return the ONNX ModelProto of features, components, products and weighted sums.

    weights: (11, components + products). offsets: (11,).
    """
    graph = GraphWriter()
    features = add_gradient_features(graph)
    axes, offset = expansion.axes, -expansion.mean @ expansion.axes
    points = graph.add("Gemm", features, graph.constant(axes), graph.constant(offset))
    first, second = (
        graph.add("Gather", points, graph.constant(indices), axis=1) for indices in expansion.pairs
    )
    inputs = graph.add("Concat", points, graph.add("Mul", first, second), axis=1)
    graph.add(
        "Gemm",
        inputs,
        graph.constant(weights.astype(np.float64).T),
        graph.constant(offsets.astype(np.float64)),
        output="logits",
    )
    return graph.model()


def _error(regression: Any, held_back: Floats, labels: Pixels) -> float:
    digits = labels != NOT_A_DIGIT
    return float(np.mean(regression.predict(held_back[digits]) != labels[digits]))
