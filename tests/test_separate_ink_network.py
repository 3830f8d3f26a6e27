"""The ink network reads a page tile by tile as it would at once, and says what a bad file is."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import onnx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from digitize.errors import ExitCode, ModelUnusable
from digitize.onnx_models import CARD_KEY, find_model, open_session, ships
from digitize.records import Floats, Pixels
from digitize.separate import InkNetwork, OnnxInkNetwork
from digitize.separate.ink_network import LARGEST_TILE, MULTIPLE, Ink, InkCard, tile_size
from digitize.train.onnx_graph import GraphWriter

if TYPE_CHECKING:
    from tests.conftest import Paper

CARD = InkCard(
    name="drawn",
    family="ink",
    data="none",
    crops="none",
    fonts="none",
    seed=1,
    seconds=0.0,
    overlap=(1.0, 1.0, 1.0, 1.0, 1.0),
    weights_sha256="00ff",
    made_with="by hand",
)
FIVE = len(Ink)


def write_network(path: Path, card: dict[str, object] | None) -> Path:
    """Write a network that sums up what lies in the coarse places around each pixel, and itself.

    As the real one it halves the page four times: a shift of its places would show.
    """
    rng = np.random.default_rng(4)
    graph = GraphWriter()
    levels = graph.add("Cast", "pixels", to=1)
    fine = graph.add("Transpose", levels, perm=[0, 3, 1, 2])
    coarse = graph.add(
        "AveragePool", fine, kernel_shape=[MULTIPLE, MULTIPLE], strides=[MULTIPLE, MULTIPLE]
    )
    around = graph.constant(rng.normal(0, 0.01, (FIVE, 3, 5, 5)))
    seen = graph.add("Conv", coarse, around, kernel_shape=[5, 5], pads=[2, 2, 2, 2])
    none, scales = graph.constant(np.zeros(0)), graph.constant(np.array([1.0, 1, 16, 16]))
    spread = graph.add(
        "Resize",
        seen,
        none,
        scales,
        mode="nearest",
        coordinate_transformation_mode="asymmetric",
        nearest_mode="floor",
    )
    own = graph.add("Conv", fine, graph.constant(rng.normal(0, 0.01, (FIVE, 3, 1, 1))))
    graph.add("Add", spread, own, output="logits")
    model = graph.model(
        {"pixels": ("uint8", (1, "height", "width", 3))},
        {"logits": ("float", (1, FIVE, "height", "width"))},
    )
    if card is not None:
        onnx.helper.set_model_props(model, {CARD_KEY: json.dumps(card)})
    path.write_bytes(model.SerializeToString())
    return path


@pytest.fixture(scope="module")
def drawn_network(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_network(tmp_path_factory.mktemp("models") / "drawn.onnx", asdict(CARD))


def noise(height: int, width: int) -> Pixels:
    return np.random.default_rng(9).integers(0, 256, (height, width, 3), dtype=np.uint8)


def at_once(path: Path, pixels: Pixels) -> Floats:
    """What the file gives for a page in one piece, filled up to whole places."""
    height, width = pixels.shape[:2]
    padding = ((0, -height % MULTIPLE), (0, -width % MULTIPLE), (0, 0))
    session = open_session(find_model(str(path)))
    (logits,) = session.run(None, {"pixels": np.pad(pixels, padding, mode="edge")[None]})
    return np.asarray(logits[0, :, :height, :width], np.float32)


@pytest.mark.parametrize(
    "size",
    [
        (64, 80),
        (50, 31),
        (1, 1),
        (2100, 600),
        (800, 1600),
        (40, 40_000),
    ],
    ids=lambda size: f"{size[1]}x{size[0]}",
)
def test_tiles_give_what_the_whole_page_gives(drawn_network: Path, size: tuple[int, int]) -> None:
    pixels = noise(*size)
    found = OnnxInkNetwork(find_model(str(drawn_network))).logits(pixels)
    assert found.shape == (FIVE, *size)
    assert found.dtype == np.float16  # half the memory: a page of small print would fill 80 MB
    np.testing.assert_allclose(found, at_once(drawn_network, pixels), rtol=1e-3, atol=2e-3)


@given(st.integers(1, 3000), st.integers(1, 3000))
def test_tiles_are_whole_places_and_small(height: int, width: int) -> None:
    tall, wide = tile_size(height, width)
    assert tall % MULTIPLE == wide % MULTIPLE == 0
    assert tall * wide <= LARGEST_TILE
    if height * width < LARGEST_TILE / 2:
        assert tall >= height
        assert wide >= width


def test_reading_leaves_the_page_as_it_was(drawn_network: Path) -> None:
    pixels = noise(50, 70)
    before = pixels.copy()
    OnnxInkNetwork(find_model(str(drawn_network))).logits(pixels)
    np.testing.assert_array_equal(pixels, before)


def test_its_card_comes_with_a_network(drawn_network: Path) -> None:
    card = OnnxInkNetwork(find_model(str(drawn_network))).card
    assert (card.name, card.family, list(card.overlap)) == ("drawn", "ink", [1.0] * FIVE)


@pytest.mark.parametrize(
    "card",
    [None, {}, {**asdict(CARD), "family": "sequence"}, {**asdict(CARD), "mood": "good"}],
    ids=["no card", "empty card", "another family", "another card"],
)
def test_an_onnx_file_that_is_no_ink_network_says_so(
    tmp_path: Path, card: dict[str, object] | None
) -> None:
    path = write_network(tmp_path / "other.onnx", card)
    with pytest.raises(ModelUnusable, match="ink networks") as caught:
        OnnxInkNetwork(find_model(str(path)))
    assert str(path) in caught.value.cause
    assert "digitize train ink" in caught.value.remedy
    assert caught.value.exit_code is ExitCode.MODEL


def test_a_classifier_is_no_ink_network() -> None:
    with pytest.raises(ModelUnusable, match="ink networks"):
        OnnxInkNetwork(find_model("cnn"))


shipped = pytest.mark.skipif(not ships("ink"), reason="no ink network ships")


@shipped
def test_the_network_that_ships_reads_tiles_as_it_would_the_whole_page(
    paper: type[Paper],
) -> None:
    page = paper(2000, 640).digits("26093", 918, 300, 24, 3).digits("41", 60, 35, 24, 3)
    assert tile_size(640, 2000) == (640, 1008)
    file = find_model("ink")
    network: InkNetwork = OnnxInkNetwork(file)
    found, whole = network.logits(page.pixels), at_once(file.path, page.pixels)
    assert (found.argmax(axis=0) == whole.argmax(axis=0)).mean() > 0.999
    ink = page.ink > 0
    assert (found.argmax(axis=0) == whole.argmax(axis=0))[ink].mean() > 0.99


@shipped
def test_the_network_that_ships_tells_ink_from_paper(paper: type[Paper]) -> None:
    page = paper(400, 120).digits("2609", 40, 40, 24, 3).row(90, 20, 380)
    kinds = OnnxInkNetwork(find_model("ink")).logits(page.pixels).argmax(axis=0)
    assert (kinds[page.ink > 0] != Ink.PAPER).mean() > 0.9
    assert (kinds[:20] == Ink.PAPER).all()
    assert (kinds[90:92, 30:370] == Ink.RULES).mean() > 0.8
