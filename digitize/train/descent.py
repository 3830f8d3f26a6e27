"""How networks are taught: the steps' size, and the average of the weights that is kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeAlias

KerasModel: TypeAlias = Any


@dataclass(frozen=True, slots=True)
class Descent:
    """How a network's weights are found."""

    batch: int = 128
    learning_rate: float = 2e-3  # at its highest; it falls to 0 along a cosine
    warmup_share: float = 0.05  # of all steps
    weight_decay: float = 0.02
    average_momentum: float = 0.998  # of the weights' moving average: about 500 steps


def compile_network(
    keras: Any, model: KerasModel, descent: Descent, steps: int, loss: Any = None
) -> KerasModel:
    """Return `model`, compiled for a training of so many steps.

    loss: a Keras loss; that of one label for each image where none is given.
    """
    model.compile(
        optimizer=_optimizer(keras, descent, steps),
        loss=loss or keras.losses.SparseCategoricalCrossentropy(from_logits=True),
        jit_compile=False,  # XLA's convolutions are slower than oneDNN's on a CPU
    )
    return model


def _optimizer(keras: Any, descent: Descent, steps: int) -> Any:
    """Return AdamW (Loshchilov, Hutter 2019, arXiv:1711.05101) on a cosine, averaging weights."""
    warmup = int(steps * descent.warmup_share)
    schedule = keras.optimizers.schedules.CosineDecay(
        descent.learning_rate / 100,
        max(1, steps - warmup),
        warmup_target=descent.learning_rate,
        warmup_steps=warmup,
    )
    return keras.optimizers.AdamW(
        schedule,
        weight_decay=descent.weight_decay,
        use_ema=True,
        ema_momentum=descent.average_momentum,
        ema_overwrite_frequency=None,
    )
