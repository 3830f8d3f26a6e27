"""The support vector machine: gradient features, principal components, RBF kernel; scikit-learn.

Trained twice: once on the digits, then on the support vectors found and distorted copies of them
(D. DeCoste, B. Schölkopf 2002, doi:10.1023/A:1012454411458, virtual support vectors): the digits
near a boundary are the only ones whose distortions can move it.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from digitize.records import Floats, Pixels
from digitize.train.allographs import vary_allographs
from digitize.train.augment import augment
from digitize.train.card import Recipe, TrainingResult, check_output, save_model
from digitize.train.datasets import TrainingData, ink_levels, read_training_data
from digitize.train.gradients import gradient_features
from digitize.train.libraries import load, versions
from digitize.train.machine import Projection, machine_graph
from digitize.train.progress import TrainingProgress

STEPS = 4  # features, first machine, distorted copies, second machine


@dataclass(frozen=True, slots=True)
class SvmOptions:
    """The machine's size and how it is trained."""

    components: int = 72
    penalty: float = 10.0  # libsvm's C
    kernel_width: float = 0.8  # gamma, in units of 1 / the components' total variance
    copies: int = 7  # distorted copies of each first support vector
    margin_slope: float = 4.0  # of the logistic curve from a pair's margin to its probability
    kernel_cache_megabytes: int = 800


def train_svm(
    data: Sequence[Path], output: Path, seed: int = 1, options: SvmOptions = SvmOptions()
) -> TrainingResult:
    """Return a machine trained on the IDX folders `data` and written to `output` (.onnx)."""
    started = time.monotonic()
    check_output(output)
    (sklearn, *_) = load("sklearn", "sklearn.svm", "sklearn.decomposition")
    digits = read_training_data(data, seed)
    projection, machine = fit(sklearn, digits, seed, options)
    graph = machine_graph(projection, machine, options.margin_slope)
    return save_model(
        graph, Recipe("svm", tuple(data), output, seed), digits, started, versions("scikit-learn")
    )


def fit(sklearn: Any, data: TrainingData, seed: int, options: SvmOptions) -> tuple[Projection, Any]:
    """Return the projection and the fitted scikit-learn SVC."""
    with TrainingProgress("svm", STEPS) as progress:
        features = gradient_features(ink_levels(data.training.images))
        projection = fit_projection(sklearn, features, seed, options)
        held_back = projection.apply(gradient_features(ink_levels(data.held_back.images)))
        progress.advance("features")

        first = fit_machine(sklearn, projection.apply(features), data.training.labels, options)
        _show(progress, first, held_back, data)

        near = data.training.subset(first.support_)
        images = with_copies(ink_levels(near.images), near.labels, options.copies, seed)
        labels = np.tile(near.labels, options.copies + 1)
        points = projection.apply(gradient_features(images))
        progress.advance("distorted copies")

        second = fit_machine(sklearn, points, labels, options)
        _show(progress, second, held_back, data)
    return projection, second


def fit_projection(sklearn: Any, features: Floats, seed: int, options: SvmOptions) -> Projection:
    """Return the principal components of `features`, scaled for a kernel of the wanted width."""
    components = min(options.components, *features.shape)
    analysis = sklearn.decomposition.PCA(components, random_state=seed).fit(features)
    gamma = options.kernel_width / float(analysis.explained_variance_.sum())
    axes = analysis.components_.astype(np.float64).T * np.sqrt(2 * gamma)
    return Projection(analysis.mean_.astype(np.float64), axes)


def fit_machine(sklearn: Any, points: Floats, labels: Pixels, options: SvmOptions) -> Any:
    """Return a scikit-learn SVC fitted to (count, components) points and their (count,) labels."""
    kernel = {"kernel": "rbf", "gamma": 0.5}  # exp(-|a - b|² / 2): the projection has the width
    machine = sklearn.svm.SVC(
        C=options.penalty, cache_size=options.kernel_cache_megabytes, **kernel
    )
    return machine.fit(points, labels)


def with_copies(images: Floats, labels: Pixels, copies: int, seed: int) -> Floats:
    """Return the images, then so many distorted copies of all of them."""
    rng = np.random.default_rng(seed)
    varied = (vary_allographs(images, labels, rng) for _ in range(copies))
    return np.concatenate([images, *(augment(copy, rng) for copy in varied)])


def _show(progress: TrainingProgress, machine: Any, held_back: Floats, data: TrainingData) -> None:
    error = float(np.mean(machine.predict(held_back) != data.held_back.labels))
    note = f"{len(machine.support_)} support vectors, held-back error {error:.2%}"
    progress.say(note)
    progress.advance(note)
