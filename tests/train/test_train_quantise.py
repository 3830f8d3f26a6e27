"""A network in whole numbers: it says what it said before, in fewer bytes."""

from __future__ import annotations

import numpy as np
import pytest

from digitize.train.curve import run_graph
from digitize.train.libraries import load_keras
from digitize.train.network import CnnOptions, build_network, network_graph
from digitize.train.quantise import quantised


@pytest.fixture(scope="module")
def graph():
    """A small untrained network."""
    return network_graph(build_network(load_keras(5), CnnOptions(channels=(8, 16, 32)), steps=1))


@pytest.fixture(scope="module")
def images():
    """Bars of ink at different places."""
    drawn = np.zeros((96, 28, 28), dtype=np.float32)
    for number, image in enumerate(drawn):
        image[4:24, 3 + number % 20 : 6 + number % 23] = 1
    return drawn


def test_it_says_nearly_the_same(graph, images):
    before, after = run_graph(graph, images), run_graph(quantised(graph, images), images)
    assert np.abs(after - before).max() < 0.05 * np.abs(before).max()
    assert np.abs(after - before).max() > 0


def test_its_file_is_less_than_a_third(graph, images):
    assert quantised(graph, images).ByteSize() < graph.ByteSize() / 3


def test_it_is_the_same_each_time(graph, images):
    once, again = (quantised(graph, images).SerializeToString() for _ in range(2))
    assert once == again


def test_what_was_given_stays_as_it_was(graph, images):
    before = graph.SerializeToString()
    quantised(graph, images)
    assert graph.SerializeToString() == before


def test_nothing_is_said_on_the_terminal(graph, images, capfd):
    quantised(graph, images)
    assert capfd.readouterr() == ("", "")
