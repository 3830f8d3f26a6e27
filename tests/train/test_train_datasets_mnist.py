"""MNIST from a mirror on loopback: whole, cut, wrong, absent; and from the cache."""

from __future__ import annotations

import gzip
import hashlib
import socket
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from web_server import served, served_folder

from digitize.cli import main
from digitize.errors import OutputNotWritable, UnreadableInput, UsageError
from digitize.train.datasets import has_split
from digitize.train.datasets.mnist import (
    FILES,
    MnistFile,
    cache_folder,
    fetch_mnist,
    unpack,
)

CONTENTS = {"images.gz": b"ink and paper " * 5000, "labels.gz": b"0123456789" * 100}
SMALL = tuple(
    MnistFile(name, len(content), hashlib.sha256(content).hexdigest())
    for name, content in CONTENTS.items()
)


@dataclass
class Mirror:
    """A server of bytes by name, and what it was asked for.

    promised: lengths that its answers name, where it is not the true one. status: of all answers.
    """

    files: dict[str, bytes]
    promised: dict[str, int] = field(default_factory=dict)
    status: int = 200
    moved_to: str = ""
    asked: list[str] = field(default_factory=list)
    address: str = ""

    def answer(self, request: BaseHTTPRequestHandler) -> None:
        name = request.path.rsplit("/", 1)[-1]
        self.asked.append(request.path)
        content = self.files.get(name, b"")
        request.send_response(self.status if name in self.files else 404)
        if self.moved_to:
            request.send_header("Location", self.moved_to + name)
        request.send_header("Content-Length", str(self.promised.get(name, len(content))))
        request.end_headers()
        request.wfile.write(content)


@pytest.fixture
def mirror(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Mirror]:
    """A running mirror of the small files, and an empty cache."""
    state = Mirror({name: gzip.compress(content) for name, content in CONTENTS.items()})

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            state.answer(self)

        def log_message(self, *_: object) -> None:
            pass

    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with served(Handler) as address:
        state.address = address
        monkeypatch.setenv("DIGITIZE_MNIST_URL", f"{address}/mnist")
        yield state


def test_what_the_mirror_has_is_kept_in_the_cache(mirror, tmp_path):
    folder = fetch_mnist(SMALL)
    assert folder == tmp_path / "cache" / "digitize" / "mnist"
    kept = {path.name: gzip.decompress(path.read_bytes()) for path in folder.iterdir()}
    assert kept == CONTENTS
    assert mirror.asked == ["/mnist/images.gz", "/mnist/labels.gz"]


def test_the_second_time_nothing_is_asked_for(mirror):
    fetch_mnist(SMALL)
    mirror.asked.clear()
    fetch_mnist(SMALL)
    assert mirror.asked == []


def test_the_second_time_nothing_is_said(mirror, capfd):
    fetch_mnist(SMALL)
    assert f"Fetching MNIST from {mirror.address}/mnist/" in capfd.readouterr().err
    fetch_mnist(SMALL)
    assert capfd.readouterr() == ("", "")


def test_a_damaged_file_of_the_cache_is_fetched_again(mirror):
    folder = fetch_mnist(SMALL)
    (folder / "labels.gz").write_bytes(b"cut")
    mirror.asked.clear()
    fetch_mnist(SMALL)
    assert mirror.asked == ["/mnist/labels.gz"]
    assert gzip.decompress((folder / "labels.gz").read_bytes()) == CONTENTS["labels.gz"]


def test_a_mirror_may_pack_files_otherwise_or_not_at_all(mirror):
    mirror.files = {
        "images.gz": gzip.compress(CONTENTS["images.gz"], 1, mtime=7),
        "labels.gz": CONTENTS["labels.gz"],
    }
    fetch_mnist(SMALL)
    mirror.asked.clear()
    fetch_mnist(SMALL)
    assert mirror.asked == []


def fails(mirror: Mirror, message: str) -> None:
    """Expect the message and the remedy, and nothing in the cache under a file's name."""
    with pytest.raises(UnreadableInput, match=message) as caught:
        fetch_mnist(SMALL)
    assert f"{mirror.address}/mnist/images.gz" in caught.value.cause
    assert "--data" in caught.value.remedy
    assert not (cache_folder() / "images.gz").exists()
    assert list(cache_folder().glob(".digitize-*")) == []


def test_a_download_that_is_cut_is_an_error(mirror):
    mirror.promised["images.gz"] = 1_000_000
    fails(mirror, r"cannot be fetched \(.*1000000|cannot be fetched \(.*more expected")


def test_a_file_that_was_cut_on_the_mirror_is_an_error(mirror):
    mirror.files["images.gz"] = mirror.files["images.gz"][:-20]
    fails(mirror, "this is not MNIST's file")


def test_other_content_is_an_error(mirror):
    mirror.files["images.gz"] = gzip.compress(CONTENTS["images.gz"][:-1] + b"!")
    fails(mirror, "its checksum is wrong")


def test_a_page_to_log_in_instead_of_the_file_is_an_error(mirror):
    mirror.files["images.gz"] = b"<html>Welcome to the hotel</html>"
    fails(mirror, "this is not MNIST's file")


def test_an_endless_file_is_an_error(mirror, monkeypatch):
    monkeypatch.setattr("digitize.train.datasets.download.MOST_BYTES", 100)
    fails(mirror, "longer than 100 bytes")


def test_a_file_that_unpacks_without_end_is_an_error(mirror):
    mirror.files["images.gz"] = gzip.compress(bytes(10_000_000))
    fails(mirror, "this is not MNIST's file")


def test_a_file_that_is_not_there_is_an_error(mirror):
    del mirror.files["images.gz"]
    fails(mirror, "the server answers 404 Not Found")


def test_a_redirection_is_followed(mirror):
    class Elsewhere(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            Mirror({name: gzip.compress(content) for name, content in CONTENTS.items()}).answer(
                self
            )

        def log_message(self, *_: object) -> None:
            pass

    with served(Elsewhere) as address:
        mirror.status, mirror.moved_to = 302, f"{address}/"
        assert has_files(fetch_mnist(SMALL))


def has_files(folder: Path) -> bool:
    return {path.name for path in folder.iterdir()} == set(CONTENTS)


@pytest.mark.parametrize("scheme", ["file:///etc/", "ftp://127.0.0.1/"])
def test_a_redirection_out_of_the_web_is_refused(mirror, scheme):
    mirror.status, mirror.moved_to = 302, scheme
    fails(mirror, "cannot be fetched")


def test_a_server_that_is_not_there_is_an_error(mirror, monkeypatch):
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        mirror.address = f"http://127.0.0.1:{unused.getsockname()[1]}"
        monkeypatch.setenv("DIGITIZE_MNIST_URL", f"{mirror.address}/mnist")
        fails(mirror, r"cannot be fetched \(connection refused\)")


def test_a_server_that_says_nothing_is_an_error(mirror, monkeypatch):
    monkeypatch.setattr("digitize.train.datasets.download.PATIENCE", 0.2)
    with socket.socket() as mute:
        mute.bind(("127.0.0.1", 0))
        mute.listen()
        mirror.address = f"http://127.0.0.1:{mute.getsockname()[1]}"
        monkeypatch.setenv("DIGITIZE_MNIST_URL", f"{mirror.address}/mnist")
        fails(mirror, "the server was silent")


def test_a_server_that_talks_nonsense_is_an_error(mirror, monkeypatch):
    class Nonsense(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.wfile.write(b"220 welcome to ftp\r\n\r\n")

        def log_message(self, *_: object) -> None:
            pass

    with served(Nonsense) as address:
        mirror.address = address
        monkeypatch.setenv("DIGITIZE_MNIST_URL", f"{address}/mnist")
        fails(mirror, "cannot be fetched")


def test_a_cache_that_cannot_be_a_folder_is_an_error(mirror, tmp_path):
    (tmp_path / "cache").write_text("a file")
    with pytest.raises(OutputNotWritable, match="XDG_CACHE_HOME"):
        fetch_mnist(SMALL)


def test_a_mirror_must_be_an_address_of_the_web(monkeypatch):
    monkeypatch.setenv("DIGITIZE_MNIST_URL", "ftp://host/")
    with pytest.raises(UsageError, match="DIGITIZE_MNIST_URL: 'ftp://host/'"):
        fetch_mnist(SMALL)


@pytest.mark.parametrize("given", ["", "relative/folder"])
def test_without_an_absolute_cache_it_lies_in_the_home_folder(monkeypatch, tmp_path, given):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CACHE_HOME", given)
    assert cache_folder() == tmp_path / ".cache" / "digitize" / "mnist"


@given(st.binary(max_size=500).filter(lambda content: not content.startswith(b"\x1f\x8b")))
def test_what_is_packed_is_unpacked_and_what_is_not_stays(content):
    assert unpack(gzip.compress(content), len(content)) == content
    assert unpack(content, len(content)) == content


def test_no_more_is_unpacked_than_shows_that_it_is_too_long():
    assert len(unpack(gzip.compress(bytes(100_000)), 50)) == 51


def test_training_without_data_and_without_network_says_what_to_do(mirror, monkeypatch, tmp_path):
    mirror.status = 503
    mirror.files = {file.name: b"" for file in FILES}
    done = CliRunner().invoke(main, ["train", "svm", "-o", str(tmp_path / "svm.onnx")])
    assert done.exit_code == 3
    assert "the server answers 503" in done.output
    assert "give their folder with --data" in done.output
    assert not (tmp_path / "svm.onnx").exists()


def test_the_true_mnist_passes_its_checksums(mirror, monkeypatch, data_folder):
    with served_folder(data_folder / "mnist") as address:
        monkeypatch.setenv("DIGITIZE_MNIST_URL", address)
        folder = fetch_mnist()
    assert has_split(folder, "train")
    assert has_split(folder, "test")
    assert fetch_mnist() == folder
