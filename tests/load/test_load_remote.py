"""Addresses become documents as folders do, and are fetched one at a time."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from web_server import served_folder

from digitize.errors import UnreadableInput, UsageError
from digitize.load import (
    AtHand,
    LoadOptions,
    RemoteFile,
    find_documents,
    find_inputs,
    load_pages,
)
from digitize.load.addresses import is_address, lacks_a_slash, local_path, without_secrets
from digitize.load.remote_file import version_of
from digitize.load.stores import open_store, tried, why

fsspec = pytest.importorskip("fsspec")

PNG = b"\x89PNG\r\n\x1a\n"
words = st.text("abcXYZ019-_.~%é", min_size=1)


@pytest.fixture
def shelf() -> Iterator[str]:
    """An address of an empty folder in memory."""
    system = fsspec.filesystem("memory")
    system.store.clear()
    yield "memory://shelf"
    system.store.clear()


def put(path: str, content: bytes = PNG) -> None:
    fsspec.filesystem("memory").pipe_file(f"/shelf/{path}", content)


def names(*inputs: str) -> list[str]:
    return [document.name for document in find_documents(inputs)]


def remote(*inputs: str) -> list[RemoteFile]:
    found = [document.path for document in find_documents(inputs)]
    assert all(isinstance(one, RemoteFile) for one in found)
    return [one for one in found if isinstance(one, RemoteFile)]


# --- addresses ---


@pytest.mark.parametrize("given", ["s3://b/k", "memory://x", "HTTPS://h/x.png", "gs://b"])
def test_what_has_a_scheme_is_an_address(given: str) -> None:
    assert is_address(given)


@pytest.mark.parametrize(
    "given", ["scans", "C:\\scans", "a//b", "./s3:/b", "://x", "x y://z", "C://scans"]
)
def test_anything_else_is_a_path(given: str) -> None:
    assert not is_address(given)


@pytest.mark.parametrize(
    ("given", "lacks"),
    [("s3:/b/k", True), ("GS:/b", True), ("s3://b", False), ("c:/scans", False), ("a:b/c", False)],
)
def test_an_address_with_one_slash_is_known_for_a_slip(given: str, lacks: bool) -> None:
    assert lacks_a_slash(given) is lacks


@given(words, words, words)
def test_neither_passwords_nor_signatures_are_ever_shown(
    user: str, password: str, signature: str
) -> None:
    secret, signed = f"secret{password}", f"signed{signature}"
    address = f"https://{user}:{secret}@{secret}@example.org/a/b.png?X-Amz-Signature={signed}&x=1"
    shown = without_secrets(f"cannot open '{address}' (403)")
    assert secret not in shown
    assert signed not in shown
    assert "https://example.org/a/b.png?..." in shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("https://h/a.png?s3cret", "https://h/a.png?..."),
        ("https://h/a.png#s3cret", "https://h/a.png?..."),
        ("https://h/a.png?...: gone", "https://h/a.png?...: gone"),
        ("https://h/a.png?x=it's3cret&y=", "https://h/a.png?..."),
        ("no 'https://h/a?s3cret'. Or", "no 'https://h/a?...'. Or"),
        ("GET /a?x=s3cret failed", "GET /a?... failed"),
        ("http:/h/a?x=s3cret: nothing", "http:/h/a?...: nothing"),
        ("(from https://h/a?s3cret).", "(from https://h/a?...)."),
        ("s3:/me:s3cret@b/x", "s3:/b/x"),
        ("s3://b/a?.png", "s3://b/a?.png"),
        ("c:/me@home/x", "c:/me@home/x"),
    ],
)
def test_what_may_be_a_secret_is_left_out_and_the_rest_stays(text: str, shown: str) -> None:
    assert without_secrets(text) == shown


def test_an_address_of_this_machine_is_a_path(tmp_path: Path) -> None:
    Image.new("L", (9, 9)).save(tmp_path / "a b.png")
    assert local_path(f"file://{tmp_path}") == tmp_path
    (found,) = find_documents([f"file://{tmp_path}"])
    assert (found.name, found.path) == ("a b.png", tmp_path / "a b.png")
    assert names(f"file://{tmp_path}/*.png") == ["a b.png"]
    with pytest.raises(UsageError, match="no such file or folder"):
        find_documents([f"file://{tmp_path}/nothing"])


# --- what is found ---


def test_a_folder_is_walked_sorted_and_names_are_relative_to_it(shelf: str) -> None:
    for name in ("b.PDF", "a/z.jpeg", "a/a.png", "a b%20?[1]☃.heic"):
        put(name)
    expected = ["a/a.png", "a/z.jpeg", "a b%20?[1]☃.heic", "b.PDF"]
    assert sorted(names(shelf)) == sorted(expected)
    assert names(shelf) == names(f"{shelf}/")
    assert str(remote(shelf)[0]) == "memory://shelf/a/a.png"


def test_a_file_is_taken_whatever_it_is_called_and_so_is_what_a_pattern_matches(shelf: str) -> None:
    put("in/scan.dat", b"no picture")
    put("in/x.png")
    put("in/[1].png")
    assert names(f"{shelf}/in/scan.dat") == ["scan.dat"]
    assert names(f"{shelf}/in/*.png") == ["[1].png", "x.png"]
    assert names(f"{shelf}/in/[1].png") == ["[1].png"]
    assert names(f"{shelf}/*") == ["[1].png", "x.png"]


def test_in_a_folder_what_is_no_document_is_passed_over_or_left_out(shelf: str) -> None:
    for name in ("x.png", ".y.png", ".git/z.png", "x.png.part"):
        put(name)
    put("bare")
    put("notes.txt", b"shopping")
    put("empty", b"")
    put("void.png", b"")
    found = find_inputs([shelf])
    assert [one.name for one in found.documents] == ["bare", "void.png", "x.png"]
    assert {one.name: one.cause for one in found.passed_over} == {
        f"{shelf}/empty": "the file is empty",
        f"{shelf}/notes.txt": "it is no picture or PDF: it seems to be text",
        f"{shelf}/x.png.part": "by its name it is not whole yet",
    }


def test_parts_of_a_path_that_would_lead_out_of_a_folder_are_no_part_of_the_name(
    shelf: str,
) -> None:
    file = RemoteFile("s3://b", "b/scans/..//../x/./y.png", "s3://b/...", "1")
    assert file.parts == ("b", "scans", "x", "y.png")


def test_the_same_names_in_two_places_are_told_apart(shelf: str, tmp_path: Path) -> None:
    put("a/x.png")
    put("b/x.png")
    (tmp_path / "x.png").write_bytes(PNG)
    here = str(tmp_path / "x.png")
    given = [f"{shelf}/a", f"{shelf}/b", f"{shelf}/a/x.png", here]
    assert names(*given) == ["a/x.png", "b/x.png", f"{tmp_path.name}/x.png"]


@pytest.mark.parametrize("rest", ["", "/nothing.png", "/no/*.png"])
def test_an_address_with_nothing_behind_it_is_refused(rest: str, shelf: str) -> None:
    with pytest.raises(UsageError, match=r"nothing (is there|matches)"):
        find_documents([shelf + rest])


def test_a_scheme_that_nobody_knows_is_refused() -> None:
    with pytest.raises(UsageError, match="such an address cannot be opened"):
        find_documents(["xyz://user:word@host/x.png"])


def test_a_scheme_whose_library_is_missing_is_refused_with_its_name() -> None:
    if (
        "gcsfs" in sys.modules
        or subprocess.run([sys.executable, "-c", "import gcsfs"]).returncode == 0
    ):
        pytest.skip("gcsfs is installed")
    with pytest.raises(UsageError, match=r"what opens gs:// is not installed.*gcsfs"):
        open_store("gs://bucket/x.png")


def test_without_the_extra_the_remedy_is_to_install_it(tmp_path: Path) -> None:
    (tmp_path / "fsspec").mkdir()
    (tmp_path / "fsspec" / "__init__.py").write_text("raise ImportError('not here')")
    asked = [sys.executable, "-m", "digitize", "run", "s3://u:word@b/x", "-o", "out"]
    environment = {**os.environ, "PYTHONPATH": str(tmp_path)}
    done = subprocess.run(asked, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert 'pip install "digitize[cloud]"' in done.stderr
    assert "word" not in done.stderr


# --- what tells whether a file was written since ---


def test_a_checksum_tells_more_than_a_date_and_a_date_only_of_one_place() -> None:
    whole = {"size": 3, "ETag": '"ab"', "LastModified": 7.0}
    assert version_of(whole, "s3://a") == version_of({**whole, "LastModified": 8.0}, "s3://b")
    assert version_of(whole, "s3://a") != version_of({**whole, "ETag": '"cd"'}, "s3://a")
    dated = {"size": 3, "mtime": 7.0}
    assert version_of(dated, "sftp://a") != version_of(dated, "sftp://b")
    assert version_of({"size": 3}, "http://a") == ""
    assert RemoteFile("http://a", "http://a", "http://a", "").content is None


def test_a_document_is_known_again_until_it_is_written(shelf: str) -> None:
    put("x.png")
    (before,), (again,) = remote(shelf), remote(shelf)
    assert before.content == again.content
    put("x.png", PNG + b"more")
    (after,) = remote(shelf)
    assert after.content != before.content


# --- fetched ---


def test_a_document_is_fetched_once_and_gone_when_the_next_is(shelf: str, tmp_path: Path) -> None:
    Image.new("RGB", (40, 30), "red").save(tmp_path / "red.png")
    put("red.png", (tmp_path / "red.png").read_bytes())
    put("x.png")
    red, other = remote(shelf)
    folder = tmp_path / "fetched"
    folder.mkdir()
    at_hand = AtHand(folder)
    copy = at_hand(red)
    assert copy == at_hand(red)
    (page,) = load_pages(copy, LoadOptions())
    assert page.pixels[0, 0].tolist() == [255, 0, 0]  # type: ignore[union-attr]
    assert at_hand(other).read_bytes() == PNG
    assert [path.read_bytes() for path in folder.iterdir()] == [PNG]
    at_hand.drop()
    assert not list(folder.iterdir())
    assert at_hand(tmp_path / "red.png") == tmp_path / "red.png"


def test_a_document_without_a_folder_for_it_is_fetched_into_one_of_its_own(shelf: str) -> None:
    put("x.png")
    (one,) = remote(shelf)
    at_hand = AtHand(Path("of", "another", "machine"))
    assert at_hand(one).read_bytes() == PNG


def test_a_document_that_is_gone_or_another_by_now_is_not_read(shelf: str, tmp_path: Path) -> None:
    for name in ("a.png", "b.png"):
        put(name)
    gone, written = remote(shelf)
    fsspec.filesystem("memory").rm_file("/shelf/a.png")
    put("b.png", PNG + b"more")
    at_hand = AtHand(tmp_path)
    with pytest.raises(UnreadableInput, match="no longer in its store"):
        at_hand(gone)
    with pytest.raises(UnreadableInput, match="it was written to since the run began"):
        at_hand(written)
    assert not list(tmp_path.iterdir())


def test_a_signed_address_of_the_web_is_read_and_its_signature_stays_a_secret(
    tmp_path: Path,
) -> None:
    pytest.importorskip("aiohttp")
    site, here = tmp_path / "site", tmp_path / "here"
    for folder in (site, here):
        folder.mkdir()
    (site / "a b☃.png").write_bytes(PNG)
    with served_folder(site) as web:
        (one,) = find_documents([f"{web}/a%20b%E2%98%83.png?X-Signature=s3cret"])
        assert one.name == "a b☃.png"
        assert str(one.path) == f"{web}/a%20b%E2%98%83.png?..."
        assert "s3cret" not in repr(one)
        assert AtHand(here)(one.path).read_bytes() == PNG
        with pytest.raises(UsageError, match=r"nope.png\?...: nothing is there") as told:
            find_documents([f"{web}/nope.png?X-Signature=s3cret"])
    assert "s3cret" not in str(told.value)


# --- tried again ---


class Flaky:
    """Fails so many times, then works."""

    def __init__(self, failures: int, error: Exception) -> None:
        self.failures, self.error, self.calls = failures, error, 0

    def __call__(self) -> str:
        self.calls += 1
        if self.calls <= self.failures:
            raise self.error
        return "here"


def test_a_connection_that_breaks_is_tried_again() -> None:
    flaky = Flaky(1, ConnectionResetError("reset by peer"))
    assert tried(flaky) == "here"
    assert flaky.calls == 2


@pytest.mark.parametrize("error", [FileNotFoundError("b/k"), PermissionError("no")])
def test_what_will_not_pass_is_not_tried_again(error: Exception) -> None:
    flaky = Flaky(1, error)
    with pytest.raises(type(error)):
        tried(flaky)
    assert flaky.calls == 1


def test_why_something_failed_is_told_in_a_few_words_without_secrets() -> None:
    assert why(FileNotFoundError("bucket/key")) == "there is no such object"
    assert why(PermissionError("Access Denied.")) == "access Denied"
    assert why(OSError(28, "No space left on device")) == "no space left on device"
    assert why(ValueError()) == "ValueError"
    assert "word" not in why(OSError("GET https://u:word@h/x?sig=word failed"))


def test_the_digest_of_a_version_is_not_that_of_the_content() -> None:
    file = RemoteFile("s3://b", "b/k", "s3://b/k", "ETag ab 3")
    assert file.content == hashlib.sha256(b"ETag ab 3").hexdigest()
