from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pikepdf
import pytest
from PIL import Image

SAMPLE_DOCS = Path(__file__).resolve().parents[2] / "sample_docs"


def pages_of(path: Path) -> list[np.ndarray]:
    """Each page as grey pixels; of a PDF, the scan that it holds."""
    if path.suffix == ".pdf":
        with pikepdf.open(path) as pdf:
            scans = [page.Resources.XObject.Scan.read_raw_bytes() for page in pdf.pages]
        return [np.asarray(Image.open(io.BytesIO(scan)).convert("L")) for scan in scans]
    with Image.open(path) as image:
        pages = []
        for number in range(getattr(image, "n_frames", 1)):
            image.seek(number)
            pages.append(np.asarray(image.convert("L")))
        return pages


@pytest.fixture(scope="session")
def sample_docs() -> Path:
    return SAMPLE_DOCS


@pytest.fixture(scope="session")
def document_pages() -> Callable[[Path], list[np.ndarray]]:
    return pages_of


@pytest.fixture(scope="session")
def documents() -> dict[str, list[np.ndarray]]:
    """The committed documents by base name, each a list of grey pages."""
    wanted = {".pdf", ".jpg", ".png", ".tif"}
    paths = (path for path in sorted(SAMPLE_DOCS.rglob("*")) if path.suffix in wanted)
    return {path.name: pages_of(path) for path in paths}
