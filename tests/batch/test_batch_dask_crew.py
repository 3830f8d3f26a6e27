"""Workers elsewhere that come, go, hang and differ: what the run makes of them."""

from __future__ import annotations

import pickle
import time
from collections import deque
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from dask_places import reading_place
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from journal_counts import pages_read
from reading_here import read_here
from small_pages import small_page

from digitize.batch import dask_crew
from digitize.batch.cluster import Call, Cluster, Reply
from digitize.batch.crew import Crew, OneHere, Report
from digitize.batch.dask_crew import DaskCrew
from digitize.batch.dask_worker import Astray, Employed, OtherVersion, Unseen, hire, leave
from digitize.batch.tasks import Done, Lost, PageRead, ReadTask, Ready, Returned
from digitize.batch.work import Workplace
from digitize.errors import UsageError
from digitize.load import InputDocument
from digitize.options import EngineOptions, RunOptions

LATE = 0.2  # seconds after which a page counts as stuck in these tests


class FakeCluster:
    """Workers of this process; what each is asked is done at once, but for what is in `fates`.

    fates: of steps, counted from 0: "dies" with its worker, "hangs", "paused" with it, "replaced"
    by a new process at its address, "unseen" is the file.
    """

    def __init__(self, place: Workplace, workers: int, fates: Mapping[int, str]) -> None:
        self._place, self._fates = place, dict(fates)
        self.there = {f"worker {number}": True for number in range(workers)}
        self._employed: dict[str, Employed] = {}
        self._replies: deque[Reply] = deque()
        self.asked, self.steps, self.restarted = 0, 0, list[str]()
        self.hired, self.told = (Ready(),), list[tuple[str, Call]]()

    def workers(self) -> Mapping[str, bool]:
        return dict(self.there)

    def ask(self, worker: str, call: Call) -> int:
        self.asked += 1
        if call.function is hire:
            self._employed[worker] = Employed(self._place, looks=False)
            self._reply(self.hired)
        else:
            fate = self._fates.get(self.steps)
            self.steps += 1
            self._do(worker, call, fate)
        return self.asked

    def tell(self, worker: str, call: Call) -> None:
        self.told.append((worker, call))

    def _do(self, worker: str, call: Call, fate: str | None) -> None:
        if fate == "dies":
            del self.there[worker]
            self.there[f"heir of {worker}"] = True
        elif fate == "killed":  # as the scheduler tells it
            self._replies.append(Reply(self.asked, None))
        elif fate == "replaced":
            self._reply((Astray(),))
        elif fate == "paused":
            self.there[worker] = False
        elif fate == "unseen":
            self._reply((Unseen(),))
        elif fate != "hangs":
            self._reply(self._employed[worker].do(*call.arguments[1:]))

    def _reply(self, said: object) -> None:
        self._replies.append(Reply(self.asked, pickle.dumps(said)))

    def replies(self, seconds: float) -> Sequence[Reply]:
        if not self._replies:
            time.sleep(min(seconds, 0.01))
            return []
        return [self._replies.popleft()]

    def forget(self, asked: int) -> None:
        self._replies = deque(reply for reply in self._replies if reply.asked != asked)

    def restart(self, worker: str) -> None:
        self.restarted.append(worker)
        del self.there[worker]
        self.there[f"{worker} again"] = True


@pytest.fixture(autouse=True)
def counts_often(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dask_crew, "COUNTED_SECONDS", 0.01)


def tiff(path: Path, pages: int) -> InputDocument:
    drawn = [small_page(number) for number in range(pages)]
    drawn[0].save(path, save_all=True, append_images=drawn[1:])
    return InputDocument(path.name, path)


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> list[InputDocument]:
    folder = tmp_path_factory.mktemp("documents")
    return [tiff(folder / f"{pages}.tif", pages) for pages in (1, 6, 3)]


def crew(
    tmp_path: Path, fates: Mapping[int, str] | None = None, workers: int = 1, patience: float = 60
) -> tuple[FakeCluster, DaskCrew]:
    cluster = FakeCluster(reading_place(tmp_path), workers, fates or {})
    return cluster, DaskCrew(cluster, b"", LATE, patience)


def news_of(crew: DaskCrew, task: ReadTask) -> list[object]:
    """Give the task as soon as there is room, and return what comes of it."""
    until = time.monotonic() + 30
    said = list[Report]()
    while not crew.room:
        said += crew.wait()
    crew.give(task)
    while not said or not isinstance(said[-1].news, (Done, Lost, Returned)):
        said += crew.wait()
        assert time.monotonic() < until
    return [report.news for report in said]


def wait_often(readers: DaskCrew) -> None:
    """Wait for what never comes; long enough for any of these tests."""
    until = time.monotonic() + 30
    while time.monotonic() < until:
        list(readers.wait())


def test_workers_are_hired_as_they_come_and_have_one_task_each(
    documents: list[InputDocument], tmp_path: Path
) -> None:
    cluster, readers = crew(tmp_path, workers=2)
    assert (readers.size, readers.room) == (0, 0)
    list(readers.wait())
    assert (readers.size, readers.room, readers.busy) == (2, 2, 0)
    readers.give(ReadTask(0, documents[0], None))
    assert (readers.room, readers.busy) == (1, 1)
    cluster.there["a third"] = True
    time.sleep(0.02)
    list(readers.wait())
    assert readers.size == 3


@pytest.mark.parametrize("fate", ["dies", "killed", "replaced"])
def test_a_worker_that_is_lost_loses_its_task(
    fate: str, documents: list[InputDocument], tmp_path: Path
) -> None:
    _, readers = crew(tmp_path, {1: fate})
    first, last = news_of(readers, ReadTask(0, documents[1], (1, 2, 3)))
    assert isinstance(first, PageRead)
    assert last == Lost(stuck=False)
    assert isinstance(news_of(readers, ReadTask(0, documents[1], (2,)))[0], PageRead)


def test_a_worker_that_hangs_is_restarted_and_its_page_is_told_stuck(
    documents: list[InputDocument], tmp_path: Path
) -> None:
    cluster, readers = crew(tmp_path, {0: "hangs"})
    assert news_of(readers, ReadTask(0, documents[1], (1,))) == [Lost(stuck=True)]
    assert cluster.restarted == ["worker 0"]
    assert isinstance(news_of(readers, ReadTask(0, documents[1], (1,)))[0], PageRead)


def test_a_worker_that_dask_has_paused_is_no_fault_of_the_page(
    documents: list[InputDocument], tmp_path: Path
) -> None:
    cluster, readers = crew(tmp_path, {0: "paused"})
    assert news_of(readers, ReadTask(0, documents[1], (1,))) == [Lost(stuck=False)]
    assert cluster.restarted == ["worker 0"]


def test_a_worker_lost_before_it_began_gives_its_task_back(
    documents: list[InputDocument], tmp_path: Path
) -> None:
    cluster, readers = crew(tmp_path)
    list(readers.wait(0))
    readers = DaskCrew(cluster, b"", LATE)
    cluster.hired = ()  # type: ignore[assignment]
    list(readers.wait())
    readers.give(ReadTask(0, documents[0], None))
    cluster.there = {}
    time.sleep(0.02)
    assert [report.news for report in readers.wait()] == [Returned()]


def test_another_version_of_digitize_ends_the_run(tmp_path: Path) -> None:
    cluster, readers = crew(tmp_path)
    cluster.hired = (OtherVersion("0.0.9"),)  # type: ignore[assignment]
    with pytest.raises(UsageError, match=r"worker 0 has digitize 0\.0\.9, and this is"):
        wait_often(readers)


def test_a_file_that_only_the_run_sees_ends_it_and_one_that_is_gone_does_not(
    documents: list[InputDocument], tmp_path: Path
) -> None:
    _, readers = crew(tmp_path, {0: "unseen"})
    with pytest.raises(UsageError, match=r"6\.tif: the Dask worker at worker 0 does not see"):
        news_of(readers, ReadTask(0, documents[1], None))
    _, readers = crew(tmp_path, {0: "unseen", 1: "dies"})
    gone = InputDocument("gone.png", tmp_path / "gone.png")
    assert news_of(readers, ReadTask(0, gone, None)) == [Lost(stuck=False)]


def test_at_the_end_all_workers_are_told(tmp_path: Path) -> None:
    cluster, readers = crew(tmp_path, workers=3)
    list(readers.wait())
    readers.dismiss()
    assert {worker for worker, _ in cluster.told} == {"worker 0", "worker 1", "worker 2"}
    assert all(call.function is leave for _, call in cluster.told)


def test_a_cluster_without_workers_ends_the_run_after_a_while(tmp_path: Path) -> None:
    _, readers = crew(tmp_path, workers=0, patience=0.05)
    with pytest.raises(UsageError, match=r"no workers for 0\.05 seconds"):
        wait_often(readers)


def test_workers_that_end_again_and_again_before_they_begin_end_the_run(tmp_path: Path) -> None:
    cluster, readers = crew(tmp_path)
    cluster.hired = ()  # type: ignore[assignment]
    list(readers.wait())
    for number in (1, 2):
        cluster.there = {f"attempt {number}": True}
        time.sleep(0.02)
        list(readers.wait())
    cluster.there = {}
    with pytest.raises(UsageError, match="end before they have opened the models"):
        wait_often(readers)


class Both:
    """Pages are read by a cluster, and files are written at once in this process."""

    def __init__(self, readers: DaskCrew, place: Workplace) -> None:
        self._readers, self._here = readers, OneHere(place)

    @property
    def size(self) -> int:
        return self._readers.size

    @property
    def busy(self) -> int:
        return self._readers.busy + self._here.busy

    @property
    def room(self) -> int:
        return self._readers.room

    def give(self, task: object) -> None:
        (self._readers if isinstance(task, ReadTask) else self._here).give(task)  # type: ignore[arg-type, attr-defined]

    def wait(self, seconds: float | None = None) -> list[Report]:
        return [*self._readers.wait(seconds), *(self._here.wait() if self._here.busy else ())]


FATES = st.dictionaries(st.integers(0, 30), st.sampled_from(["dies", "killed", "replaced"]))


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(fates=FATES, workers=st.integers(1, 3), data=st.data())
def test_whatever_workers_are_lost_each_page_is_read_once_or_failed_at_its_second_try(
    fates: dict[int, str],
    workers: int,
    data: st.DataObject,
    documents: list[InputDocument],
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    out = tmp_path_factory.mktemp("out")
    clusters: list[Cluster] = []

    def crew_of(place: Workplace) -> Crew:
        clusters.append(FakeCluster(place, workers, fates))
        return Both(DaskCrew(clusters[0], b"", 30.0), place)  # type: ignore[return-value]

    options = RunOptions(engine=EngineOptions())
    found = read_here(documents, out / "out", options, crew_of=crew_of)
    assert [done.outcome.document for done in found] == [one.name for one in documents]
    read = pages_read(out / "out")
    assert set(read.values()) <= {1}
    failed = sum(len(done.outcome.failures) for done in found)
    assert sum(read.values()) == 10 or failed
    if len(fates) < 2:
        assert not failed
