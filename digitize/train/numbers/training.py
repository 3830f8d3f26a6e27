"""From digits and pictures of numbers to a second reader that ships."""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from digitize.onnx_models import find_model
from digitize.records import Floats
from digitize.sequence.ctc import best_path, confidence, log_likelihood, text_of
from digitize.sequence.network import SequenceCard, log_softmax
from digitize.train.calibration import calibration_error
from digitize.train.card import Recipe, check_output
from digitize.train.checkpoint import Checkpoint, checkpoint_path
from digitize.train.datasets import DigitSet, joined
from digitize.train.datasets.held_back import split_held_back
from digitize.train.datasets.mnist import fetch_mnist
from digitize.train.datasets.training_data import HELD_BACK_SHARE, read_source
from digitize.train.descent import KerasModel
from digitize.train.interruption import Earlier, settle
from digitize.train.libraries import KERAS, load, versions
from digitize.train.model_file import write_model
from digitize.train.numbers.compose import compose_strips
from digitize.train.numbers.learn import Material, learn, read
from digitize.train.numbers.network import NumberOptions, number_graph
from digitize.train.numbers.page import sequence_page
from digitize.train.numbers.real import RealNumber, has_numbers, read_real_numbers
from digitize.train.onnx_graph import weights_sha256
from digitize.train.progress import announce

NAME = "sequence"
EPOCHS = 20
EXAM_NUMBERS = 600  # composed of held-back digits, but no more than there are digits
LONGEST_EXAM = 9  # digits
TEMPERATURES = np.geomspace(0.5, 4, 25)
USUAL = NumberOptions()


@dataclass(frozen=True, slots=True)
class NumberTraining:
    """What a reader of numbers is trained on, and what it is examined by: composed and real."""

    material: Material
    composed: Sequence[RealNumber]
    real: Sequence[RealNumber]
    sources: str
    split: str


def train_sequence(
    recipe: Recipe, options: NumberOptions = USUAL, earlier: Earlier = Earlier.REFUSE
) -> Path:
    """Return the reader of numbers that `recipe` asks for, written with its card and its page.

    Each folder of the recipe holds digits, as any classifier is trained on, or pictures of whole
    numbers with their truth as JSON beside them.
    """
    started = time.monotonic()
    check_output(recipe.output)
    settle(recipe.output, earlier)
    load(*KERAS)
    data = read_number_training(recipe)
    epochs = recipe.epochs or EPOCHS
    settings = {
        "family": NAME,
        "seed": str(recipe.seed),
        "number of epochs": str(epochs),
        "data": f"{data.sources}; {data.split}",
        "options": repr(options),
        "library": versions(*KERAS),
    }
    checkpoint = Checkpoint(checkpoint_path(recipe.output), settings)
    progress = checkpoint.progress()
    started -= progress.seconds if progress else 0.0
    checkpoint = dataclasses.replace(checkpoint, started=started)
    exam = data.real or data.composed
    model = learn(data.material, exam, recipe.seed, epochs, options, checkpoint)
    save(model, recipe, data, time.monotonic() - started)
    checkpoint.path.unlink(missing_ok=True)
    return recipe.output


def read_number_training(recipe: Recipe) -> NumberTraining:
    """Return the digits and the real numbers of the recipe's folders, a twelfth held back."""
    folders = recipe.data or (fetch_mnist(),)
    announce(f"Reading {', '.join(str(folder) for folder in folders)}")
    pictures = [folder for folder in folders if has_numbers(folder)]
    others = [folder for folder in folders if folder not in pictures] or [fetch_mnist()]
    sets, sources = zip(*map(read_source, others), strict=True)
    given = joined(sets)  # with what is no digit: so a classifier of this data holds back the same
    parts = split_held_back(given.labels, round(len(given) * HELD_BACK_SHARE), recipe.seed)
    kept, held = (given.subset(part).digits() for part in parts)
    real = [strips for folder in pictures for strips in read_real_numbers(folder)]
    is_held = np.random.default_rng([recipe.seed, 0]).random(len(real)) < HELD_BACK_SHARE
    named = [*sources, *(f"{folder.resolve().name} pictures" for folder in pictures)]
    return NumberTraining(
        Material(kept, chosen(real, ~is_held)),
        compose_exam(held, recipe.seed),
        chosen(real, is_held),
        ", ".join(named),
        f"{len(kept)} digits and {int((~is_held).sum())} real numbers trained on, {len(held)} "
        f"digits and {int(is_held.sum())} real numbers held back",
    )


def chosen(numbers: Sequence[Sequence[RealNumber]], which: NDArray[np.bool_]) -> list[RealNumber]:
    """Return all strips of the chosen numbers."""
    return [strip for strips, one in zip(numbers, which, strict=True) if one for strip in strips]


def compose_exam(digits: DigitSet, seed: int) -> list[RealNumber]:
    """Return numbers composed of held-back digits."""
    rng = np.random.default_rng([seed, 1])
    count = min(EXAM_NUMBERS, len(digits))
    lengths = [int(length) for length in rng.integers(1, LONGEST_EXAM + 1, count)]
    strips, texts = compose_strips(digits, lengths, rng)
    return [RealNumber(strip, text) for strip, text in zip(strips, texts, strict=True)]


def save(model: KerasModel, recipe: Recipe, data: NumberTraining, seconds: float) -> SequenceCard:
    """Write the reader with its card, and the page about it beside it."""
    graph = number_graph(model)
    exams = {"composed": data.composed, **({"real": data.real} if data.real else {})}
    logits = {name: read(model, [number.strip for number in exam]) for name, exam in exams.items()}
    texts = {name: [number.text for number in exam] for name, exam in exams.items()}
    temperature = best_temperature(
        [each for part in logits.values() for each in part],
        [text for part in texts.values() for text in part],
    )
    results = {name: examine(logits[name], texts[name], temperature) for name in exams}
    card = SequenceCard(
        name=recipe.output.stem,
        family=NAME,
        data=data.sources,
        split=data.split,
        seed=recipe.seed,
        seconds=round(seconds, 1),
        temperature=temperature,
        held_back_exact={name: round(exact, 4) for name, (exact, _) in results.items()},
        held_back_ece={name: round(ece, 4) for name, (_, ece) in results.items()},
        weights_sha256=weights_sha256(graph),
        made_with=versions(*KERAS),
    )
    write_model(graph, card, recipe.output)
    page = sequence_page(card, recipe.command, find_model(str(recipe.output)).sha256)
    recipe.output.with_suffix(".md").write_text(page, encoding="utf-8")
    return card


def examine(
    logits: Sequence[Floats], texts: Sequence[str], temperature: float
) -> tuple[float, float]:
    """Return the share of numbers read wholly right, and the confidences' calibration error."""
    likely = [log_softmax(each / np.float32(temperature)) for each in logits]
    said = [text_of(best_path(frames)) for frames in likely]
    right = np.array([one == other for one, other in zip(said, texts, strict=True)])
    sure = [confidence(frames, text) for frames, text in zip(likely, said, strict=True)]
    return float(right.mean()), calibration_error(np.array(sure, dtype=np.float32), right)


def best_temperature(logits: Sequence[Floats], texts: Sequence[str]) -> float:
    """Return the temperature that makes the texts likeliest together."""
    surprise = [
        -sum(
            log_likelihood(log_softmax(each / np.float32(temperature)), text)
            for each, text in zip(logits, texts, strict=True)
        )
        for temperature in TEMPERATURES
    ]
    return round(float(TEMPERATURES[int(np.argmin(surprise))]), 4)
