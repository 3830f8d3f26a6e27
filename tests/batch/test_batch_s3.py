"""Runs from S3 into S3: the same bytes as on this machine, whatever comes between."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from s3_server import S3, s3_server
from small_pages import mixed_folder, results, small_page

pytest.importorskip("moto.server")

DIGITIZE = [sys.executable, "-m", "digitize"]
FORMATS = "csv,pdf,json,xlsx"
PATIENCE = 120  # seconds; far more than any of these runs takes
PAGES = 32  # of the scans below: pictures, and twelve pages in each of two documents
RUN_OWN = {"report.json", "journal.jsonl"}
ODD_NAMES = ("a b.png", "100%.png", "%41.png", "snow ☃😀.png", "what?x=1#2.png", "[1].png")


@pytest.fixture(scope="module")
def s3() -> Iterator[S3]:
    with s3_server("scans", "results") as server:
        yield server


@pytest.fixture(scope="module")
def scans(tmp_path_factory: pytest.TempPathFactory, s3: S3) -> Path:
    """A folder, which lies in the bucket as well."""
    folder = mixed_folder(tmp_path_factory.mktemp("s3") / "scans", pictures=2, pages=12)
    for number, name in enumerate(ODD_NAMES):
        small_page(100 + number).save(folder / name)
    s3.put_folder(folder, "scans", "one night")
    for key in ("one night/", "one night/empty/", "one night/.hidden/x.png"):
        s3.client.put_object(Bucket="scans", Key=key, Body=b"")
    return folder


@pytest.fixture(scope="module")
def unbroken(scans: Path, s3: S3) -> dict[str, bytes]:
    """The files of a run on this machine that nobody disturbs."""
    out = scans.parent / "unbroken"
    done = run(s3, scans, "-o", out)
    assert done.returncode == 3, done.stderr  # of the damaged file
    return results(out)


def command(*arguments: str | Path) -> list[str]:
    return [*DIGITIZE, "run", "-j", "2", *map(str, arguments), "--format", FORMATS, "-q"]


def run(s3: S3, *arguments: str | Path, **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command(*arguments),
        env={**s3.environment, "SOURCE_DATE_EPOCH": "0", **more},
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )


@contextmanager
def running(s3: S3, *arguments: str | Path) -> Iterator[subprocess.Popen[str]]:
    """Start a run; kill it at the end, should it still be there."""
    environment = {**s3.environment, "SOURCE_DATE_EPOCH": "0"}
    with subprocess.Popen(
        command(*arguments), env=environment, stderr=subprocess.PIPE, text=True
    ) as started:
        try:
            yield started
        finally:
            started.kill()


def journal_lines(s3: S3, prefix: str) -> list[dict[str, Any]]:
    key = f"{prefix}/journal.jsonl"
    if key not in s3.keys("results", key):
        return []
    return [json.loads(line) for line in s3.read("results", key).splitlines()[1:]]


def pages_read(s3: S3, prefix: str) -> Counter[tuple[str, int]]:
    lines = journal_lines(s3, prefix)
    return Counter((one["document"], one["page"]) for one in lines if one["unit"] == "page")


def wait_for(s3: S3, started: subprocess.Popen[str], prefix: str, pages: int) -> None:
    until = time.monotonic() + PATIENCE
    while started.poll() is None and pages_read(s3, prefix).total() < pages:
        assert time.monotonic() < until
        time.sleep(0.05)


def comparable(files: dict[str, bytes]) -> dict[str, object]:
    """Return the files but for where JSON says that a document was found, and what a run tells."""
    kept: dict[str, object] = {}
    for name, content in files.items():
        if name.endswith(".json") and name not in RUN_OWN:
            entry = json.loads(content)
            source = entry.pop("source")
            assert source.endswith(f"/{entry['document']}")
            kept[name] = entry
        elif name not in RUN_OWN:
            kept[name] = content
    return kept


def assert_as_unbroken(s3: S3, prefix: str, unbroken: dict[str, bytes]) -> None:
    found = s3.folder("results", prefix)
    assert set(found) == {*unbroken, *RUN_OWN}
    assert comparable(found) == comparable(unbroken)
    assert set(pages_read(s3, prefix).values()) == {1}
    report = json.loads(found["report.json"])
    assert report["totals"]["pages"] == PAGES


@pytest.fixture(scope="module")
def whole(s3: S3, scans: Path) -> str:
    """Where the results of a run lie that nobody disturbed."""
    done = run(s3, "s3://scans/one night", "-o", "s3://results/whöle out/")
    assert done.returncode == 3, done.stderr
    assert "0003-bad.png: the file is empty" in done.stderr
    return "whöle out"


def test_a_run_from_s3_into_s3_gives_the_bytes_of_one_on_this_machine(
    s3: S3, whole: str, unbroken: dict[str, bytes]
) -> None:
    assert_as_unbroken(s3, whole, unbroken)
    entry = json.loads(s3.read("results", f"{whole}/0000.json"))
    assert entry["source"] == "s3://scans/one night/0000.png"


def test_results_in_the_store_are_kept_from_another_run(s3: S3, whole: str) -> None:
    before = s3.folder("results", whole)
    refused = run(s3, "s3://scans/one night", "-o", f"s3://results/{whole}")
    assert refused.returncode == 2
    assert f"s3://results/{whole} already holds the results of a run" in refused.stderr
    other = run(
        s3, "s3://scans/one night", "-o", f"s3://results/{whole}", "--resume", "--dpi", "99"
    )
    assert other.returncode == 2
    assert f"s3://results/{whole} holds a run that was made in another way: --dpi" in other.stderr
    assert s3.folder("results", whole) == before


def test_a_run_that_goes_on_writes_what_is_missing_and_touches_nothing_else(
    s3: S3, whole: str, unbroken: dict[str, bytes]
) -> None:
    s3.client.put_object(Bucket="results", Key=f"{whole}/notes.txt", Body=b"mine")
    s3.client.delete_object(Bucket="results", Key=f"{whole}/0001.pdf")
    before = s3.times("results", whole)
    time.sleep(1.1)  # times have a resolution of a second
    again = run(s3, "s3://scans/one night", "-o", f"s3://results/{whole}", "--resume")
    assert again.returncode == 3, again.stderr
    after = s3.times("results", whole)
    kept = {name for name, when in before.items() if after[name] == when}
    assert {"0000.pdf", "0000.json", "notes.txt"} <= kept
    assert "0001.pdf" not in kept
    s3.client.delete_object(Bucket="results", Key=f"{whole}/notes.txt")
    assert_as_unbroken(s3, whole, unbroken)
    report = json.loads(s3.read("results", f"{whole}/report.json"))
    assert sum(entry["pages_from_journal"] for entry in report["documents"]) == PAGES


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT])
def test_a_run_that_was_ended_in_its_middle_goes_on_from_the_journal_in_the_store(
    how: signal.Signals, s3: S3, scans: Path, unbroken: dict[str, bytes]
) -> None:
    prefix = f"ended-{how.name}"
    asked = ("s3://scans/one night", "-o", f"s3://results/{prefix}", "-j", "1")
    with running(s3, *asked) as started:
        wait_for(s3, started, prefix, 1)
        started.send_signal(how)
        _, said = started.communicate(timeout=PATIENCE)
    assert started.returncode == (130 if how == signal.SIGINT else -how)
    assert how != signal.SIGINT or f"-o s3://results/{prefix} --resume" in said
    assert f"{prefix}/report.json" not in s3.keys("results")
    before = pages_read(s3, prefix).total()
    assert before >= 1
    again = run(s3, "s3://scans/one night", "-o", f"s3://results/{prefix}", "--resume")
    assert again.returncode == 3, again.stderr
    assert_as_unbroken(s3, prefix, unbroken)
    report = json.loads(s3.read("results", f"{prefix}/report.json"))
    assert sum(entry["pages_from_journal"] for entry in report["documents"]) == before


def test_a_bucket_that_is_not_there_is_no_place_for_results_and_none_is_made(
    s3: S3, scans: Path
) -> None:
    refused = run(s3, "s3://scans/one night", "-o", "s3://nowhere/out")
    assert refused.returncode == 5
    assert "s3://nowhere/out/journal.jsonl: it cannot be written (the specified" in refused.stderr
    assert "Traceback" not in refused.stderr
    missing = run(s3, "s3://nowhere/scans", "-o", "s3://results/none")
    assert missing.returncode == 2
    assert "s3://nowhere/scans: nothing is there" in missing.stderr
    assert {one["Name"] for one in s3.client.list_buckets()["Buckets"]} == {"scans", "results"}
    assert not s3.keys("results", "none")


LOSING = """
import sys, time
import fsspec
from digitize.batch.run_into_store import run_into_store
from digitize.batch.store import Store
from digitize.load import find_documents
from digitize.options import RunOptions

if __name__ == "__main__":
    documents = find_documents(["s3://scans/losing"])
    store = fsspec.filesystem("s3")
    store.rm_file("scans/losing/0.png")
    store.cp_file("scans/losing/3.png", "scans/losing/1.png")
    summary = run_into_store(documents, Store("s3://results/losing"), RunOptions(formats=("csv",)))
    for entry in summary.entries:
        print(entry["document"], *[failure["cause"] for failure in entry["failures"]])
"""


def test_an_object_that_vanishes_or_changes_costs_only_itself_and_is_told_by_name(
    s3: S3, tmp_path: Path
) -> None:
    for number in range(4):
        small_page(number).save(tmp_path / f"{number}.png")
    s3.put_folder(tmp_path, "scans", "losing")
    (tmp_path / "program.py").write_text(LOSING)
    done = subprocess.run(
        [sys.executable, str(tmp_path / "program.py")],
        env=s3.environment,
        capture_output=True,
        text=True,
        check=True,
        timeout=PATIENCE,
    )
    assert done.stdout.splitlines() == [
        "0.png it is no longer in its store",
        "1.png it was written to since the run began",
        "2.png",
        "3.png",
    ]
    small_page(9).save(tmp_path / "2.png")
    s3.put("scans", "losing/2.png", tmp_path / "2.png")
    again = run(s3, "s3://scans/losing", "-o", "s3://results/losing", "--resume")
    assert again.returncode == 0, again.stderr
    assert pages_read(s3, "losing") == {("2.png", 1): 2, ("3.png", 1): 1}, "1 is 3 by now"


def test_a_store_that_cannot_be_reached_ends_the_run_in_order(s3: S3, scans: Path) -> None:
    nobody = {"AWS_ENDPOINT_URL": "http://127.0.0.1:9", "AWS_MAX_ATTEMPTS": "1"}
    lost = run(s3, scans, "-o", "s3://results/x", **nobody)
    assert lost.returncode == 5, lost.stderr
    assert "s3://results/x: it cannot be looked at (could not connect" in lost.stderr
    assert "Traceback" not in lost.stderr


def test_a_connection_that_is_lost_ends_the_run_and_it_goes_on_later(
    s3: S3, scans: Path, unbroken: dict[str, bytes]
) -> None:
    with s3_server() as other:  # which has the same buckets, and is gone at the end
        started = subprocess.Popen(
            command("s3://scans/one night", "-o", "s3://results/lost", "-j", "1"),
            env={**other.environment, "SOURCE_DATE_EPOCH": "0", "AWS_MAX_ATTEMPTS": "1"},
            stderr=subprocess.PIPE,
            text=True,
        )
        wait_for(s3, started, "lost", 1)
    _, said = started.communicate(timeout=PATIENCE)
    assert started.returncode == 5, said
    assert "--resume" in said
    assert "Traceback" not in said
    again = run(s3, "s3://scans/one night", "-o", "s3://results/lost", "--resume")
    assert again.returncode == 3, again.stderr
    assert_as_unbroken(s3, "lost", unbroken)


def test_what_needs_results_on_this_machine_says_so(s3: S3) -> None:
    for asked in (["search", "s3://results/x", "12"], ["export", "s3://results/x"]):
        more = ["--format", "pdf"] if asked[0] == "export" else []
        refused = subprocess.run(
            [*DIGITIZE, *asked, *more], capture_output=True, text=True, check=False
        )
        assert refused.returncode == 2
        assert "s3://results/x: results in a store are not looked into" in refused.stderr


def test_an_export_fetches_the_documents_again(
    s3: S3, whole: str, unbroken: dict[str, bytes], tmp_path: Path
) -> None:
    for name in ("report.json", "0000.json", "0005-several.json"):
        (tmp_path / name).write_bytes(s3.read("results", f"{whole}/{name}"))
    report = json.loads((tmp_path / "report.json").read_text())
    kept = [one for one in report["documents"] if one["document"][:4] in ("0000", "0005")]
    (tmp_path / "report.json").write_text(json.dumps({**report, "documents": kept}))
    done = subprocess.run(
        [*DIGITIZE, "export", str(tmp_path), "--format", "pdf"],
        env={**s3.environment, "SOURCE_DATE_EPOCH": "0"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    for name in ("0000.pdf", "0005-several.pdf"):
        assert (tmp_path / name).read_bytes() == unbroken[name]


def test_an_export_shows_no_document_that_was_replaced_or_removed_in_its_store(
    s3: S3, tmp_path: Path
) -> None:
    scans, out = tmp_path / "scans", tmp_path / "out"
    scans.mkdir()
    for number, name in enumerate(("as it was", "gone", "replaced")):
        small_page(number).save(scans / f"{name}.png")
    s3.put_folder(scans, "scans", "replacing")
    done = run(s3, "s3://scans/replacing", "-o", out)
    assert done.returncode == 0, done.stderr
    for pdf in out.glob("*.pdf"):
        pdf.unlink()
    small_page(9).save(scans / "replaced.png")
    s3.put("scans", "replacing/replaced.png", scans / "replaced.png")
    s3.client.delete_object(Bucket="scans", Key="replacing/gone.png")
    export = subprocess.run(
        [*DIGITIZE, "export", str(out), "--format", "pdf,html"],
        env=s3.environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert export.returncode == 3, export.stderr
    there = "s3://scans/replacing"
    for told in (
        f"replaced.png: its original, {there}/replaced.png, was changed after it was read, so "
        "no pdf is made of it. Put it back as it was, or read it again: the run's own command",
        f"gone.png: {there}/gone.png: nothing is there (",
        f"replaced.png: its original, {there}/replaced.png, could not be opened again as it was, "
        "so results.html lacks pictures of it.",
    ):
        assert told in export.stderr
    assert [path.name for path in out.glob("*.pdf")] == ["as it was.pdf"]
