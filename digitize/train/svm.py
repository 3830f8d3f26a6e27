"""The support vector machine: gradient directions, principal components, RBF; scikit-learn.

Trained twice: once on the digits, then on the support vectors found and distorted copies of them
(D. DeCoste, B. Schölkopf 2002, doi:10.1023/A:1012454411458, virtual support vectors): the digits
near a boundary are the only ones whose distortions can move it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.random import Generator

from digitize.classify import NOT_A_DIGIT
from digitize.records import Floats, Pixels
from digitize.train.copies import with_copies
from digitize.train.datasets import DigitSet, ink_levels
from digitize.train.directions import direction_features
from digitize.train.lesson import Lesson
from digitize.train.libraries import load
from digitize.train.machine import Matrix, Projection, machine_graph
from digitize.train.progress import TrainingProgress

STEPS = 4  # features, first machine, distorted copies, second machine


@dataclass(frozen=True, slots=True)
class SvmOptions:
    """The machine's size and how it is trained."""

    components: int = 96
    penalty: float = 10.0  # libsvm's C
    kernel_width: float = 0.8  # gamma, in units of 1 / the components' total variance
    copies: int = 8  # distorted copies of each first support vector that is a digit
    copies_of_others: int = 2  # and of each that is none: fewer, for a small file
    kernel_cache_megabytes: int = 1500


def learn_svm(lesson: Lesson, options: SvmOptions) -> Any:
    """Return the ONNX ModelProto of a machine trained on distorted digits."""
    (sklearn, *_) = load("sklearn", "sklearn.svm", "sklearn.decomposition")
    projection, machine = fit(sklearn, lesson, options)
    return machine_graph(projection, machine)


def fit(sklearn: Any, lesson: Lesson, options: SvmOptions) -> tuple[Projection, Any]:
    """Return the projection and the fitted scikit-learn SVC."""
    data, rng = lesson.data, np.random.default_rng(lesson.seed)
    with TrainingProgress(lesson.title, STEPS) as progress:
        features = direction_features(ink_levels(data.training.images))
        projection = fit_projection(sklearn, features, lesson.seed, options)
        held_back = projection.apply(direction_features(ink_levels(data.held_back.images)))
        progress.advance("features")

        first = fit_machine(sklearn, projection.apply(features), data.training.labels, options)
        _show(progress, first, held_back, data.held_back.labels)

        near = data.training.subset(first.support_)
        features, labels = near_with_copies(near, rng, options)
        points = projection.apply_in_steps(features)
        progress.advance("distorted copies")

        second = fit_machine(sklearn, points, labels, options)
        _show(progress, second, held_back, data.held_back.labels)
    return projection, second


def near_with_copies(near: DigitSet, rng: Generator, options: SvmOptions) -> tuple[Floats, Pixels]:
    """Return features and labels of the images near a boundary and of their distorted copies."""
    others = near.subset(np.flatnonzero(near.labels == NOT_A_DIGIT))
    digits = with_copies(near.digits(), options.copies, rng, direction_features)
    no_digits = with_copies(others, options.copies_of_others, rng, direction_features)
    return np.concatenate([digits[0], no_digits[0]]), np.concatenate([digits[1], no_digits[1]])


def fit_projection(sklearn: Any, features: Floats, seed: int, options: SvmOptions) -> Projection:
    """Return the principal components of `features`, scaled for a kernel of the wanted width."""
    components = min(options.components, *features.shape)
    analysis = sklearn.decomposition.PCA(components, random_state=seed).fit(features)
    gamma = options.kernel_width / float(analysis.explained_variance_.sum())
    axes = analysis.components_.astype(np.float64).T * np.sqrt(2 * gamma)
    return Projection.of(features, analysis.mean_.astype(np.float64), axes)


def fit_machine(sklearn: Any, points: Floats | Matrix, labels: Pixels, options: SvmOptions) -> Any:
    """Return a scikit-learn SVC fitted to (count, components) points and their (count,) labels."""
    kernel = {"kernel": "rbf", "gamma": 0.5}  # exp(-|a - b|² / 2): the projection has the width
    machine = sklearn.svm.SVC(
        C=options.penalty, cache_size=options.kernel_cache_megabytes, **kernel
    )
    return machine.fit(points, labels)


def _show(progress: TrainingProgress, machine: Any, held_back: Floats, labels: Pixels) -> None:
    digits = labels != NOT_A_DIGIT
    wrong = machine.predict(held_back) != labels
    note = f"{len(machine.support_)} support vectors, held-back error {wrong[digits].mean():.2%}"
    progress.say(note)
    progress.advance(note)
