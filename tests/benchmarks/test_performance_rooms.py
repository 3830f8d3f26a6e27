"""The time of a page goes to the room that is at work, and to no other."""

from __future__ import annotations

import subprocess
import sys
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from performance_rooms import ELSEWHERE, ROOMS, RoomClock, room_of, time_rooms

WORK = "def work(until, clock, then=lambda: None):\n    while clock() < until: then()"


def worker(module):
    """Return a function of a module of this name that takes the processor until a time."""
    names = {"__name__": module}
    exec(WORK, names)
    return names["work"]


def busy(module, seconds):
    worker(module)(time.process_time() + seconds, time.process_time)


def test_time_goes_to_the_room_of_the_module_that_takes_it():
    clock = RoomClock()
    with clock:
        busy("digitize.clean.light", 0.10)
        busy("digitize.load.scan", 0.05)
        busy("somewhere.else", 0.05)
    assert clock.seconds["clean"] == pytest.approx(0.10, abs=0.02)
    assert clock.seconds["load"] == pytest.approx(0.05, abs=0.02)
    assert clock.seconds[ELSEWHERE] == pytest.approx(0.05, abs=0.02)


def test_what_a_library_takes_goes_to_the_room_that_called_it():
    clock, outer = RoomClock(), worker("digitize.separate.cells")
    with clock:
        outer(time.process_time() + 0.1, time.process_time, lambda: sum(range(1000)))
    assert clock.seconds["separate: all else"] == pytest.approx(0.1, abs=0.02)


def test_all_time_of_the_block_goes_somewhere():
    clock = RoomClock()
    started = time.process_time()
    with clock:
        busy("digitize.group", 0.05)
    assert sum(clock.seconds.values()) == pytest.approx(time.process_time() - started, abs=0.005)


@pytest.mark.parametrize(
    ("modules", "room"),
    [
        (["digitize.classify", "digitize.recognise", "digitize.pipeline"], "classify"),
        (["onnxruntime.capi", "digitize.onnx_models", "digitize.sequence.network"], "sequence"),
        (["digitize.separate.ink_network", "digitize.separate"], "separate: ink network"),
        (["digitize.separate.inks"], "separate: all else"),
        (["digitize.geometry", "digitize.group.lines"], "group"),
        (["digitize.export.atomic", "digitize.export.tables"], "export csv"),
        (["digitize.export.pdfs"], ELSEWHERE),
        (["digitize.pipeline", "__main__"], ELSEWHERE),
        ([], ELSEWHERE),
    ],
)
def test_the_innermost_room_counts(modules, room):
    assert room_of(modules) == room


@given(st.lists(st.text()))
def test_every_module_belongs_to_some_room(modules):
    assert room_of(modules) in {*ROOMS.values(), ELSEWHERE}


def test_every_room_is_a_module_of_the_program():
    import importlib

    for name in ROOMS:
        importlib.import_module(name)


def test_a_page_takes_time_in_all_the_rooms_it_passes(paper, tmp_path):
    from PIL import Image

    page = paper().digits("31415", 200, 200).digits("92653", 200, 400).page()
    Image.fromarray(page.pixels).save(tmp_path / "page.png")
    found = time_rooms([tmp_path / "page.png"] * 3)
    assert all(seconds > 0 for seconds in found.values())
    assert {"load", "clean", "separate: ink network", "floor"} <= set(found)


def test_rooms_are_told_as_json_by_a_process_of_its_own(paper, tmp_path):
    import json

    import performance_rooms
    from PIL import Image

    Image.fromarray(paper().digits("27", 200, 200).pixels).save(tmp_path / "page.png")
    ended = subprocess.run(
        [sys.executable, performance_rooms.__file__, str(tmp_path / "page.png")],
        check=True,
        capture_output=True,
        text=True,
    )
    assert json.loads(ended.stdout)["floor"] > 0
