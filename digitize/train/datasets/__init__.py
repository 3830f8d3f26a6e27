"""Labelled images: folders of IDX files, of pictures, of corrections; MNIST, fetched once.

What is to be trained on is brought to MNIST's form, and a part of it is held back.
"""

from digitize.train.datasets.digit_set import LABELS, DigitSet, Split, ink_levels, joined
from digitize.train.datasets.folders import has_split, read_labelled_folder
from digitize.train.datasets.form import to_mnist_form
from digitize.train.datasets.held_back import split_held_back
from digitize.train.datasets.idx_folder import read_idx_folder
from digitize.train.datasets.training_data import TrainingData, read_training_data, with_clutter

__all__ = [
    "LABELS",
    "DigitSet",
    "Split",
    "TrainingData",
    "has_split",
    "ink_levels",
    "joined",
    "read_idx_folder",
    "read_labelled_folder",
    "read_training_data",
    "split_held_back",
    "to_mnist_form",
    "with_clutter",
]
