"""Graphs written node by node: what they compute, and the checksum of their constants."""

from __future__ import annotations

import numpy as np

from digitize.classify import OnnxClassifier
from digitize.onnx_models import list_classifiers
from digitize.train.curve import run_graph
from digitize.train.libraries import load
from digitize.train.onnx_graph import GraphWriter, weights_sha256


def ink_times(weights):
    """A graph whose logits are each image's ink times 11 weights."""
    graph = GraphWriter()
    ink = graph.add("ReduceSum", "images", graph.constant(np.array([1, 2])), keepdims=0)
    column = graph.add("Unsqueeze", ink, graph.constant(np.array([1])))
    graph.add("MatMul", column, graph.constant(np.array([weights])), output="logits")
    return graph.model()


def test_a_graph_computes_what_was_written():
    images = np.ones((2, 28, 28), np.float32)
    logits = run_graph(ink_times(np.arange(11.0)), images)
    assert np.array_equal(logits, 784 * np.arange(11.0) * np.ones((2, 1)))


def test_constants_change_the_checksum_and_metadata_does_not():
    (onnx,) = load("onnx")
    graph, other = ink_times(np.arange(11.0)), ink_times(np.arange(11.0) + 1)
    before = weights_sha256(graph)
    onnx.helper.set_model_props(graph, {"card": "any"})
    assert weights_sha256(graph) == before != weights_sha256(other)


def test_the_checksum_in_a_shipped_models_card_is_that_of_its_weights():
    (onnx,) = load("onnx")
    for model in list_classifiers():
        card = OnnxClassifier(model).card
        assert weights_sha256(onnx.load(str(model.path))) == card.weights_sha256, model.name
