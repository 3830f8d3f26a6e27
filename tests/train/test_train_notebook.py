"""The notebook, run from top to bottom on a few digits, in a kernel of its own."""

from __future__ import annotations

import base64
import io
import os
from pathlib import Path

import pytest
from PIL import Image
from school import school_folder

nbformat = pytest.importorskip("nbformat")
nbclient = pytest.importorskip("nbclient")
for library in ("ipykernel", "keras", "matplotlib", "sklearn", "tensorflow"):
    pytest.importorskip(library)

NOTEBOOK = Path(__file__).parents[2] / "notebooks" / "digit_recognition.ipynb"
FAMILIES = ["cnn", "svm", "mlp", "logreg"]
DIGITS = 300  # to train on, and to test on: enough for each family to know all answers
SECONDS = 600  # for a cell; shared cores can be slow
LARGEST = 1_500_000  # bytes that a reader has to fetch to see the notebook
FLAT = 10  # grey levels between lightest and darkest below which a plot shows nothing


def text_of(cell) -> str:
    """What a cell printed."""
    return "".join(one.text for one in cell.get("outputs", []) if one.output_type == "stream")


def plots_of(notebook) -> list[Image.Image]:
    """Every image that the cells show."""
    return [
        Image.open(io.BytesIO(base64.b64decode(output.data["image/png"]))).convert("L")
        for cell in notebook.cells
        for output in cell.get("outputs", [])
        if "image/png" in output.get("data", {})
    ]


def cell_with(notebook, words: str):
    """The one cell of code whose source holds `words`."""
    (found,) = [one for one in notebook.cells if one.cell_type == "code" and words in one.source]
    return found


def draws(cell) -> bool:
    """Whether the last line of a cell of code is a figure."""
    last = cell.source.splitlines()[-1]
    return last.startswith(("plot_", "sheet(", "figure"))


@pytest.fixture(scope="module")
def committed():
    return nbformat.read(NOTEBOOK, as_version=4)


@pytest.fixture(scope="module")
def work(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("notebook")


@pytest.fixture(scope="module")
def executed(work):
    """A copy, executed on real digits where there are some and on drawn ones elsewhere."""
    data = os.environ.get("DIGITIZE_DATA")
    if not data:
        school_folder(work / "mnist")
    settings = {
        "DIGITIZE_DATA": data or str(work),
        "DIGITIZE_NOTEBOOK_DIGITS": str(DIGITS),
        "DIGITIZE_NOTEBOOK_EPOCHS": "1",
        "DIGITIZE_NOTEBOOK_WORK": str(work / "work"),
        "DIGITIZE_MNIST_URL": "http://127.0.0.1:9/",  # nothing listens: no test fetches MNIST
    }
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    client = nbclient.NotebookClient(
        notebook, timeout=SECONDS, kernel_name="python3", resources={"metadata": {"path": work}}
    )
    return client.execute(env={**os.environ, **settings})


def test_every_cell_of_code_runs_and_none_fails(executed):
    code = [cell for cell in executed.cells if cell.cell_type == "code"]
    assert [cell.execution_count for cell in code] == list(range(1, len(code) + 1))
    assert not [one for cell in code for one in cell.outputs if one.output_type == "error"]


def test_it_trains_on_as_few_digits_as_it_is_told(executed):
    assert f"{DIGITS} digits to train on" in text_of(cell_with(executed, "read_idx_folder(mnist"))


def test_the_comparison_names_all_four_families(executed):
    lines = text_of(cell_with(executed, "print(describe_comparison")).splitlines()
    assert lines[1].split() == FAMILIES
    errors = [float(share.rstrip("%")) for share in lines[2].split()[1:]]
    assert min(errors) < 20  # the best of them has learnt: guessing is wrong on 90 %
    assert sum("Were both equally good" in line for line in lines) <= 6  # a sentence for each pair
    assert sum(" alone is wrong on " in line or "the same digits" in line for line in lines) == 6


def test_every_plot_is_shown_and_none_is_empty(executed):
    drawing = [one for one in executed.cells if one.cell_type == "code" and draws(one)]
    plots = plots_of(executed)
    assert len(plots) == len(drawing) >= 14
    for plot in plots:
        low, high = plot.getextrema()
        assert high - low > FLAT


def test_a_plot_is_followed_by_how_to_read_it(committed):
    for cell, after in zip(committed.cells, committed.cells[1:], strict=False):
        if cell.cell_type == "code" and draws(cell):
            assert after.cell_type == "markdown", cell.source
            assert not after.source.startswith("#"), cell.source


def test_it_leaves_the_report_that_evaluate_writes(executed, work):
    assert executed.cells
    report = work / "work" / "report"
    assert (report / "report.html").is_file()
    assert (report / "report.json").is_file()
    for name in FAMILIES:
        assert (work / "work" / f"{name}.onnx").is_file()


@pytest.mark.parametrize("which", ["committed", "executed"])
def test_nothing_is_shown_but_what_the_cells_mean_to_show(which, request):
    notebook = request.getfixturevalue(which)
    outputs = [one for cell in notebook.cells for one in cell.get("outputs", [])]
    assert [one.text for one in outputs if one.get("name") == "stderr"] == []


def test_the_committed_notebook_shows_its_results_and_nobodys_folders(committed):
    code = [cell for cell in committed.cells if cell.cell_type == "code"]
    assert [cell.execution_count for cell in code] == list(range(1, len(code) + 1))
    assert len(plots_of(committed)) == sum(draws(cell) for cell in code)
    assert "6,000 digits to train on" in text_of(cell_with(committed, "read_idx_folder(mnist"))
    shown = "".join(map(text_of, code))
    assert not [folder for folder in ("/home", "/tmp", "/work", "/Users") if folder in shown]
    assert NOTEBOOK.stat().st_size < LARGEST
