"""A crew of workers on other machines: each has one task in hand, and is asked step by step.

The run itself gives each worker its task, rather than leave it to Dask: so a page has its own time
limit, and a worker that is lost costs one retry of the page it had, as with processes here. Dask
would try the task elsewhere, and a page that ends its worker would end several.
"""

from __future__ import annotations

import pickle
import time
import uuid
from collections.abc import Iterator
from itertools import count

import digitize
from digitize.batch.cluster import Call, Cluster, Reply
from digitize.batch.crew import Report
from digitize.batch.dask_hand import Hand
from digitize.batch.dask_worker import (
    FIRST_STEP,
    Astray,
    OtherVersion,
    Said,
    Unseen,
    hire,
    leave,
    step,
)
from digitize.batch.processes import MOST_FAILED_STARTS, START_SECONDS
from digitize.batch.shared_disk import as_seen_from_anywhere, not_shared
from digitize.batch.tasks import Done, Ended, Lost, ReadTask, Ready, Returned
from digitize.errors import UsageError

COUNTED_SECONDS = 0.5  # between two looks at which workers there are
WITHOUT_WORKERS_SECONDS = 60.0  # a machine that starts takes as long; then nobody is coming


class DaskCrew:
    """A crew of all workers of a cluster, those that join later too.

    contract: what each is told when it is hired, see `Contract`. page_seconds: after which a page
    counts as stuck. patience: seconds for which there may be no workers at all.
    """

    def __init__(
        self,
        cluster: Cluster,
        contract: bytes,
        page_seconds: float,
        patience: float = WITHOUT_WORKERS_SECONDS,
    ) -> None:
        self._cluster, self._contract = cluster, contract
        self._page_seconds, self._patience = page_seconds, patience
        self._run = uuid.uuid4().hex
        self._hands: dict[str, Hand] = {}
        self._given_up: set[str] = set()
        self._tasks = count(1)
        self._failed_starts = 0
        self._counted = -COUNTED_SECONDS
        self._last_seen = time.monotonic()

    @property
    def size(self) -> int:
        """How many workers there are now."""
        return len(self._hands)

    @property
    def busy(self) -> int:
        """How many tasks are in hand."""
        return sum(hand.task is not None for hand in self._hands.values())

    @property
    def room(self) -> int:
        """How many more tasks it would begin with at once."""
        return self.size - self.busy

    def give(self, task: ReadTask) -> None:
        """Take a task; only where there is room."""
        idle = [hand for hand in self._hands.values() if hand.task is None]
        hand = max(idle, key=lambda one: one.ready)
        hand.task, hand.number, hand.step = task, next(self._tasks), FIRST_STEP
        if hand.ready:
            self._ask_for_a_step(hand)

    def dismiss(self) -> None:
        """Have all workers close their models and remove what they fetched; wait for none."""
        for hand in self._hands.values():
            self._cluster.tell(hand.address, Call(leave, self._run))

    def wait(self, seconds: float | None = None) -> Iterator[Report]:
        """Yield what is new, once something is, a moment is over, or workers came or went.

        Raises what concerns the whole run.
        """
        yield from self._count_if_due()
        now = time.monotonic()
        times = [self._counted + COUNTED_SECONDS, *(one.deadline for one in self._hands.values())]
        patience = max(0.0, min(times) - now)
        for reply in self._cluster.replies(patience if seconds is None else min(seconds, patience)):
            yield from self._hear(reply)
        for hand in [one for one in self._hands.values() if one.deadline <= time.monotonic()]:
            yield from self._give_up(hand)

    def _count_if_due(self) -> Iterator[Report]:
        """Hire those who are new, and yield what becomes of the tasks of those who are gone."""
        if time.monotonic() < self._counted + COUNTED_SECONDS:
            return
        there = self._cluster.workers()
        self._counted = time.monotonic()
        self._given_up.intersection_update(there)
        for hand in [one for one in self._hands.values() if one.address not in there]:
            yield from self._lose(hand)
        for address, begins in there.items():
            if begins and address not in self._hands and address not in self._given_up:
                self._hire(address)
        if self._hands:
            self._last_seen = self._counted
        elif self._counted - self._last_seen > self._patience:
            raise UsageError(
                f"the Dask cluster has had no workers for {self._patience:g} seconds",
                "Start some with `dask worker`; what was read is kept, and the same command with "
                "--resume goes on",
            )

    def _hire(self, address: str) -> None:
        asked = self._cluster.ask(
            address, Call(hire, digitize.__version__, self._run, self._contract)
        )
        self._hands[address] = Hand(address, asked, time.monotonic() + START_SECONDS)

    def _ask_for_a_step(self, hand: Hand) -> None:
        first = hand.step == FIRST_STEP and hand.task is not None
        given = as_seen_from_anywhere(hand.task) if first and hand.task else None
        hand.asked = self._cluster.ask(
            hand.address, Call(step, self._run, hand.number, hand.step, given)
        )
        hand.deadline = time.monotonic() + self._page_seconds

    def _hear(self, reply: Reply) -> Iterator[Report]:
        hand = next((one for one in self._hands.values() if one.asked == reply.asked), None)
        if hand is None:
            return
        if reply.said is None:
            yield from self._lose(hand)
            return
        hand.deadline = float("inf")
        # as all that comes from the cluster: who can reach it is trusted, see docs/scaling.md
        said: tuple[Said, ...] = pickle.loads(reply.said)  # noqa: S301
        for one in said:
            yield from self._take(hand, one)
        if hand.task is not None and hand.address in self._hands and hand.deadline == float("inf"):
            hand.step += 1
            self._ask_for_a_step(hand)

    def _take(self, hand: Hand, said: Said) -> Iterator[Report]:
        if isinstance(said, Ended):
            raise said.error
        if isinstance(said, OtherVersion):
            raise UsageError(
                f"the Dask worker at {hand.address} has digitize {said.version}, and this is "
                f"{digitize.__version__}",
                "Install the same version on all workers",
            )
        if isinstance(said, Ready):
            hand.ready, self._failed_starts = True, 0
            if hand.task is not None:
                self._ask_for_a_step(hand)
        elif isinstance(said, Astray):
            yield from self._lose(hand)
        elif isinstance(said, Unseen):
            if hand.task is not None and (error := not_shared(hand.task, hand.address)):
                raise error
        elif hand.task is not None:
            yield Report(hand.task, said)
            if isinstance(said, Done):
                hand.task = None

    def _give_up(self, hand: Hand) -> Iterator[Report]:
        """End a worker that takes too long; one that Dask keeps from working is only lost."""
        begins = self._cluster.workers().get(hand.address)
        self._given_up.add(hand.address)
        self._cluster.restart(hand.address)
        yield from self._lose(hand, stuck=bool(begins))

    def _lose(self, hand: Hand, *, stuck: bool = False) -> Iterator[Report]:
        """Count no more on a worker, and yield what becomes of its task."""
        del self._hands[hand.address]
        self._cluster.forget(hand.asked)
        if not hand.ready:
            self._failed_starts += 1
            if self._failed_starts >= MOST_FAILED_STARTS:
                raise UsageError(
                    "the Dask workers end before they have opened the models",
                    "Give them more memory, and see what their logs say",
                )
        if hand.task is not None:
            yield Report(hand.task, Lost(stuck) if hand.ready else Returned())
