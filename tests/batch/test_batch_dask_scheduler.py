"""What --scheduler may name."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from small_pages import small_page

from digitize.batch import run
from digitize.batch.scheduler import ClusterHere, ClusterThere, parse_scheduler
from digitize.cli import main
from digitize.errors import UsageError
from digitize.load import InputDocument
from digitize.options import EngineOptions, RunOptions


@given(workers=st.integers(1, 999))
def test_local_and_a_number_start_so_many_workers(workers: int) -> None:
    assert parse_scheduler(f"local:{workers}") == ClusterHere(workers)


@pytest.mark.parametrize(
    "address",
    ["tcp://host:8786", "tls://a.b.example:1", "tcp://10.0.0.7:65535", "tcp://[fe80::1]:8786"],
)
def test_an_address_is_that_of_a_scheduler(address: str) -> None:
    assert parse_scheduler(address) == ClusterThere(address)


@pytest.mark.parametrize(
    "wrong",
    ["", "local", "local:", "local:0", "local:-1", "local:two", "host:8786", "tcp://host",
     "http://host:8786", "tcp://user:secret@host:1", "tcp://host:8786/", "tcp://ho st:1"],
)  # fmt: skip
def test_anything_else_is_refused_with_what_would_do(wrong: str) -> None:
    with pytest.raises(UsageError, match="local:4, tcp://host:8786"):
        parse_scheduler(wrong)


def test_a_wrong_one_ends_the_command_before_anything_is_begun(tmp_path: Path) -> None:
    done = CliRunner().invoke(
        main, ["run", f"{tmp_path}", "-o", f"{tmp_path}/out", "--scheduler", "somewhere"]
    )
    assert done.exit_code == 2
    assert "'somewhere' is neither local:N nor the address of a Dask scheduler" in done.output


def test_a_limit_of_memory_is_not_for_a_cluster_that_is_there(tmp_path: Path) -> None:
    small_page(1).save(tmp_path / "1.png")
    engine = EngineOptions(scheduler="tcp://127.0.0.1:9", worker_megabytes=900)
    documents = [InputDocument("1.png", tmp_path / "1.png")]
    with pytest.raises(UsageError, match="dask worker --memory-limit"):
        run(documents, tmp_path / "out", RunOptions(engine=engine))


@pytest.mark.parametrize(
    ("missing", "said"),
    [
        ("distributed", "--scheduler: distributed is not installed"),
        ("cryptography", "--scheduler local: cryptography is not installed"),
    ],
)
def test_what_is_not_installed_is_named_with_how_to_install_it(
    missing: str, said: str, tmp_path: Path
) -> None:
    small_page(1).save(tmp_path / "1.png")
    program = f"import sys; sys.modules[{missing!r}] = None; from digitize.cli import main; main()"
    asked = ["run", tmp_path / "1.png", "-o", tmp_path / "out", "--scheduler", "local:1"]
    done = subprocess.run(
        [sys.executable, "-c", program, *map(str, asked)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert said in done.stderr
    assert "pip install 'digitize[dask]'" in done.stderr


@pytest.mark.parametrize(
    ("configured", "said"),
    [
        ({}, "asks for certificates, and Dask's configuration names none"),
        (
            {"DASK_DISTRIBUTED__COMM__TLS__CA_FILE": "/nowhere/ca.pem",
             "DASK_DISTRIBUTED__COMM__TLS__CLIENT__CERT": "/nowhere/me.pem"},
            "the certificates in Dask's configuration cannot be read",
        ),
    ],
)  # fmt: skip
def test_a_scheduler_behind_tls_needs_certificates(
    configured: dict[str, str], said: str, tmp_path: Path
) -> None:
    small_page(1).save(tmp_path / "1.png")
    asked = ["run", tmp_path / "1.png", "-o", tmp_path / "out", "--scheduler", "tls://127.0.0.1:9"]
    done = subprocess.run(
        [sys.executable, "-m", "digitize", *map(str, asked)],
        env={**os.environ, **configured},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr
