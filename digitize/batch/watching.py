"""Folders that are watched: what is to be read, whenever something in them is new and complete."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from digitize.batch.content import Signature, signature
from digitize.errors import UsageError
from digitize.load import FoundInputs

SETTLED_SECONDS = 2.0  # without a change, after which a file counts as completely written

Wake = Callable[[bool], None]
"""Returns once something in the folders has changed; if given True, a moment later in any case."""


class Settling:
    """Tells which files nobody has written to for `seconds`."""

    def __init__(self, seconds: float = SETTLED_SECONDS) -> None:
        self._seconds = seconds
        self._since: dict[Path, tuple[Signature, float]] = {}

    def settled(self, seen: Mapping[Path, Signature], now: float) -> set[Path]:
        """Return the files, of those `seen` at the time `now`, that have been so for long enough.

        now: of the clock that files are dated by. A file counts as new when it was last written.
        """
        self._since = {path: self._began(path, found, now) for path, found in seen.items()}
        return {path for path, (_, began) in self._since.items() if now - began >= self._seconds}

    def _began(self, path: Path, found: Signature, now: float) -> tuple[Signature, float]:
        before = self._since.get(path)
        if before is None:
            return found, min(now, found[1] / 1e9)
        return before if before[0] == found else (found, now)


def new_passes(
    find: Callable[[], FoundInputs], wake: Wake, settling: Settling
) -> Iterator[FoundInputs]:
    """Yield all that is complete, at first and again whenever there is more or other of it."""
    last: frozenset[tuple[str, Signature]] = frozenset()
    while True:
        found = _found(find)
        places = [one.path for one in found.documents if isinstance(one.path, Path)]
        seen = {place: signed for place in places if (signed := signature(place))}
        ready = settling.settled(seen, time.time())
        documents = tuple(one for one in found.documents if one.path in ready)
        state = frozenset((one.name, seen[Path(str(one.path))]) for one in documents)
        if documents and state != last:
            last = state
            yield FoundInputs(documents, found.passed_over)
        else:
            wake(len(documents) < len(found.documents) or not found.documents)


def _found(find: Callable[[], FoundInputs]) -> FoundInputs:
    """Return what there is; a folder without a document may yet get one."""
    try:
        return find()
    except UsageError:
        return FoundInputs((), ())


def watched_folders(inputs: Sequence[str]) -> list[Path]:
    """Return the folders to watch; UsageError where an input is none."""
    for given in inputs:
        if not Path(given).is_dir():
            raise UsageError(
                f"{given}: --watch is for folders", "Give a folder, or leave out --watch"
            )
    return [Path(given) for given in inputs]


def waking(folders: Sequence[Path]) -> Wake:
    """Return what wakes up when something changes in the folders; UsageError without watchfiles."""
    try:
        import watchfiles
    except ImportError as error:
        raise UsageError(
            "--watch: watchfiles is not installed", "Install it: pip install 'digitize[watch]'"
        ) from error
    milliseconds = round(SETTLED_SECONDS * 1000)
    changes = watchfiles.watch(
        *folders,
        watch_filter=None,
        rust_timeout=milliseconds,
        yield_on_timeout=True,
        ignore_permission_denied=True,
    )

    def wake(soon: bool) -> None:
        while not next(changes) and not soon:
            pass

    return wake
