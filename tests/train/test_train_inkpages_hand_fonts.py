"""Handwriting fonts from a registry on loopback: whole, wrong, absent; and those at hand."""

from __future__ import annotations

import base64
import hashlib
import io
import tarfile
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
from drawn_pages import FOLDER, SANS, SERIF
from web_server import served

from digitize.errors import OutputNotWritable, UnreadableInput, UsageError
from digitize.train.clutter import FontFace
from digitize.train.inkpages.hand_fonts import (
    FONTS,
    HandFont,
    fetch_hand_fonts,
)
from digitize.train.inkpages.hands import HANDWRITTEN, tell_apart


def as_woff(path: Path) -> bytes:
    from fontTools.ttLib import TTFont

    packed = io.BytesIO()
    with TTFont(path) as font:
        font.flavor = "woff"
        font.save(packed)
    return packed.getvalue()


def archive_of(name: str) -> bytes:
    """An archive as npm's are, with one of matplotlib's fonts as the hand."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as archive:
        for inside, content in (
            (f"package/files/{name}-latin-400-normal.woff", as_woff(FOLDER / "cmtt10.ttf")),
            ("package/LICENSE", b"Open Font License"),
        ):
            entry = tarfile.TarInfo(inside)
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))
    return packed.getvalue()


ARCHIVE = archive_of("scribble")
DIGEST = base64.b64encode(hashlib.sha512(ARCHIVE).digest()).decode()
SCRIBBLE = HandFont("scribble", "1.0.0", DIGEST)


@pytest.fixture
def registry(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """A running registry with one font; gives the paths that it was asked for."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            known = self.path == "/@fontsource/scribble/-/scribble-1.0.0.tgz"
            self.send_response(200 if known else 404)
            self.send_header("Content-Length", str(len(ARCHIVE) if known else 0))
            self.end_headers()
            self.wfile.write(ARCHIVE if known else b"")

        def log_message(self, *_: object) -> None:
            pass

    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with served(Handler) as address:
        monkeypatch.setenv("DIGITIZE_FONTS_URL", address)
        yield asked


def test_a_font_is_fetched_unpacked_and_lies_beside_its_licence(registry, tmp_path):
    (path,) = fetch_hand_fonts(tmp_path, (SCRIBBLE,))
    assert path == tmp_path / "scribble.ttf"
    assert FontFace("any", path).open(24).getname()[0] == "cmtt10"
    assert (tmp_path / "scribble.LICENSE").read_bytes() == b"Open Font License"


def test_the_second_time_nothing_is_asked_for(registry, tmp_path):
    fetch_hand_fonts(tmp_path, (SCRIBBLE,))
    registry.clear()
    fetch_hand_fonts(tmp_path, (SCRIBBLE,))
    assert registry == []


def test_another_archive_than_the_lists_is_refused(registry, tmp_path):
    other = HandFont("scribble", "1.0.0", "A" * 88)
    with pytest.raises(UnreadableInput, match="not the font's archive"):
        fetch_hand_fonts(tmp_path, (other,))
    assert list(tmp_path.iterdir()) == []


def test_a_font_that_the_registry_lacks_says_what_to_do(registry, tmp_path):
    with pytest.raises(UnreadableInput, match="404") as caught:
        fetch_hand_fonts(tmp_path, (HandFont("gone", "1.0.0", DIGEST),))
    assert "DIGITIZE_FONTS_URL" in caught.value.remedy


def test_without_a_network_the_remedy_names_another_way(monkeypatch, tmp_path):
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setenv("DIGITIZE_FONTS_URL", "http://127.0.0.1:9")
    with pytest.raises(UnreadableInput, match="cannot be fetched") as caught:
        fetch_hand_fonts(tmp_path, (SCRIBBLE,))
    assert "without a network, copy any handwriting fonts" in caught.value.remedy


def test_a_folder_that_cannot_be_written_is_named(registry, tmp_path):
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(OutputNotWritable, match="file"):
        fetch_hand_fonts(tmp_path / "file" / "fonts", (SCRIBBLE,))


def test_a_mirror_must_be_an_address_of_the_web(monkeypatch, tmp_path):
    monkeypatch.setenv("DIGITIZE_FONTS_URL", "fonts/")
    with pytest.raises(UsageError, match="DIGITIZE_FONTS_URL: 'fonts/'"):
        fetch_hand_fonts(tmp_path, (SCRIBBLE,))


def test_every_font_of_the_list_is_pinned_and_known_to_be_a_hand():
    for font in FONTS:
        assert len(base64.b64decode(font.sha512)) == 64
        assert font.family in HANDWRITTEN
    assert len({font.name for font in FONTS}) == len(FONTS) > 100


def test_fonts_that_write_are_told_from_those_that_print():
    caveat = FontFace("Caveat", Path("caveat.ttf"))
    assert tell_apart([SANS, caveat, SERIF]) == ([SANS, SERIF], [caveat])
