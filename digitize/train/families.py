"""The model families that can be trained: a new one is a file and a line here.

Importing this imports no training library; `Family.train` does, and says what is missing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from digitize.errors import UsageError
from digitize.train import cnn, cnn_large, mlp
from digitize.train.card import Recipe
from digitize.train.inknet.training import train_ink
from digitize.train.interruption import Earlier
from digitize.train.libraries import KERAS
from digitize.train.logreg import LogregOptions, learn_logreg
from digitize.train.network import CnnOptions
from digitize.train.numbers.training import train_sequence
from digitize.train.svm import SvmOptions, learn_svm
from digitize.train.training import Family, check_ink_options

SKLEARN = ("scikit-learn",)

FAMILIES: dict[str, Family] = {
    family.name: family
    for family in (
        Family(
            "cnn",
            "convolutional network (Keras): accurate and fast",
            cnn.learn_cnn,
            CnnOptions(),
            KERAS,
            epochs=cnn.EPOCHS,
        ),
        Family(
            "cnn-large",
            "the mean of two such networks: a little more accurate, half as fast",
            cnn_large.learn_cnn_large,
            cnn_large.EnsembleOptions(),
            KERAS,
            epochs=cnn.EPOCHS,
        ),
        Family(
            "svm",
            "gradient features and RBF support vectors (scikit-learn)",
            learn_svm,
            SvmOptions(),
            SKLEARN,
            seconds_per_thousand=3.0,
        ),
        Family(
            "mlp",
            "gradient features and a perceptron of two hidden layers (Keras): fast",
            mlp.learn_mlp,
            mlp.MlpOptions(),
            KERAS,
            epochs=mlp.EPOCHS,
        ),
        Family(
            "logreg",
            "gradient features and logistic regression (scikit-learn): the smallest",
            learn_logreg,
            LogregOptions(),
            SKLEARN,
            seconds_per_thousand=2.0,
        ),
    )
}


@dataclass(frozen=True, slots=True)
class PageReader:
    """A model that reads more than one digit at a time, and how it is trained and written."""

    name: str
    summary: str
    learn: Callable[[Recipe, Earlier], Path]
    tells_ink: bool = False

    def train(self, recipe: Recipe, earlier: Earlier = Earlier.REFUSE) -> Path:
        """Return where the model was written that `recipe` asks for; its page lies beside it."""
        if recipe.learning_curve:
            raise UsageError(
                f"{self.name} is not measured by its number of digits",
                "Train it without --learning-curve",
            )
        if not self.tells_ink:
            check_ink_options(self.name, recipe.fonts, recipe.start_from)
        return self.learn(recipe, earlier)


PAGE_READERS: dict[str, PageReader] = {
    reader.name: reader
    for reader in (
        PageReader(
            "ink",
            "the ink network: handwritten digits apart from all else on a page (Keras)",
            lambda recipe, earlier: train_ink(recipe, earlier=earlier),
            tells_ink=True,
        ),
        PageReader(
            "sequence",
            "the second reader: whole numbers at once, by a network (Keras)",
            lambda recipe, earlier: train_sequence(recipe, earlier=earlier),
        ),
    )
}
