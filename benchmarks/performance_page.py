"""docs/performance.md: the measurement as a page; sections that other benchmarks wrote are kept."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Sequence
from pathlib import Path

from performance_figures import ASKED_JOBS, CSV, Goal, Measurement, goals, times_as_quick
from performance_machine import BUSY_SHARE
from performance_rooms import FLOOR
from performance_runs import MINUTE, Cost

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "performance.md"
PLOT = ROOT / "docs" / "images" / "performance.svg"
MILLISECONDS = 1000
LINE = 100  # letters
WHOLE_FROM = 30  # pages a minute: from here on one more or less says nothing
LONG_PDF, MANY_FILES = "A long PDF", "A folder of many files"
OWN_PROGRAMS = {LONG_PDF: "benchmarks/long_pdf.py", MANY_FILES: "benchmarks/many_files.py"}
NOT_RUN = "Not measured yet: `python {program}` measures it and writes this section."


def page(measured: Measurement, before: str) -> str:
    """Return the page; `before` is what it held, of which the other benchmarks' sections stay."""
    machine = measured.machine
    text = TEMPLATE.format(
        state=state_of(measured),
        goals=goal_table(goals(measured), busy=measured.was_busy),
        runs=run_table(measured),
        rooms=room_table(measured),
        bounds=bounds_of(measured),
        peers=peer_table(measured),
        pages=measured.pages,
        workload=workload_of(measured),
        cores=machine.cores,
        processor=machine.processor,
        memory=machine.memory_gib,
        system=machine.system,
        python=machine.python,
        packages=", ".join(f"{name} {number}" for name, number in machine.packages),
        commit=machine.commit or "unknown",
        load=machine.load,
    )
    for heading, program in OWN_PROGRAMS.items():
        kept = section(before, heading)
        text = with_section(text, heading, kept or NOT_RUN.format(program=program))
    return text


def section(text: str, heading: str) -> str:
    """Return what stands under a heading of the second level, nothing where there is none."""
    found = re.search(
        rf"^## {re.escape(heading)}\n(.*?)(?=^## |\Z)", text, re.DOTALL | re.MULTILINE
    )
    return found[1].strip() if found else ""


def with_section(text: str, heading: str, body: str) -> str:
    """Return the page with `body` under the heading, in place of what stood there or at the end."""
    new = f"## {heading}\n\n{body.strip()}\n"
    pattern = re.compile(rf"^## {re.escape(heading)}\n.*?(?=^## |\Z)", re.DOTALL | re.MULTILINE)
    if pattern.search(text):
        return pattern.sub(lambda _: f"{new}\n", text).rstrip() + "\n"
    return f"{text.rstrip()}\n\n{new}"


def write_section(heading: str, body: str, path: Path = PAGE) -> None:
    """Write `body` under a heading of the page, which is begun where it is not there."""
    before = path.read_text(encoding="utf-8") if path.is_file() else "# Performance\n"
    path.write_text(with_section(before, heading, body), encoding="utf-8")


def state_of(measured: Measurement) -> str:
    """Return whether the machine was idle, in a sentence."""
    share = f"others took up to {measured.others:.0%} of the processors while this was measured"
    if measured.was_busy:
        return filled(
            f"**The machine was busy**: {share}. Figures by the clock are lower bounds, and the "
            "goals cannot be judged by them. Processor time suffers less, but it suffers too: "
            "programs share caches and memory."
        )
    return filled(f"The machine was idle but for this: {share}; up to {BUSY_SHARE:.0%} counts so.")


def workload_of(measured: Measurement) -> str:
    """Return in words what was read."""
    total, times = measured.pages * measured.rounds, "time" + "s" * (measured.rounds > 1)
    return filled(
        f"{total} files of one page, {measured.pages} different ones, each {measured.rounds} "
        f"{times}: {measured.origin}. Each row is one `digitize run` over all of them, from its "
        "start to its end."
    )


def goal_table(found: Sequence[Goal], *, busy: bool) -> str:
    """Return the table of what was asked for; on a busy machine no speed is judged."""
    rows = []
    for goal in found:
        bound = f"{'at most' if goal.at_most else 'at least'} {shown(goal.asked, goal.unit)}"
        met = {None: "not measured", True: "yes", False: "no"}[goal.is_met]
        if busy and goal.by_processor is not None:
            met = "the machine was busy"
        cells = [shown(value, goal.unit) for value in (goal.found, goal.by_processor)]
        rows.append([goal.what, bound, *cells, met])
    head = ["what", "asked", "by the clock", "by processor time", "met by the clock"]
    return markdown(head, rows)


def shown(value: float | None, unit: str) -> str:
    """Return a figure with its unit, a dash where there is none."""
    if value is None:
        return "–"
    number = f"{value:.1f}" if unit == "×" else f"{value:.0f}"
    return f"{number} {unit}".strip()


def run_table(measured: Measurement) -> str:
    """Return the table of digitize's runs."""
    head = ["workers", "writes", *COST_HEADS, "peak, a worker", "peak, main process"]
    rows = [
        [
            str(run.jobs),
            run.formats.replace(",", " and "),
            *cost_cells(run.cost),
            shown(run.peaks.worker or None, "MB"),
            shown(run.peaks.parent or None, "MB"),
        ]
        for run in measured.runs
    ]
    return markdown(head, rows)


COST_HEADS = ("pages a minute", "seconds a page", "of the processor", "taken by others")


def cost_cells(cost: Cost) -> list[str]:
    """Return a cost as cells below COST_HEADS."""
    return [
        speed(cost.pages_a_minute),
        f"{cost.seconds / cost.pages:.3f}",
        f"{cost.processor_a_page:.3f}",
        f"{cost.others:.0%}",
    ]


def speed(pages_a_minute: float) -> str:
    """Return a speed with as many places as it is worth."""
    return f"{pages_a_minute:.0f}" if pages_a_minute >= WHOLE_FROM else f"{pages_a_minute:.1f}"


def peer_table(measured: Measurement) -> str:
    """Return the table of the other programs, or why there is none."""
    if not measured.peers:
        return "Not measured: they were left out, or could not be installed."
    own = measured.cost_of(ASKED_JOBS, CSV)
    rows = [
        [
            peer.name,
            "a process per core, of one thread" if peer.together else "as it comes",
            *cost_cells(peer.cost),
            shown(own and times_as_quick(own, peer.cost), "×"),
        ]
        for peer in measured.peers
    ]
    return markdown(["program", "how", *COST_HEADS, "digitize is as quick"], rows)


def room_table(measured: Measurement) -> str:
    """Return the table of rooms and their time."""
    total = sum(measured.own_rooms.values())
    rows = [
        [room, f"{spent * MILLISECONDS:.1f}", f"{spent / total:.1%}"]
        for room, spent in measured.own_rooms.items()
    ]
    rows.append(["**together**", f"{total * MILLISECONDS:.1f}", "100%"])
    return markdown(["room", "ms a page", "share"], rows)


def bounds_of(measured: Measurement) -> str:
    """Return in words what bounds the speed."""
    rooms, total = measured.own_rooms, sum(measured.own_rooms.values())
    slowest = ", ".join(f"{room} ({spent / total:.0%})" for room, spent in list(rooms.items())[:4])
    load, pdf = rooms.get("load", 0.0), rooms.get("export pdf", 0.0)
    floor = measured.rooms.get(FLOOR, 0.0)
    text = BOUNDS.format(
        slowest=slowest,
        load=load * MILLISECONDS,
        pdf=pdf * MILLISECONDS,
        floor=floor * MILLISECONDS,
        floor_share=floor / total,
        most=MINUTE / (load + pdf) if load + pdf else 0.0,
    )
    return filled(text)


def filled(text: str) -> str:
    """Return a paragraph in lines as long as the other documents have them."""
    return textwrap.fill(text, LINE, break_on_hyphens=False, break_long_words=False)


def markdown(head: Sequence[str], body: Sequence[Sequence[str]]) -> str:
    """Return a Markdown table, its first column to the left and the others to the right."""
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *body]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


TEMPLATE = (Path(__file__).parent / "performance_template.md").read_text(encoding="utf-8")
BOUNDS = """\
Most goes to {slowest}. Decoding a page takes {load:.0f} ms and writing its PDF {pdf:.0f} ms: were
all else free, a core could do {most:.0f} pages a minute. Decoding, Otsu's threshold and connected
components alone, which no reader of pages can do without, take {floor:.0f} ms, {floor_share:.0%} of
the whole."""
