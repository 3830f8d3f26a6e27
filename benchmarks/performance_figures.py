"""What was measured, and what it means: speed-up, ratios, and whether what was asked for is met."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from performance_machine import BUSY_SHARE, Machine
from performance_peers import PeerRun
from performance_rooms import FLOOR
from performance_runs import MINUTE, Cost, Run

CSV, PDF = "csv", "csv,pdf"
ASKED_JOBS = 2  # the workers that the figures asked for are about


@dataclass(frozen=True, slots=True)
class Measurement:
    """All that one benchmark found. rooms: processor seconds a page by room, and the floor's."""

    machine: Machine
    pages: int
    rounds: int
    origin: str
    rooms: Mapping[str, float]
    runs: Sequence[Run]
    peers: Sequence[PeerRun] = field(default_factory=tuple)

    @property
    def others(self) -> float:
        """The largest share of the processors that others took during anything measured."""
        costs = [one.cost for one in (*self.runs, *self.peers)]
        return max((cost.others for cost in costs), default=0.0)

    @property
    def was_busy(self) -> bool:
        """Whether others took so much that figures by the clock say little."""
        return self.others > BUSY_SHARE

    @property
    def own_rooms(self) -> dict[str, float]:
        """The rooms that took any time, the slowest first, without the floor."""
        own = {room: spent for room, spent in self.rooms.items() if room != FLOOR}
        return dict(sorted(own.items(), key=lambda item: -item[1]))

    def cost_of(self, jobs: int, formats: str) -> Cost | None:
        """Return what the run with so many workers took, None where there was none."""
        return next((r.cost for r in self.runs if (r.jobs, r.formats) == (jobs, formats)), None)

    def cost_of_peer(self, name: str, *, together: bool = False) -> Cost | None:
        """Return what the peer whose name begins so took, None where it was not measured."""
        found = (one for one in self.peers if one.name.startswith(name))
        return next((one.cost for one in found if one.together == together), None)


@dataclass(frozen=True, slots=True)
class Goal:
    """A figure that was asked for.

    found: by the clock; by_processor: what processor time alone lets expect of an idle machine.
    None: not measured. at_most: whether less is better.
    """

    what: str
    asked: float
    unit: str
    found: float | None
    by_processor: float | None = None
    at_most: bool = False

    @property
    def is_met(self) -> bool | None:
        """Whether the figure by the clock is what was asked for; None where it is not known."""
        if self.found is None:
            return None
        return self.found <= self.asked if self.at_most else self.found >= self.asked


def goals(measured: Measurement) -> list[Goal]:
    """Return what issue 6 asks of two workers, with what was found."""
    one, two = (measured.cost_of(jobs, CSV) for jobs in (1, ASKED_JOBS))
    peaks = [run.peaks.worker for run in measured.runs if run.peaks.worker]
    return [
        speed_goal("pages a minute, CSV only", 400, two),
        speed_goal("pages a minute, with PDF", 250, measured.cost_of(ASKED_JOBS, PDF)),
        Goal(
            "two workers beside one, CSV only",
            1.7,
            "×",
            one and two and two.pages_a_minute / one.pages_a_minute,
            one and two and ASKED_JOBS * one.processor_a_page / two.processor_a_page,
        ),
        peer_goal("RapidOCR", 8, measured.cost_of_peer("RapidOCR"), two),
        peer_goal("Tesseract", 12, measured.cost_of_peer("Tesseract"), two),
        Goal("peak memory of a worker", 450, "MB", max(peaks, default=None), at_most=True),
    ]


def speed_goal(what: str, asked: float, cost: Cost | None) -> Goal:
    """Return a goal in pages a minute."""
    if cost is None:
        return Goal(what, asked, "", None)
    return Goal(what, asked, "", cost.pages_a_minute, ASKED_JOBS * MINUTE / cost.processor_a_page)


def peer_goal(name: str, asked: float, cost: Cost | None, own: Cost | None) -> Goal:
    """Return how much quicker digitize is than a peer as it comes."""
    what = f"as quick as {name} as it comes"
    if cost is None or own is None:
        return Goal(what, asked, "×", None)
    less = cost.processor_a_page / own.processor_a_page
    return Goal(what, asked, "×", times_as_quick(own, cost), less)


def times_as_quick(own: Cost, other: Cost) -> float:
    """Return how many pages one reads by the clock while the other reads one."""
    return own.pages_a_minute / other.pages_a_minute
