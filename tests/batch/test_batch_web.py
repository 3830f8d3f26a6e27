"""Documents on servers of the web, which tell when each was written, or not even that."""

from __future__ import annotations

import os
from http.server import SimpleHTTPRequestHandler
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from small_pages import small_page
from web_server import TellsNothing, TellsWhenWritten, served_folder

from digitize.cli import main

pytest.importorskip("fsspec")
pytest.importorskip("aiohttp")

LATER = 2_000_000_000  # seconds since 1970


@pytest.fixture
def page(tmp_path: Path) -> Path:
    """A page alone in a folder that a server may show."""
    path = tmp_path / "site" / "a.png"
    path.parent.mkdir()
    small_page(1).save(path)
    return path


def digitize(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(one) for one in arguments])


@pytest.mark.parametrize("handler", [TellsWhenWritten, TellsNothing])
def test_a_document_that_was_touched_is_shown_and_one_that_was_replaced_is_not(
    handler: type[SimpleHTTPRequestHandler], page: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    with served_folder(page.parent, handler) as web:
        done = digitize("run", f"{web}/a.png", "-o", out, "--format", "json")
        assert done.exit_code == 0, done.output
        os.utime(page, (LATER, LATER))
        touched = digitize("export", out, "--format", "pdf")
        assert (touched.exit_code, (out / "a.pdf").is_file()) == (0, True), touched.output
        (out / "a.pdf").unlink()
        small_page(2).save(page)
        os.utime(page, (LATER, LATER))
        replaced = digitize("export", out, "--format", "pdf")
    assert f"a.png: its original, {web}/a.png, was changed after it was read" in replaced.output
    assert not (out / "a.pdf").exists()


def test_no_secret_of_an_address_is_in_the_results_and_an_export_says_what_it_lacks(
    page: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    with served_folder(page.parent) as web:
        address = f"{web.replace('://', '://me:s3cret@')}/a.png?s3cret#s3cret"
        formats = "csv,json,hocr,alto,html,sqlite"  # which are not compressed
        done = digitize("run", address, "-o", out, "--format", formats, "-v")
        assert done.exit_code == 0, done.output
        kept = [path.read_bytes() for path in out.iterdir()]
        assert not [content for content in (*kept, done.output.encode()) if b"s3cret" in content]
        assert f"{web}/a.png?..." in (out / "a.json").read_text("utf-8")
        page.unlink()
        gone = digitize("export", out, "--format", "pdf")
    assert "What its address asks for may be a secret and was not kept" in gone.output
