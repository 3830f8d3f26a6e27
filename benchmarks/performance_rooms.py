"""Where the time of a page goes, room by room: a process of its own prints it as JSON.

    python benchmarks/performance_rooms.py PAGE...

A clock strikes every millisecond, and the processor time since its last stroke goes to the room
(digitize.load, digitize.clean ...) that is at work. So nothing in the program is changed for the
measurement, the time of libraries goes to the room that calls them, and what other programs on the
machine take does not count. Needs `signal.setitimer`, which Windows does not have.
"""

from __future__ import annotations

import json
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import FrameType, TracebackType

STROKE_SECONDS = 0.001
ELSEWHERE = "all else"
ROOMS = {
    "digitize.load": "load",
    "digitize.clean": "clean",
    "digitize.orient": "orient",
    "digitize.separate.ink_network": "separate: ink network",
    "digitize.separate": "separate: all else",
    "digitize.segment": "segment",
    "digitize.normalise": "normalise",
    "digitize.classify": "classify",
    "digitize.decode": "decode",
    "digitize.recognise": "recognise",
    "digitize.appearance": "appearance",
    "digitize.sequence": "sequence",
    "digitize.confirm": "confirm",
    "digitize.group": "group",
    "digitize.export.tables": "export csv",
    "digitize.export.pdf": "export pdf",
}
"""What a module's time counts as, by the beginning of its name: the first that fits, so what is
inside another stands before it. Modules that many rooms share count as the room that calls them."""

FLOOR = "floor"
"""Decoding, Otsu's threshold and connected components alone: less no reader of pages can do."""


class RoomClock:
    """Shares out the processor time of what runs in its `with` block among the rooms."""

    def __init__(self) -> None:
        self.seconds: Counter[str] = Counter()
        self._last = 0.0

    def __enter__(self) -> RoomClock:
        signal.signal(signal.SIGALRM, self._strike)
        self._last = time.process_time()
        signal.setitimer(signal.ITIMER_REAL, STROKE_SECONDS, STROKE_SECONDS)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        signal.setitimer(signal.ITIMER_REAL, 0)
        self._give(ELSEWHERE)

    def _strike(self, _signal: int, frame: FrameType | None) -> None:
        self._give(room_of(modules_of(frame)))

    def _give(self, room: str) -> None:
        now = time.process_time()
        self.seconds[room] += now - self._last
        self._last = now


def modules_of(frame: FrameType | None) -> Iterator[str]:
    """Yield the names of the modules at work, the one that was called last first."""
    while frame is not None:
        yield str(frame.f_globals.get("__name__", ""))
        frame = frame.f_back


def room_of(modules: Iterable[str]) -> str:
    """Return the room of the innermost module that belongs to one."""
    for module in modules:
        for beginning, room in ROOMS.items():
            if module == beginning or module.startswith(f"{beginning}."):
                return room
    return ELSEWHERE


def time_rooms(pages: Sequence[Path]) -> dict[str, float]:
    """Return the processor seconds a page takes in each room, on average, and the floor's."""
    import cv2

    cv2.setNumThreads(1)  # as in a worker
    clock = RoomClock()
    with tempfile.TemporaryDirectory() as out, reader_into(Path(out), pages) as read:
        read(pages[0])  # to warm up; it is not counted
        with clock:
            for path in pages:
                read(path)
    seconds = {room: spent / len(pages) for room, spent in clock.seconds.items()}
    return {**seconds, FLOOR: sum(map(floor_seconds, pages)) / len(pages)}


@contextmanager
def reader_into(out: Path, pages: Sequence[Path]) -> Iterator[Callable[[Path], None]]:
    """Yield what reads one of the pages and writes it, as CSV and PDF, into the folder `out`."""
    from digitize.export import WRITERS, TracedOptions
    from digitize.load import LoadOptions, load_pages
    from digitize.options import PageOptions
    from digitize.pipeline import read_page
    from digitize.readers import find_readers, open_readers
    from digitize.records import DocumentResult, Page

    names = [f"{number}{path.suffix}" for number, path in enumerate([pages[0], *pages])]
    readers, options, name = open_readers(find_readers("cnn")), TracedOptions(), iter(names)

    def read(path: Path) -> None:
        loaded = load_pages(path, LoadOptions())
        results = [read_page(p, readers, PageOptions()) for p in loaded if isinstance(p, Page)]
        document = DocumentResult(next(name), path, tuple(results))
        for writer in writers:
            writer.add(document)

    with ExitStack() as stack:
        kinds = (WRITERS[kind] for kind in ("csv", "pdf"))
        writers = [stack.enter_context(kind(out, names, options)) for kind in kinds]
        yield read


def floor_seconds(path: Path) -> float:
    """Return the processor seconds of decoding a page, Otsu's threshold and components."""
    import cv2

    started = time.process_time()
    grey = cv2.imread(str(path), cv2.IMREAD_GRAYSCALE)
    _, ink = cv2.threshold(grey, 0, 255, cv2.THRESH_BINARY_INV | cv2.THRESH_OTSU)
    cv2.connectedComponentsWithStats(ink)
    return time.process_time() - started


if __name__ == "__main__":
    print(json.dumps(time_rooms([Path(name) for name in sys.argv[1:]])))
