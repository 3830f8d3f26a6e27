"""Documents on a server of the web that tells of them no more than when they were written."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from small_pages import small_page

from digitize.cli import main

pytest.importorskip("fsspec")
pytest.importorskip("aiohttp")

LATER = 2_000_000_000  # seconds since 1970


@pytest.fixture
def web(tmp_path: Path) -> Iterator[str]:
    """A server of the folder tmp_path/site, which sends Last-Modified and no checksum."""

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

    (tmp_path / "site").mkdir()
    serve = partial(Quiet, directory=str(tmp_path / "site"))
    with ThreadingHTTPServer(("127.0.0.1", 0), serve) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture
def silent_web(tmp_path: Path) -> Iterator[str]:
    """A server of the folder tmp_path/site, which tells nothing of its files."""

    class Silent(SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

        def send_header(self, keyword: str, value: str) -> None:
            if keyword != "Last-Modified":
                super().send_header(keyword, value)

    (tmp_path / "site").mkdir()
    with ThreadingHTTPServer(
        ("127.0.0.1", 0), partial(Silent, directory=str(tmp_path / "site"))
    ) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def digitize(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(one) for one in arguments])


def test_a_document_that_was_touched_is_shown_and_one_that_was_replaced_is_not(
    web: str, tmp_path: Path
) -> None:
    page, out = tmp_path / "site" / "a.png", tmp_path / "out"
    small_page(1).save(page)
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


def test_where_a_server_tells_nothing_a_document_that_was_replaced_is_known_by_its_content(
    silent_web: str, tmp_path: Path
) -> None:
    page, out = tmp_path / "site" / "a.png", tmp_path / "out"
    small_page(1).save(page)
    assert digitize("run", f"{silent_web}/a.png", "-o", out, "--format", "json").exit_code == 0
    assert digitize("export", out, "--format", "pdf").exit_code == 0
    (out / "a.pdf").unlink()
    small_page(2).save(page)
    replaced = digitize("export", out, "--format", "pdf")
    assert "/a.png, was changed after it was read" in replaced.output
    assert not (out / "a.pdf").exists()


def test_no_secret_of_an_address_is_in_the_results_and_an_export_says_what_it_lacks(
    web: str, tmp_path: Path
) -> None:
    page, out = tmp_path / "site" / "a.png", tmp_path / "out"
    small_page(1).save(page)
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
