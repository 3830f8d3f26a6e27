"""Results in a store: whole or not at all, and a journal that is copied in good time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import click
import pytest
from hypothesis import given
from hypothesis import strategies as st
from reading_here import read_here
from small_pages import small_page

from digitize.batch.held import HeldHere, HeldInStore
from digitize.batch.journal import JOURNAL, Journal
from digitize.batch.journal_copies import LEAST_SECONDS, MOST_SECONDS, CopiesInStore, pause
from digitize.batch.run_into_store import folder_of
from digitize.batch.store import Store
from digitize.commands.parameters import place_or_stdout
from digitize.commands.passes import outside
from digitize.errors import OutputNotWritable, UsageError
from digitize.load import find_documents
from digitize.options import EngineOptions, RunOptions
from digitize.records import NOT_AT_HAND

fsspec = pytest.importorskip("fsspec")


@pytest.fixture(params=["memory", "file"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """An empty store: one where uploads appear whole, and one where they are moved."""
    fsspec.filesystem("memory").store.clear()
    yield Store("memory://out/r" if request.param == "memory" else f"file://{tmp_path}/store/r")
    fsspec.filesystem("memory").store.clear()


@pytest.fixture
def work(tmp_path: Path) -> Path:
    (tmp_path / "work" / "a").mkdir(parents=True)
    (tmp_path / "work" / "a" / "x ☃%.pdf").write_bytes(b"whole")
    return tmp_path / "work"


def test_a_file_is_taken_from_the_folder_into_the_store(store: Store, work: Path) -> None:
    assert store.sizes() == {}
    store.take(work, "a/x ☃%.pdf")
    assert store.sizes() == {"a/x ☃%.pdf": 5}
    assert not (work / "a" / "x ☃%.pdf").exists()
    store.get("a/x ☃%.pdf", work / "again")
    assert (work / "again").read_bytes() == b"whole"


def test_a_file_replaces_another_and_leaves_nothing_beside_it(store: Store, work: Path) -> None:
    store.put(work / "a" / "x ☃%.pdf", "x.pdf")
    before = store.version("x.pdf")
    (work / "more").write_bytes(b"more of it")
    store.put(work / "more", "x.pdf")
    assert store.sizes() == {"x.pdf": 10}
    assert store.version("x.pdf") != before
    store.remove("x.pdf")
    store.remove("x.pdf")
    assert store.sizes() == {}
    assert store.version("x.pdf") == ""


def test_a_file_that_cannot_be_uploaded_leaves_none_beside_it(store: Store, work: Path) -> None:
    with pytest.raises(OutputNotWritable, match=r"y\.pdf: it cannot be written"):
        store.put(work / "a" / "y.pdf", "y.pdf")
    assert store.sizes() == {}


def test_an_address_that_nothing_opens_is_bad_usage_and_says_so_once() -> None:
    with pytest.raises(UsageError, match=r"^foo://bucket/x: such an address cannot be opened \("):
        Store("foo://bucket/x").sizes()


def test_secrets_of_an_address_are_not_shown() -> None:
    store = Store("sftp://user:word@host/out/")
    assert str(store) == "sftp://host/out"
    assert "word" not in repr(store)


def test_files_in_the_store_count_as_those_in_a_folder_do(store: Store, work: Path) -> None:
    store.put(work / "a" / "x ☃%.pdf", "a/x ☃%.pdf")
    for held in (HeldHere(work), HeldInStore(store, store.sizes())):
        assert held.size("a/x ☃%.pdf") == 5
        assert held.size("a/y.pdf") is None


def test_a_run_that_goes_on_finds_the_journal_of_the_store_in_its_folder(
    store: Store, work: Path
) -> None:
    (work / JOURNAL).write_bytes(b"lines")
    store.put(work / JOURNAL, JOURNAL)
    resumed = RunOptions(engine=EngineOptions(resume=True))
    with folder_of(store, resumed) as (folder, held):
        assert (folder / JOURNAL).read_bytes() == b"lines"
        assert held.size(JOURNAL) == 5
    assert not folder.exists()
    with folder_of(store, RunOptions()) as (folder, _):
        assert not list(folder.iterdir())


def test_what_a_killed_run_could_not_finish_is_removed_and_nothing_else(
    store: Store, work: Path
) -> None:
    for name in ("a/.digitize-012345678901.part", "b.part", "x.pdf"):
        store.put(work / "a" / "x ☃%.pdf", name)
    HeldInStore(store, store.sizes()).remove_unfinished()
    assert set(store.sizes()) == {"b.part", "x.pdf"}


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ("-", None),
        ("results", Path("results")),
        ("file:///tmp/results", Path("/tmp/results")),
        ("s3://bucket/results", Store("s3://bucket/results")),
    ],
)
def test_where_results_go_is_told_by_what_is_given(given: str, meant: Path | Store | None) -> None:
    option = click.Option(["-o"])
    assert place_or_stdout(click.Context(click.Command("run")), option, given) == meant


def test_earlier_results_in_the_store_are_not_read() -> None:
    system = fsspec.filesystem("memory")
    system.store.clear()
    for name in ("a.png", "out/a.pdf", "out2/b.png"):
        system.pipe_file(f"/scans/{name}", b"")
    found = outside(Store("memory://scans/out/"), ["memory://scans"])
    assert [one.name for one in found.documents] == ["a.png", "out2/b.png"]
    system.store.clear()


# --- copies of the journal ---


def test_a_journal_that_another_run_wrote_meanwhile_is_not_written_over(
    store: Store, work: Path
) -> None:
    (work / JOURNAL).write_bytes(b"mine")
    copies = CopiesInStore(work / JOURNAL, store)
    copies.copy_if_due()
    copies.copy()
    (work / "theirs").write_bytes(b"theirs, longer")
    store.put(work / "theirs", JOURNAL)
    with pytest.raises(OutputNotWritable, match="was replaced while the run went on"):
        copies.copy()
    assert store.sizes() == {JOURNAL: len(b"theirs, longer")}


def test_a_copy_is_not_made_again_a_moment_later(store: Store, work: Path) -> None:
    (work / JOURNAL).write_bytes(b"first")
    copies = CopiesInStore(work / JOURNAL, store)
    copies.copy_if_due()
    (work / JOURNAL).write_bytes(b"first and second")
    copies.copy_if_due()
    assert store.sizes() == {JOURNAL: 5}
    copies.remove()
    assert store.sizes() == {}


class Told:
    """Copies that only tell what was asked of them."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def copy_if_due(self) -> None:
        pass

    def copy(self) -> None:
        self.asked.append("copy")

    def remove(self) -> None:
        self.asked.append("remove")


@pytest.mark.parametrize(
    ("holds_a_page", "fails", "asked"),
    [
        (True, False, "copy"),
        (False, False, "copy"),
        (True, True, "copy"),
        (False, True, "remove"),
    ],
)
def test_a_journal_is_copied_when_it_is_left_unless_a_run_failed_before_it_told_anything(
    holds_a_page: bool, fails: bool, asked: str, tmp_path: Path
) -> None:
    told = Told()
    with (
        suppress(KeyboardInterrupt),
        Journal(tmp_path / JOURNAL, {}, renewed=True, copies=told) as journal,
    ):
        if holds_a_page:
            journal.add_page("content", "a.png", 1, 0.1, b"{}")
        if fails:
            raise KeyboardInterrupt
    assert told.asked == [asked]


seconds = st.floats(0, 1e6, allow_nan=False)


@given(seconds, st.floats(0, 1000, allow_nan=False))
def test_little_is_lost_where_copies_are_quick_and_little_time_goes_where_they_are_not(
    elapsed: float, took: float
) -> None:
    waits = pause(elapsed, took)
    assert waits >= LEAST_SECONDS
    assert took / (took + waits) <= 0.05 + 1e-9
    if took <= LEAST_SECONDS / 20:
        assert waits <= max(LEAST_SECONDS, min(MOST_SECONDS, 0.1 * elapsed))


# --- documents in a store, read in this process ---


def test_documents_in_a_store_are_read_as_files_are(tmp_path: Path) -> None:
    system = fsspec.filesystem("memory")
    system.store.clear()
    (tmp_path / "in").mkdir()
    for number in range(2):
        small_page(number).save(tmp_path / "in" / f"{number}.png")
        system.put_file(str(tmp_path / "in" / f"{number}.png"), f"/scans/{number}.png")
    here = read_here(find_documents([str(tmp_path / "in")]), tmp_path / "here")
    documents = find_documents(["memory://scans"])
    there = read_here(documents, tmp_path / "there")
    assert [one.outcome.document for one in there] == ["0.png", "1.png"]
    for one, other in zip(here, there, strict=True):
        assert one.outcome.result
        assert other.outcome.result
        assert other.outcome.result.pages == one.outcome.result.pages
        assert other.outcome.result.source == NOT_AT_HAND
    assert there[1].outcome.result
    assert there[1].outcome.result.shown_source == "memory://scans/1.png"
    system.rm_file("/scans/0.png")
    small_page(5).save(tmp_path / "in" / "5.png")
    system.put_file(str(tmp_path / "in" / "5.png"), "/scans/1.png")
    lost, changed = read_here(documents, tmp_path / "later")
    assert [one.cause for one in lost.outcome.failures] == ["it is no longer in its store"]
    assert [one.cause for one in changed.outcome.failures] == [
        "it was written to since the run began"
    ]
    resumed = RunOptions(engine=EngineOptions(resume=True))
    (again,) = read_here(find_documents(["memory://scans"]), tmp_path / "there", resumed)
    assert again.from_journal == 0
    system.store.clear()
