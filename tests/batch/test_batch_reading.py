"""Documents on their way through a crew: in order, whatever its members do, and never twice."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from tempfile import mkdtemp

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from journal_counts import journal_lines, pages_read
from PIL import Image
from reading_here import read_here
from small_pages import small_page

from digitize.batch.crew import Crew, OneHere, Report
from digitize.batch.in_hand import Finished
from digitize.batch.tasks import Done, Lost, PageRead, ReadTask, Returned, Task, WriteTask
from digitize.batch.work import Workplace, work
from digitize.errors import UnreadableInput
from digitize.load import InputDocument
from digitize.options import EngineOptions, RunOptions

RESUMED = RunOptions(engine=EngineOptions(resume=True))


def picture(path: Path, number: int) -> InputDocument:
    path.parent.mkdir(exist_ok=True)
    small_page(number).save(path)
    return InputDocument(path.name, path)


def tiff(path: Path, pages: int, first: int = 100) -> InputDocument:
    drawn = [small_page(first + number) for number in range(pages)]
    drawn[0].save(path, save_all=True, append_images=drawn[1:])
    return InputDocument(path.name, path)


def numbers_of(done: Finished) -> list[int]:
    return [page.number for page in done.outcome.result.pages] if done.outcome.result else []


class Unlucky:
    """A crew of `jobs` that does the last task given first, and may lose one at a page.

    lost: (document, page or None for opening it) to how often a worker is lost there.
    """

    def __init__(
        self, place: Workplace, jobs: int, lost: dict[tuple[str, int | None], int], stuck: bool
    ) -> None:
        self._place, self._jobs, self._stuck = place, jobs, stuck
        self._lost, self._tasks = dict(lost), list[Task]()
        self.most_in_hand, self.alone_among = 0, list[int]()

    @property
    def busy(self) -> int:
        return len(self._tasks)

    @property
    def room(self) -> int:
        return self._jobs - self.busy

    @property
    def size(self) -> int:
        return self._jobs

    def give(self, task: Task) -> None:
        self._tasks.append(task)
        self.most_in_hand = max(self.most_in_hand, self.busy)
        if task.alone:
            self.alone_among.append(self.busy)

    def wait(self, seconds: float | None = None) -> Iterable[Report]:
        task = self._tasks.pop()
        if self._is_lost(task, None):
            return [Report(task, Lost(self._stuck))]
        reports = []
        for answer in work(task, self._place):
            if isinstance(answer, PageRead) and self._is_lost(task, answer.number):
                return [*reports, Report(task, Lost(self._stuck))]
            reports.append(Report(task, answer))
        return [*reports, Report(task, Done())]

    def _is_lost(self, task: Task, page: int | None) -> bool:
        if page is None and isinstance(task, ReadTask) and task.pages is not None:
            return False
        if page is None and isinstance(task, WriteTask):
            return False
        place = (task.document.name, page)
        self._lost[place] = self._lost.get(place, 0) - 1
        return self._lost[place] >= 0


def unlucky(
    lost: dict[tuple[str, int | None], int], *, stuck: bool = False, jobs: int = 3
) -> tuple[list[Unlucky], object]:
    made: list[Unlucky] = []

    def crew_of(place: Workplace) -> Crew:
        made.append(Unlucky(place, jobs, lost, stuck))
        return made[-1]

    return made, crew_of


def three(tmp_path: Path) -> list[InputDocument]:
    (tmp_path / "in").mkdir()
    return [
        picture(tmp_path / "in" / "a.png", 1),
        tiff(tmp_path / "in" / "b.tif", 11),
        picture(tmp_path / "in" / "c.png", 3),
    ]


@pytest.mark.parametrize("jobs", [1, 2, 5])
def test_documents_and_their_pages_come_in_order_whoever_is_first(
    jobs: int, tmp_path: Path
) -> None:
    made, crew_of = unlucky({}, jobs=jobs)
    found = read_here(
        three(tmp_path), tmp_path / "out", RunOptions(jobs=jobs), crew_of=crew_of  # type: ignore[arg-type]
    )  # fmt: skip
    assert [done.outcome.document for done in found] == ["a.png", "b.tif", "c.png"]
    assert [numbers_of(done) for done in found] == [[1], list(range(1, 12)), [1]]
    assert made[0].most_in_hand <= jobs


@pytest.mark.parametrize("page", [1, 3, 6, 11, None])
def test_a_page_that_lost_a_worker_is_tried_again_while_nothing_else_is_read(
    page: int | None, tmp_path: Path
) -> None:
    made, crew_of = unlucky({("b.tif", page): 1})
    found = read_here(three(tmp_path), tmp_path / "out", crew_of=crew_of)  # type: ignore[arg-type]
    assert [done.outcome.failures for done in found] == [(), (), ()]
    assert numbers_of(found[1]) == list(range(1, 12))
    assert made[0].alone_among == [1]
    assert set(pages_read(tmp_path / "out").values()) == {1}


@pytest.mark.parametrize("page", [2, 7])
def test_a_page_that_loses_two_workers_is_given_up_and_its_neighbours_are_read(
    page: int, tmp_path: Path
) -> None:
    _, crew_of = unlucky({("b.tif", page): 9})
    found = read_here(three(tmp_path), tmp_path / "out", crew_of=crew_of)  # type: ignore[arg-type]
    (failure,) = found[1].outcome.failures
    assert (failure.kind, failure.page) == ("WorkerDied", page)
    assert numbers_of(found[1]) == [number for number in range(1, 12) if number != page]
    assert numbers_of(found[0]) == numbers_of(found[2]) == [1]


def test_a_document_that_loses_two_workers_as_it_is_opened_is_given_up(tmp_path: Path) -> None:
    _, crew_of = unlucky({("b.tif", None): 9})
    found = read_here(three(tmp_path), tmp_path / "out", crew_of=crew_of)  # type: ignore[arg-type]
    (failure,) = found[1].outcome.failures
    assert (failure.kind, failure.page, found[1].outcome.result) == ("WorkerDied", None, None)


def test_a_stuck_page_is_not_tried_again(tmp_path: Path) -> None:
    made, crew_of = unlucky({("b.tif", 2): 1}, stuck=True)
    options = RunOptions(engine=EngineOptions(page_timeout=7))
    found = read_here(three(tmp_path), tmp_path / "out", options, crew_of=crew_of)  # type: ignore[arg-type]
    (failure,) = found[1].outcome.failures
    assert (failure.kind, failure.page) == ("PageTimeout", 2)
    assert "7 seconds" in failure.cause
    assert made[0].alone_among == []
    assert len(numbers_of(found[1])) == 10


PLACES = st.tuples(
    st.sampled_from(["a.png", "b.tif", "c.png"]),
    st.none() | st.integers(1, 11),
)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lost=st.dictionaries(PLACES, st.integers(1, 3), max_size=6), jobs=st.integers(1, 4))
def test_whatever_workers_are_lost_every_page_is_read_once_or_reported(
    lost: dict[tuple[str, int | None], int], jobs: int, few: list[InputDocument], tmp_path: Path
) -> None:
    out = Path(mkdtemp(dir=tmp_path))
    _, crew_of = unlucky(lost, jobs=jobs)
    found = read_here(few, out, RunOptions(jobs=jobs), crew_of=crew_of)  # type: ignore[arg-type]
    assert [done.outcome.document for done in found] == [one.name for one in few]
    for done, wanted in zip(found, (1, 11, 1), strict=True):
        failures = done.outcome.failures
        if any(failure.page is None for failure in failures):
            assert lost[done.outcome.document, None] > 1
            continue
        failed = [failure.page for failure in failures]
        assert sorted([*numbers_of(done), *failed]) == list(range(1, wanted + 1))  # type: ignore[type-var]
        assert all(lost[done.outcome.document, page] > 1 for page in failed)
    assert set(pages_read(out).values()) <= {1}


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> list[InputDocument]:
    """Three documents of nearly empty pages, which are read at once."""
    folder = tmp_path_factory.mktemp("few")
    counts = {"a.png": 1, "b.tif": 11, "c.png": 1}
    for shade, (name, count) in enumerate(counts.items()):
        pages = [Image.new("L", (40, 30), 255 - 20 * shade - page) for page in range(count)]
        more = {"save_all": True, "append_images": pages[1:]} if count > 1 else {}
        pages[0].save(folder / name, **more)
    return [InputDocument(name, folder / name) for name in counts]


def test_a_task_that_no_worker_touched_is_given_again(tmp_path: Path) -> None:
    class Returning(OneHere):
        """Gives each task back once."""

        seen: set[Task]

        def wait(self, seconds: float | None = None) -> Iterable[Report]:
            self.seen = getattr(self, "seen", set())
            task = self._waiting[0]
            if task not in self.seen:
                self.seen.add(self._waiting.popleft())
                return [Report(task, Returned())]
            return super().wait()

    found = read_here(three(tmp_path), tmp_path / "out", crew_of=Returning)
    assert [numbers_of(done) for done in found] == [[1], list(range(1, 12)), [1]]


def test_the_first_failure_ends_the_run_where_it_is_asked_to(tmp_path: Path) -> None:
    documents = three(tmp_path)
    documents[1].path.write_bytes(b"II*\x00 and no more")
    options = RunOptions(engine=EngineOptions(on_error="stop"))
    with pytest.raises(UnreadableInput, match=r"b\.tif: .*--on-error stop.*--resume"):
        read_here(documents, tmp_path / "out", options)
    assert pages_read(tmp_path / "out") == {("a.png", 1): 1}


def test_a_document_that_is_written_while_it_is_read_fails_and_is_read_again_later(
    tmp_path: Path,
) -> None:
    documents = three(tmp_path)

    class Meddling(OneHere):
        """Somebody writes the second document while it is read."""

        def wait(self, seconds: float | None = None) -> Iterable[Report]:
            for report in super().wait():
                if isinstance(report.news, PageRead) and report.task.document.name == "b.tif":
                    tiff(documents[1].path, 11, first=300)
                yield report

    found = read_here(documents, tmp_path / "out", crew_of=Meddling)
    (failure,) = found[1].outcome.failures
    assert failure.cause == "it was written to while it was read"
    assert found[1].outcome.result is None
    assert numbers_of(found[0]) == numbers_of(found[2]) == [1]
    found, read = again(documents, tmp_path / "out")
    assert read == [("b.tif", number) for number in range(1, 12)]
    assert found[1].outcome.failures == ()


# --- going on ---


def again(
    documents: list[InputDocument], out: Path, options: RunOptions = RESUMED
) -> tuple[list[Finished], list[tuple[str, int]]]:
    """Go on; return what came of it, and which pages were read."""
    before = pages_read(out)
    found = read_here(documents, out, options)
    return found, sorted((pages_read(out) - before).elements())


def test_a_finished_run_reads_nothing_again(tmp_path: Path) -> None:
    documents = three(tmp_path)
    first = read_here(documents, tmp_path / "out")
    found, read = again(documents, tmp_path / "out")
    assert read == []
    assert [done.outcome for done in found] == [done.outcome for done in first]
    assert [done.from_journal for done in first] == [0, 0, 0]
    assert [done.from_journal for done in found] == [1, 11, 1]


def test_only_what_changed_or_is_new_is_read(tmp_path: Path) -> None:
    documents = three(tmp_path)
    read_here(documents, tmp_path / "out")
    picture(documents[0].path, 77)
    new = picture(tmp_path / "in" / "d.png", 4)
    found, read = again([*documents, new], tmp_path / "out")
    assert read == [("a.png", 1), ("d.png", 1)]
    assert [numbers_of(done) for done in found] == [[1], list(range(1, 12)), [1], [1]]


def test_a_document_that_was_renamed_is_not_read_again(tmp_path: Path) -> None:
    documents = three(tmp_path)
    read_here(documents, tmp_path / "out")
    moved = documents[1].path.rename(tmp_path / "moved.tif")
    found, read = again([InputDocument("moved.tif", moved)], tmp_path / "out")
    assert read == []
    assert found[0].outcome.document == "moved.tif"
    assert len(numbers_of(found[0])) == 11


def test_the_pages_of_a_long_document_that_are_missing_are_read_alone(tmp_path: Path) -> None:
    documents = three(tmp_path)
    whole = read_here(documents, tmp_path / "whole")
    _, crew_of = unlucky({("b.tif", 2): 9, ("b.tif", 9): 9})
    read_here(documents, tmp_path / "out", crew_of=crew_of)  # type: ignore[arg-type]
    found, read = again(documents, tmp_path / "out")
    assert read == [("b.tif", 2), ("b.tif", 9)]
    assert [without_seconds(done) for done in found] == [without_seconds(done) for done in whole]


def without_seconds(done: Finished) -> object:
    return replace(done.outcome, seconds=0)


def test_what_failed_is_tried_again(tmp_path: Path) -> None:
    documents = three(tmp_path)
    documents[0].path.write_bytes(b"\x89PNG\r\n\x1a\n")
    read_here(documents, tmp_path / "out")
    failed = [line for line in journal_lines(tmp_path / "out") if line["unit"] == "failure"]
    found, read = again(documents, tmp_path / "out")
    assert (len(failed), read) == (1, [])
    assert len(found[0].outcome.failures) == 1
    picture(documents[0].path, 1)
    found, read = again(documents, tmp_path / "out")
    assert read == [("a.png", 1)]
    assert found[0].outcome.failures == ()


def test_a_document_that_is_gone_fails_though_the_journal_has_it(tmp_path: Path) -> None:
    documents = three(tmp_path)
    read_here(documents, tmp_path / "out")
    documents[0].path.unlink()
    found, _ = again(documents, tmp_path / "out")
    assert [failure.kind for failure in found[0].outcome.failures] == ["UnreadableInput"]


@pytest.mark.parametrize("pages", [3, 40])
def test_pages_from_the_journal_are_those_that_were_read(pages: int, tmp_path: Path) -> None:
    document = tiff(tmp_path / "long.tif", pages)
    (done,) = read_here([document], tmp_path / "out")
    result = done.outcome.result
    assert result is not None
    assert [page.number for page in result.pages] == list(range(1, pages + 1))


def test_a_document_of_many_pages_has_few_tasks_at_a_time(tmp_path: Path) -> None:
    with Image.new("L", (40, 30), 255) as page:
        page.save(tmp_path / "long.tif", save_all=True, append_images=[page] * 199)
    made, crew_of = unlucky({}, jobs=2)
    document = InputDocument("long.tif", tmp_path / "long.tif")
    (done,) = read_here([document], tmp_path / "out", RunOptions(jobs=2), crew_of=crew_of)  # type: ignore[arg-type]
    assert numbers_of(done) == list(range(1, 201))
    assert made[0].most_in_hand <= 2
