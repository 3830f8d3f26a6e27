"""The model families that can be trained: a new one is a file and a line here.

Importing this imports no training library; `Family.train` does, and says what is missing.
"""

from __future__ import annotations

from digitize.train import cnn, cnn_large, mlp
from digitize.train.logreg import LogregOptions, learn_logreg
from digitize.train.network import CnnOptions
from digitize.train.svm import SvmOptions, learn_svm
from digitize.train.training import Family

KERAS = ("keras", "tensorflow")
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
