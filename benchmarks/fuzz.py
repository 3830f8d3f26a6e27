"""Whether any damage to a file can upset the loaders: bytes changed at random, for a given time.

    python benchmarks/fuzz.py [--seconds 600] [--seed 1] [--keep DIR]

Each input is a small whole document (fuzz_seeds.py) with some bytes changed, cut, doubled or taken
from another, and is loaded in a process of its own. A finding is an exception that is no
DigitizeError, a crash, more than 20 seconds, or more than 1.5 GB of memory. Its input is kept in
DIR. Prints a Markdown table; ends with 1 where there were findings. Needs `os.fork`.
"""

from __future__ import annotations

import argparse
import os
import pickle
import random
import resource
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from fuzz_mutations import mutated
from fuzz_seeds import seeds

from digitize.errors import DigitizeError
from digitize.load import LoadOptions, load_pages
from digitize.records import Failure

LONGEST_SECONDS = 20
MOST_BYTES = 1_500_000_000
CEILING_BYTES = 6_000_000_000  # of address space: what asks for more fails, rather than the machine
SHOWN = 300  # letters of what an exception says

Load = Callable[[Path], str]


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of one input: read, in part, refused, or a finding that says what happened."""

    outcome: str
    says: str = ""
    seconds: float = 0.0
    megabytes: int = 0


@dataclass
class Tally:
    """All answers, counted by kind of document; the findings, each kind of them once."""

    outcomes: dict[str, Counter[str]] = field(default_factory=dict)
    findings: Counter[str] = field(default_factory=Counter)
    slowest: float = 0.0
    largest: int = 0

    def add(self, kind: str, answer: Answer) -> bool:
        """Count an answer in; tell whether it is a finding of a new kind."""
        self.outcomes.setdefault(kind, Counter())[answer.outcome] += 1
        self.slowest = max(self.slowest, answer.seconds)
        self.largest = max(self.largest, answer.megabytes)
        if answer.outcome != "finding":
            return False
        self.findings[f"{kind}: {answer.says}"] += 1
        return self.findings[f"{kind}: {answer.says}"] == 1


def main() -> None:
    """Change bytes until the time is over, and print what came of it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, default=Path("fuzz-findings"))
    given = parser.parse_args()
    tally = fuzz(given.seconds, given.seed, given.keep)
    print_table(tally, given.seconds, given.seed)
    sys.exit(1 if tally.findings else 0)


def fuzz(seconds: float, seed: int, keep: Path) -> Tally:
    """Load changed documents for some seconds; findings of a new kind are kept in a folder."""
    chance, corpus, tally = random.Random(seed), seeds(), Tally()
    names = sorted(corpus)
    end = time.monotonic() + seconds
    with tempfile.TemporaryDirectory() as desk:
        for name in names:  # whole ones first: libraries are loaded here, and not by every child
            Path(desk, name).write_bytes(corpus[name])
            if load_all(Path(desk, name)) == "refused":
                raise SystemExit(f"{name} cannot be read, though nothing was changed in it")
        while time.monotonic() < end:
            name = chance.choice(names)
            path = Path(desk, name)
            path.write_bytes(mutated(corpus[name], corpus[chance.choice(names)], chance))
            answer = ask(path, load_all)
            if tally.add(path.suffix[1:], answer):
                keep.mkdir(parents=True, exist_ok=True)
                kept = keep / f"{sum(tally.findings.values()):05}-{name}"
                path.replace(kept)
                print(f"{kept}: {answer.says}", file=sys.stderr)
    return tally


def ask(
    path: Path,
    load: Load,
    longest_seconds: int = LONGEST_SECONDS,
    most_bytes: int = MOST_BYTES,
) -> Answer:
    """Load a document in a process of its own, and return what came of it."""
    reader, writer = os.pipe()
    started = time.monotonic()
    child = os.fork()
    if not child:
        os.close(reader)
        signal.alarm(longest_seconds)
        answer_and_end(path, load, writer)
    os.close(writer)
    with os.fdopen(reader, "rb") as pipe:
        said = pipe.read()
    _, status, used = os.wait4(child, 0)
    seconds, megabytes = time.monotonic() - started, used.ru_maxrss * 1024 // 10**6
    if os.WIFSIGNALED(status):
        name = signal.Signals(os.WTERMSIG(status)).name
        late = name == "SIGALRM"
        says = f"more than {longest_seconds} s" if late else f"ended by {name}"
        return Answer("finding", says, seconds, megabytes)
    answer: Answer = pickle.loads(said) if said else Answer("finding", f"ended with {status}")
    if used.ru_maxrss * 1024 > most_bytes:
        return Answer("finding", f"{megabytes} MB ({answer.outcome})", seconds, megabytes)
    return Answer(answer.outcome, answer.says, seconds, megabytes)


def answer_and_end(path: Path, load: Load, writer: int) -> None:
    """Load a document within limits and write an Answer; never returns."""
    resource.setrlimit(resource.RLIMIT_AS, (CEILING_BYTES, CEILING_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    try:
        answer = Answer(load(path))
    except DigitizeError:
        answer = Answer("refused")
    except BaseException as error:
        answer = Answer("finding", f"{type(error).__name__}: {error}"[:SHOWN])
    os.write(writer, pickle.dumps(answer))
    os._exit(0)


def load_all(path: Path) -> str:
    """Load all pages of a document, and return whether they were read, in part or not at all."""
    pages = load_pages(path, LoadOptions(passwords=("x",)))
    failed = [isinstance(page, Failure) for page in pages]
    return "read" if not any(failed) else "refused" if all(failed) else "in part"


def print_table(tally: Tally, seconds: float, seed: int) -> None:
    """Print the answers by kind, then the findings."""
    print(f"{seconds:.0f} seconds, seed {seed}:\n")
    print("| kind | inputs | read | read in part | refused | findings |")
    print("|---|---|---|---|---|---|")
    for kind, counts in sorted(tally.outcomes.items()):
        shares = [counts[name] for name in ("read", "in part", "refused", "finding")]
        cells = [kind, *(f"{count:,}" for count in (counts.total(), *shares))]
        print(f"| {' | '.join(cells)} |")
    print(f"\nSlowest {tally.slowest:.1f} s, largest {tally.largest:,} MB.")
    for finding, count in tally.findings.most_common():
        print(f"- {count:,} x {finding}")


if __name__ == "__main__":
    main()
