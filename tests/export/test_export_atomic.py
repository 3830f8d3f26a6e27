from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from digitize.errors import OutputNotWritable, UnreadableInput
from digitize.export.atomic import TextFile, inside, whole_file, whole_text


def test_a_file_appears_whole_under_its_own_name(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "down" / "a.txt"
    with whole_file(path) as part:
        part.write_text("new")
        assert not path.exists()
        assert part.parent == path.parent
    assert path.read_text() == "new"
    assert list(path.parent.iterdir()) == [path]


def test_an_exception_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("old")
    with pytest.raises(ZeroDivisionError), whole_text(path) as file:
        file.write(str(1 / 0))
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_full_disk_is_explained_with_file_cause_and_remedy(tmp_path: Path) -> None:
    with (
        pytest.raises(OutputNotWritable) as caught,
        whole_file(tmp_path / "a.pdf"),
    ):
        raise OSError(errno.ENOSPC, "No space left on device")
    assert str(tmp_path / "a.pdf") in caught.value.cause
    assert "No space left on device" in caught.value.cause
    assert "Free some space" in caught.value.remedy


def test_a_file_in_the_place_of_a_folder_is_explained(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("")
    with pytest.raises(OutputNotWritable, match=r"a/b\.txt"):
        TextFile(tmp_path / "a" / "b.txt")


def test_text_is_dropped_unless_it_is_kept(tmp_path: Path) -> None:
    text = TextFile(tmp_path / "a.txt")
    text.file.write("x")
    text.drop()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["../a.pdf", "/etc/a.pdf", "a/../../b.pdf", "//host/a/b.pdf"])
def test_a_name_that_leaves_the_folder_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(UnreadableInput, match="outside"):
        inside(tmp_path, name)


@pytest.mark.skipif(os.name == "nt", reason="these are no file names on Windows")
@pytest.mark.parametrize("name", ["c:x.pdf", "..\\a.pdf", "\\xe9t.pdf"])
def test_a_name_that_only_windows_would_misread_stays_in_the_folder(
    tmp_path: Path, name: str
) -> None:
    assert inside(tmp_path, name) == tmp_path / name


def test_a_name_too_long_concerns_its_document_only(tmp_path: Path) -> None:
    with (
        pytest.raises(UnreadableInput, match="too long"),
        whole_file(tmp_path / ("n" * 300)) as part,
    ):
        part.with_name("n" * 300).write_text("")


def test_a_link_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "link").symlink_to(tmp_path)
    with pytest.raises(UnreadableInput, match="outside"):
        inside(out, "link/a.pdf")
    assert inside(out, "b/a.pdf") == out / "b" / "a.pdf"
