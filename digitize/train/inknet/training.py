"""From digits and fonts to an ink network that ships."""

from __future__ import annotations

import dataclasses
import os
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from digitize.onnx_models import find_model
from digitize.separate.ink_network import Ink, InkCard
from digitize.train.card import Recipe, check_output
from digitize.train.checkpoint import Checkpoint, checkpoint_path
from digitize.train.clutter import FontFace, find_fonts
from digitize.train.clutter.fonts import SYSTEM_FOLDERS
from digitize.train.datasets import DigitSet, joined
from digitize.train.datasets.held_back import split_held_back
from digitize.train.datasets.mnist import fetch_mnist
from digitize.train.datasets.training_data import HELD_BACK_SHARE, read_source
from digitize.train.descent import KerasModel
from digitize.train.inknet.learn import (
    InkLesson,
    InkOptions,
    confusion,
    confusion_overlap,
    learn,
    read,
)
from digitize.train.inknet.onnx_layers import ink_graph
from digitize.train.inknet.pool import Plan, Pool, composed
from digitize.train.interruption import Earlier, settle
from digitize.train.libraries import KERAS, load, versions
from digitize.train.model_file import write_model
from digitize.train.onnx_graph import weights_sha256
from digitize.train.progress import announce

NAME = "ink"
EPOCHS = 6
HELD_BACK_CROPS = 240  # of fonts and digits that the training never sees
USUAL = InkOptions()


@dataclass(frozen=True, slots=True)
class InkTraining:
    """What an ink network is trained on: digits, and fonts in two parts."""

    training: DigitSet
    held_back: DigitSet
    sources: str
    faces: tuple[FontFace, ...]
    other_faces: tuple[FontFace, ...]


def train_ink(
    recipe: Recipe, options: InkOptions = USUAL, earlier: Earlier = Earlier.REFUSE
) -> Path:
    """Return the ink network that `recipe` asks for, written with its card and its page.

    The crops are composed first, by all cores.
    """
    started = time.monotonic()
    check_output(recipe.output)
    settle(recipe.output, earlier)
    load(*KERAS)
    data = read_ink_training(recipe)
    jobs = os.cpu_count() or 1
    settings = settings_of(recipe, data, options)
    checkpoint = Checkpoint(checkpoint_path(recipe.output), settings)
    progress = checkpoint.progress()
    if progress:
        started -= progress.seconds
    checkpoint = dataclasses.replace(checkpoint, started=started)
    plan = Plan(data.training, data.faces, options.crops, (recipe.seed, 0))
    exam = Plan(data.held_back, data.other_faces, HELD_BACK_CROPS, (recipe.seed, 1))
    with (
        composed(exam, jobs, "composing crops to hold back") as held_back,
        composed(plan, jobs, "composing crops to train on") as pool,
    ):
        lesson = InkLesson(recipe.seed, recipe.epochs or EPOCHS, recipe.start_from)
        model = learn(pool, held_back, lesson, options, checkpoint)
        save(model, recipe, data, options, held_back, time.monotonic() - started)
    checkpoint.path.unlink(missing_ok=True)
    return recipe.output


def read_ink_training(recipe: Recipe) -> InkTraining:
    """Return the digits of the recipe's folders, a twelfth held back, and the fonts found."""
    announce("Looking for digits and fonts")
    folders = recipe.data or (fetch_mnist(),)
    sets, sources = zip(*map(read_source, folders), strict=True)
    digits = joined(sets)
    kept, held = split_held_back(digits.labels, round(len(digits) * HELD_BACK_SHARE), recipe.seed)
    folders_of_fonts = (*SYSTEM_FOLDERS, *recipe.fonts)
    return InkTraining(
        digits.subset(kept),
        digits.subset(held),
        ", ".join(sources),
        tuple(find_fonts("train", folders_of_fonts)),
        tuple(find_fonts("test", folders_of_fonts)),
    )


def settings_of(recipe: Recipe, data: InkTraining, options: InkOptions) -> dict[str, str]:
    """Return what tells one training from another, for its checkpoint."""
    return {
        "family": NAME,
        "seed": str(recipe.seed),
        "number of epochs": str(recipe.epochs or EPOCHS),
        "data": data.sources,
        "start": str(recipe.start_from),
        "fonts": f"{len(data.faces)} and {len(data.other_faces)}",
        "options": repr(options),
        "library": versions(*KERAS),
    }


def save(
    model: KerasModel,
    recipe: Recipe,
    data: InkTraining,
    options: InkOptions,
    held_back: Pool,
    seconds: float,
) -> InkCard:
    """Write the network with its card, and the page about it beside it."""
    graph = ink_graph(model, options.widths)
    counts = confusion(read(model, held_back.pixels), held_back.classes)
    families = len({face.family for face in data.faces})
    card = InkCard(
        name=recipe.output.stem,
        family=NAME,
        data=data.sources,
        crops=f"{options.crops} trained on, {len(held_back.pixels)} held back",
        fonts=f"{families} families to train with, others for what is held back",
        seed=recipe.seed,
        seconds=round(seconds, 1),
        overlap=tuple(round(confusion_overlap(counts, kind), 4) for kind in Ink),
        weights_sha256=weights_sha256(graph),
        made_with=versions(*KERAS),
    )
    write_model(graph, card, recipe.output)
    page = ink_page(card, recipe.command, find_model(str(recipe.output)).sha256, counts)
    recipe.output.with_suffix(".md").write_text(page, encoding="utf-8")
    return card


def ink_page(card: InkCard, command: str, file_sha256: str, counts: np.ndarray) -> str:
    """Return the page about the network for people, in Markdown."""
    rows = [
        ("family", card.family),
        ("digits", card.data),
        ("crops", card.crops),
        ("fonts", card.fonts),
        ("seed", str(card.seed)),
        ("training time, composing included", f"{card.seconds / 60:.1f} minutes"),
        ("SHA-256 of the weights", f"`{card.weights_sha256}`"),
        ("SHA-256 of the file", f"`{file_sha256}`"),
        ("made with", card.made_with),
    ]
    table = "\n".join(f"| {name} | {value} |" for name, value in rows)
    heads = " | ".join(kind.name.lower() for kind in Ink)
    shares = counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)
    lines = "\n".join(
        f"| {kind.name.lower()} | {' | '.join(f'{share:.1%}' for share in shares[kind])} "
        f"| {card.overlap[kind]:.3f} |"
        for kind in Ink
    )
    return (
        f"# {card.name}\n\nTells handwritten digits from all else on a page, pixel by pixel.\n\n"
        f"| | |\n|---|---|\n{table}\n\nMade by:\n\n    {command}\n\n"
        "## Pixels of composed crops that were held back\n\n"
        "Rows are what a pixel is, columns what it is read as; overlap is the pixels rightly read "
        "over all that are or are read as the class.\n\n"
        f"| | {heads} | overlap |\n|---|---|---|---|---|---|---|\n{lines}\n"
    )
