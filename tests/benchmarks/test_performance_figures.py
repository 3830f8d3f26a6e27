"""What was asked for is judged by what was measured, and the page says all of it."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from performance_figures import Goal, Measurement, goals
from performance_machine import Machine, parse_busy, taken_by_others
from performance_page import LONG_PDF, MANY_FILES, page, section, with_section, write_section
from performance_peers import PeerRun, write_lists
from performance_plot import draw
from performance_runs import Cost, Run, worker_counts
from process_memory import Peaks

MACHINE = Machine(2, "Abacus", 8.0, "Linux", "3.11", (("numpy", "2.0"),), "abc1234", 0.1)
POSITIVE = st.floats(0.01, 1e4)


def run(jobs, formats, pages_a_minute, megabytes=300.0, others=0.0):
    seconds = 60 * 100 / pages_a_minute
    cost = Cost(100, seconds, jobs * seconds, others)
    return Run(jobs, formats, cost, Peaks(80.0, {7: megabytes}))


def peer(name, pages_a_minute, together=False):
    return PeerRun(name, together, Cost(10, 600 / pages_a_minute, 600 / pages_a_minute, 0.0))


def measurement(**changes):
    runs = (run(1, "csv", 250), run(2, "csv", 450), run(1, "csv,pdf", 150), run(2, "csv,pdf", 240))
    peers = (peer("Tesseract 5", 30), peer("Tesseract 5", 90, True), peer("RapidOCR 1.4", 60))
    rooms = {"load": 0.02, "clean": 0.06, "export pdf": 0.01, "classify": 0.11, "floor": 0.03}
    return replace(Measurement(MACHINE, 25, 4, "drawn", rooms, runs, peers), **changes)


def goal(measured, words):
    return next(one for one in goals(measured) if words in one.what)


def test_pages_a_minute_are_judged_by_two_workers():
    assert goal(measurement(), "CSV only").found == pytest.approx(450)
    assert goal(measurement(), "CSV only").is_met
    assert goal(measurement(), "with PDF").found == pytest.approx(240)
    assert goal(measurement(), "with PDF").is_met is False


def test_two_workers_are_set_beside_one():
    assert goal(measurement(), "two workers").found == pytest.approx(1.8)


def test_a_peer_is_measured_as_it_comes():
    assert goal(measurement(), "Tesseract").found == pytest.approx(15)
    assert goal(measurement(), "RapidOCR").found == pytest.approx(7.5)
    assert goal(measurement(), "RapidOCR").is_met is False


def test_memory_is_met_from_below():
    greedy = measurement(runs=(run(1, "csv", 100, megabytes=451),))
    assert goal(measurement(), "memory").is_met
    assert goal(greedy, "memory").is_met is False


def test_what_was_not_measured_is_not_judged():
    nothing = measurement(runs=(), peers=())
    assert [one.is_met for one in goals(nothing)] == [None] * 6
    assert page(nothing, "").count("not measured") == 6


@given(asked=POSITIVE, found=POSITIVE)
def test_more_is_better_but_where_less_is(asked, found):
    assert Goal("", asked, "", found).is_met == (found >= asked)
    assert Goal("", asked, "", found, at_most=True).is_met == (found <= asked)


@given(busy=POSITIVE, own=POSITIVE, seconds=POSITIVE, cores=st.integers(1, 64))
def test_others_take_between_nothing_and_everything(busy, own, seconds, cores):
    share = taken_by_others(busy, own, seconds, cores)
    assert 0 <= share <= 1
    assert (share > 0) == (busy > own)


def test_idle_time_and_guests_are_no_work():
    #       user nice system idle iowait irq softirq steal guest guest_nice
    line = "cpu  100 20 30 4000 500 6 7 8 100 20"
    assert parse_busy(line) == 100 + 20 + 30 + 6 + 7 + 8


@given(st.integers(1, 300))
def test_workers_are_doubled_up_to_the_most(most):
    counts = worker_counts(most)
    assert counts[0] == 1
    assert counts[-1] == most
    assert counts == sorted(set(counts))
    assert all(2 * few >= many for few, many in itertools.pairwise(counts))


def test_the_page_says_whether_the_machine_was_busy():
    busy = measurement(runs=(run(2, "csv", 100, others=0.6),))
    assert "**The machine was busy**: others took up to 60%" in page(busy, "")
    assert "busy**" not in page(measurement(), "")


def test_every_table_of_the_page_has_as_many_cells_in_each_row():
    text = page(measurement(), "")
    for table in re.findall(r"(?:^\|.*\n)+", text, re.MULTILINE):
        assert len({line.count("|") for line in table.splitlines()}) == 1, table


def test_the_slowest_room_comes_first_and_shares_come_to_all():
    rows = re.findall(r"^\| ([\w ]+) \| ([\d.]+) \| ([\d.]+)% \|$", page(measurement(), ""), re.M)
    assert [name for name, _, _ in rows] == ["classify", "clean", "load", "export pdf"]
    assert sum(float(share) for _, _, share in rows) == pytest.approx(100)


def test_what_other_benchmarks_wrote_stays_on_the_page():
    before = with_section(page(measurement(), ""), LONG_PDF, "Memory is flat.")
    after = page(measurement(), before)
    assert section(after, LONG_PDF) == "Memory is flat."
    assert "Not measured yet" in section(after, MANY_FILES)
    assert page(measurement(), after) == after


@given(body=st.text(alphabet="ab \\1|\n", min_size=1).filter(str.strip))
def test_a_section_is_replaced_and_no_other_is_touched(body):
    text = "# Page\n\nwords\n\n## One\n\nfirst\n\n## Two\n\nsecond\n"
    changed = with_section(text, "One", body)
    assert section(changed, "One") == body.strip()
    assert section(changed, "Two") == "second"
    assert with_section(changed, "One", "first") == text
    assert section(with_section(text, "Three", body), "Three") == body.strip()


def test_a_section_begins_a_page_that_is_not_there(tmp_path):
    write_section("One", "first", tmp_path / "page.md")
    assert (tmp_path / "page.md").read_text(
        encoding="utf-8"
    ) == "# Performance\n\n## One\n\nfirst\n"


def test_the_same_figures_draw_the_same_plot(tmp_path):
    for name in ("once.svg", "again.svg"):
        draw(measurement(), tmp_path / name)
    assert (tmp_path / "once.svg").read_bytes() == (tmp_path / "again.svg").read_bytes()


@given(parts=st.integers(1, 5), count=st.integers(1, 9))
def test_pages_are_dealt_out_each_once(tmp_path_factory, parts, count):
    folder = tmp_path_factory.mktemp("lists")
    pages = [folder / f"{number}.png" for number in range(count)]
    lists = write_lists(pages, parts, folder)
    named = [line for one in lists for line in one.read_text(encoding="utf-8").splitlines()]
    assert sorted(named) == sorted(str(page.resolve()) for page in pages)
    assert all(one.read_text(encoding="utf-8") for one in lists)


def test_the_page_names_no_option_that_is_not_of_digitize():
    assert not re.findall(r"`--(?!format|jobs|resume)", page(measurement(peers=()), ""))


def test_no_speed_is_judged_on_a_busy_machine_but_memory_is():
    busy = page(measurement(runs=(run(2, "csv", 100, megabytes=500, others=0.6),)), "")
    assert "| pages a minute, CSV only | at least 400 | 100 | 100 | the machine was busy |" in busy
    assert "| peak memory of a worker | at most 450 MB | 500 MB | – | no |" in busy
