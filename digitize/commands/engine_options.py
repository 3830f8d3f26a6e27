"""How a run is carried out: the options of it that change nothing of what is read."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import click

from digitize.commands.parameters import finite

if TYPE_CHECKING:
    from digitize.options import EngineOptions

LEAST_MEGABYTES = 300  # of a worker: the models and a small page take 200

Command = Callable[..., Any]

_OPTIONS = (
    click.option("-j", "--jobs", type=click.IntRange(1), default=None,
                 help="Pages read at once, each by a process. Default: one per core. With "
                      "--scheduler: processes that write files here."),
    click.option("--scheduler", metavar="ADDRESS",
                 help="Read the pages on a Dask cluster: tcp://host:8786, or local:4 to start one "
                      "of four processes here."),
    click.option("--resume", is_flag=True,
                 help="Go on with the run that the folder holds: read only what is missing or "
                      "changed."),
    click.option("--overwrite", is_flag=True,
                 help="Replace results that the folder already holds."),
    click.option("--on-error", type=click.Choice(["continue", "stop"]), default="continue",
                 show_default=True, help="Whether a page that cannot be read ends the run."),
    click.option("--page-timeout", type=click.FloatRange(min=0, min_open=True), default=120,
                 show_default=True, callback=finite, metavar="SECONDS",
                 help="Give up a page that takes longer."),
    click.option("--worker-memory", type=click.IntRange(LEAST_MEGABYTES), metavar="MB",
                 help="Most memory of each process. Default: 90 % of the machine's, shared."),
    click.option("--dry-run", is_flag=True,
                 help="List what would be read, and read nothing."),
    click.option("--watch", is_flag=True,
                 help="Go on reading what is new in the folders given, until interrupted."),
    click.option("--log-json", is_flag=True,
                 help="On standard error, a line of JSON for each event, and nothing else."),
)  # fmt: skip


def engine_options(command: Command) -> Command:
    """Add these options to a command, in the order of the table."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def usable_cores() -> int:
    """Return how many cores this process may use, which may be fewer than there are."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def make_engine_options(given: Mapping[str, Any]) -> EngineOptions:
    """Return them as the run takes them."""
    from digitize.batch.scheduler import parse_scheduler
    from digitize.options import EngineOptions

    scheduler = given["scheduler"]
    if scheduler is not None:
        parse_scheduler(scheduler)  # so that nothing is begun with a wrong one
    return EngineOptions(
        resume=given["resume"],
        page_timeout=given["page_timeout"],
        worker_megabytes=given["worker_memory"],
        on_error=given["on_error"],
        scheduler=scheduler,
    )
