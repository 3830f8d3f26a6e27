"""What a Dask worker has at hand, made without a cluster."""

from __future__ import annotations

import pickle
from pathlib import Path

from reading_here import workplace

from digitize.batch.dask_hire import make_contract
from digitize.batch.dask_worker import Contract
from digitize.batch.plan import make_plan
from digitize.batch.work import Workplace
from digitize.classify import AlwaysDigit
from digitize.options import RunOptions
from digitize.readers import find_readers


def reading_place(folder: Path) -> Workplace:
    """Return a place where every digit is a seven."""
    plan = make_plan([], folder / "out", RunOptions(formats=()), find_readers("cnn"))
    return workplace(plan, AlwaysDigit(7))


def contract_of(folder: Path) -> Contract:
    """Return what a worker is told by a run with the models that ship."""
    plan = make_plan([], folder / "out", RunOptions(formats=("pdf",)), find_readers("cnn"))
    contract = pickle.loads(make_contract(plan, None, looks=True))
    assert isinstance(contract, Contract)
    return contract
