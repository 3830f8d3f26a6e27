"""Files, folders and patterns become documents with names that tell them apart."""

from __future__ import annotations

import os
from pathlib import Path, PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digitize.errors import UnreadableInput, UsageError
from digitize.load import LoadOptions, find_documents, find_inputs, lies_in, load_pages
from digitize.load.names import distinct_names

PNG = b"\x89PNG\r\n\x1a\n"
posix = pytest.mark.skipif(os.name == "nt", reason="needs links, pipes or bytes in names")


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty current folder."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def put(*names: str) -> None:
    for name in names:
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_bytes(name.encode())


def names(*inputs: str) -> list[str]:
    return [document.name for document in find_documents(inputs)]


def test_a_file_is_called_by_its_file_name(desk: Path) -> None:
    put("a/b/x.png")
    assert names("a/b/x.png") == ["x.png"]
    assert names(str(desk / "a/b/x.png")) == ["x.png"]


def test_a_file_given_by_name_is_taken_whatever_its_suffix(desk: Path) -> None:
    put("scan.dat", ".hidden")
    assert names("scan.dat", ".hidden") == ["scan.dat", ".hidden"]


def test_a_folder_is_walked_sorted_and_paths_are_relative_to_it(desk: Path) -> None:
    put("in/b.PDF", "in/a/z.jpeg", "in/a/a.png", "in/c.heic")
    assert names("in") == ["a/a.png", "a/z.jpeg", "b.PDF", "c.heic"]
    assert names("in/") == names("in") == names(str(desk / "in"))


def test_in_a_folder_hidden_and_other_files_are_left_out(desk: Path) -> None:
    put("in/x.png", "in/.y.png", "in/.git/z.png", "in/notes.txt", "in/png")
    assert names("in") == ["x.png"]


def left(*inputs: str) -> dict[str, str]:
    return {one.name: one.cause for one in find_inputs(inputs).passed_over}


@pytest.mark.parametrize("name", ["scan", "scan.dat", "scan.001", "scan.txt", "scan.PNG~x"])
def test_in_a_folder_a_picture_is_read_whatever_its_suffix(desk: Path, name: str) -> None:
    Path("in").mkdir()
    Path("in", name).write_bytes(PNG)
    assert names("in") == [name]
    assert not left("in")


def test_in_a_folder_what_is_no_picture_is_passed_over_with_what_it_seems_to_be(desk: Path) -> None:
    put("in/x.png", "in/notes.txt", "in/.hidden")
    Path("in/empty").touch()
    Path("in/letter.doc").write_bytes(b"\xd0\xcf\x11\xe0")
    assert left("in") == {
        "in/empty": "the file is empty",
        "in/letter.doc": "it is no picture or PDF: it seems to be an old office document",
        "in/notes.txt": "it is no picture or PDF: it seems to be text",
    }


@pytest.mark.parametrize("name", ["x.png.part", "x.png.tmp", "x.png.BAK", "x.png~", "x.NEF"])
def test_in_a_folder_a_name_may_say_that_a_picture_is_not_meant(desk: Path, name: str) -> None:
    put("in/x.png")
    Path("in", name).write_bytes(PNG)
    assert names("in") == ["x.png"]
    assert list(left("in")) == [f"in/{name}"]
    assert names("in", f"in/{name}") == ["x.png", name], "by its name it is read"
    assert not left("in", f"in/{name}")


@posix
def test_pipes_and_links_out_of_a_folder_are_passed_over_with_the_reason(desk: Path) -> None:
    put("in/x.png", "out/y.png")
    os.mkfifo("in/pipe.png")
    os.mkfifo("in/pipe")
    Path("in/y.png").symlink_to(desk / "out/y.png")
    Path("in/out").symlink_to(desk / "out")
    causes = left("in")
    assert sorted(causes) == ["in/out", "in/pipe", "in/pipe.png", "in/y.png"]
    assert "a pipe" in causes["in/pipe"]
    assert "a pipe" in causes["in/pipe.png"]
    assert "leads out" in causes["in/out"]
    assert "leads out" in causes["in/y.png"]
    assert "in/y.png" not in left("in", "out/y.png"), "what it leads to is read"


def test_a_pattern_the_shell_left_alone_is_expanded(desk: Path) -> None:
    put("in/a.png", "in/b.png", "in/c.txt", "in/deep/d.png")
    assert names("in/*.png") == ["a.png", "b.png"]
    assert names("in/**/*.png") == ["a.png", "b.png", "d.png"]


def test_a_file_that_is_called_like_a_pattern_is_that_file(desk: Path) -> None:
    put("scan[1].png", "scan1.png")
    assert names("scan[1].png") == ["scan[1].png"]


def test_files_of_one_name_take_on_their_folders(desk: Path) -> None:
    put("a/x.png", "b/x.png", "b/y.png")
    assert names("a/x.png", "b/x.png", "b/y.png") == ["a/x.png", "b/x.png", "y.png"]


def test_folders_with_the_same_inside_take_on_as_little_as_needed(desk: Path) -> None:
    put("a/in/p/x.png", "b/in/p/x.png", "b/in/p/y.png")
    assert names("a/in", "b/in") == ["a/in/p/x.png", "b/in/p/x.png", "p/y.png"]


def test_names_never_climb(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put("a/x.png", "b/x.png", "b/c/d")
    monkeypatch.chdir("b/c")
    assert names("../../a/x.png", "../x.png") == ["a/x.png", "b/x.png"]
    assert names("..") == ["x.png"]


def test_a_document_given_twice_counts_once(desk: Path) -> None:
    put("a/x.png")
    assert names("a/x.png", "./a/x.png", "a", "a/*.png") == ["x.png"]


@posix
def test_links_in_a_circle_do_not_hang(desk: Path) -> None:
    put("in/x.png")
    Path("in/again").symlink_to(desk / "in")
    Path("in/self.png").symlink_to("self.png")
    assert names("in") == ["self.png", "x.png"]  # a page may be meant: that it is none is told
    with pytest.raises(UnreadableInput, match="symbolic links"):
        list(load_pages(Path("in/self.png"), LoadOptions()))


@posix
def test_a_link_that_leads_nowhere_is_a_document_that_cannot_be_read(desk: Path) -> None:
    put("in/x.png")
    Path("in/gone.png").symlink_to("away.png")
    assert names("in") == ["gone.png", "x.png"]


@posix
def test_links_that_lead_out_of_the_folder_are_skipped(desk: Path) -> None:
    put("in/x.png", "out/y.png")
    Path("in/y.png").symlink_to(desk / "out/y.png")
    Path("in/out").symlink_to(desk / "out")
    assert names("in") == ["x.png"]


@posix
def test_a_link_within_the_folder_adds_nothing_to_its_file(desk: Path) -> None:
    put("in/x.png")
    Path("in/a.png").symlink_to("x.png")
    assert names("in") == ["x.png"]


@posix
def test_a_link_to_hidden_storage_within_the_folder_is_read(desk: Path) -> None:
    put("in/.store/0123")
    Path("in/x.png").symlink_to(".store/0123")
    assert names("in") == ["x.png"]


@posix
def test_a_name_that_is_no_utf8_can_still_be_written(desk: Path) -> None:
    try:
        Path(os.fsdecode(b"sc\xe9n.png")).write_bytes(b"x")
    except OSError:
        pytest.skip("this file system takes UTF-8 names only")
    (document,) = find_documents(["."])
    assert document.name.encode("utf-8")
    assert document.path.exists()


@posix
def test_a_pipe_is_refused(desk: Path) -> None:
    os.mkfifo("pipe")
    with pytest.raises(UsageError, match="pipe: neither a file nor a folder"):
        find_documents(["pipe"])


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ("gone.png", "gone.png: no such file"),
        ("*.png", r"\*\.png: nothing matches"),
        ("xyz://example.org/x.png", "such an address"),
        ("x" * 5000, "no such file"),
        ("a\0b", "no such file"),
    ],
)
def test_what_does_not_exist_is_refused_by_name(desk: Path, given: str, says: str) -> None:
    with pytest.raises(UsageError, match=says):
        find_documents([given])


def test_a_folder_with_nothing_to_read_is_refused(desk: Path) -> None:
    put("in/notes.txt")
    with pytest.raises(UsageError, match=r"in: no picture or PDF found; in/notes\.txt: it is no"):
        find_documents(["in"])


def test_a_folder_of_links_to_elsewhere_says_that_it_is_one(desk: Path) -> None:
    for name in ("a.png", "b.png"):
        put(f"scans/{name}")
        Path("in").mkdir(exist_ok=True)
        Path("in", name).symlink_to(desk / "scans" / name)
    with pytest.raises(UsageError, match="link that leads out of the folder; 1 more") as error:
        find_documents(["in"])
    assert error.value.remedy == "Give what it leads to by name."


PART = st.sampled_from(["a", "b", "c"])
FILES = st.sets(st.lists(PART, min_size=1, max_size=5).map(tuple), min_size=1, max_size=12)


@posix
def test_what_lies_in_a_folder_lies_in_it_by_its_place_and_by_where_it_leads(desk: Path) -> None:
    put("out/x.png", "in/y.png", "out.png")
    Path("in/x.png").symlink_to(desk / "out/x.png")
    Path("out/y.png").symlink_to(desk / "in/y.png")
    Path("out/circle.png").symlink_to("circle.png")
    out = (desk / "out").resolve()
    inside = ["out/x.png", "in/x.png", "out/y.png", "out/circle.png", "out/a/../x.png"]
    assert all(lies_in(Path(name), out) for name in inside)
    assert not any(lies_in(Path(name), out) for name in ("in/y.png", "out.png"))


@posix
def test_two_names_that_are_written_the_same_are_told_apart(desk: Path) -> None:
    try:
        Path(os.fsdecode(b"sc\xe9n.png")).write_bytes(b"x")
    except OSError:
        pytest.skip("this file system takes UTF-8 names only")
    Path("sc\\xe9n.png").write_bytes(b"y")
    made = names(".")
    assert len(set(made)) == 2
    assert all(name.endswith(("sc\\xe9n.png", "sc\\xe9n (2).png")) for name in made)


@given(FILES, st.data())
def test_names_are_distinct_tails_of_their_paths(
    paths: set[tuple[str, ...]], data: st.DataObject
) -> None:
    files = [(path, data.draw(st.integers(1, len(path)))) for path in sorted(paths)]
    made = distinct_names(files)
    assert len(set(made)) == len(made)
    for (path, depth), name in zip(files, made, strict=True):
        parts = PurePosixPath(name).parts
        assert len(parts) >= depth
        assert path[-len(parts) :] == parts


def test_a_folder_within_that_cannot_be_read_fails_as_a_document_by_its_name(
    desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put("scans/a.png", "scans/shut/b.png")
    listed = os.scandir

    def scandir(path: str) -> object:
        if Path(path).name == "shut":
            raise PermissionError(13, "Permission denied", str(path))
        return listed(path)

    monkeypatch.setattr(os, "scandir", scandir)
    assert names("scans") == ["a.png", "shut"]
