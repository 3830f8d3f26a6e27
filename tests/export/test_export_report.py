from __future__ import annotations

import json
from pathlib import Path

from export_pages import document, page

from digitize.export import Summary, write_report
from digitize.records import Failure, Outcome, Provenance

MADE = Provenance("digitize", "1.2.3", "cnn", "ab12", {"ink": "cd34"}, {"review_below": 0.95})
BROKEN = Failure("UnreadableInput", "it is torn", "scan it again", page=2)


def summary(tmp_path: Path) -> Summary:
    total = Summary()
    total.add(Outcome("a.png", document("a.png", tmp_path), seconds=1.23456), ("a.pdf",))
    total.add(Outcome("b.tif", document("b.tif", tmp_path, page((), skew=1.5)), (BROKEN,)))
    total.add(Outcome("c.jpg", None, (Failure("EncryptedInput", "locked", "unlock it"),)))
    return total


def test_totals_count_documents_pages_and_numbers(tmp_path: Path) -> None:
    assert summary(tmp_path).totals() == {
        "documents": 3,
        "done": 1,
        "partly": 1,
        "failed": 1,
        "pages": 2,
        "numbers": 5,
        "accepted": 3,
        "review": 2,
    }


def test_the_report_says_what_became_of_every_document(tmp_path: Path) -> None:
    path = tmp_path / "report.json"
    write_report(path, summary(tmp_path), MADE, started="2026-01-02T03:04:05Z", seconds=2.0)
    report = json.loads(path.read_text())
    assert report["schema_version"] == 1
    assert report["model"] == {"name": "cnn", "sha256": "ab12"}
    assert report["page_readers"] == {"ink": "cd34"}
    assert report["options"] == {"review_below": 0.95}
    assert report["started"] == "2026-01-02T03:04:05Z"
    done, partly, failed = report["documents"]
    assert done == {
        "document": "a.png",
        "status": "done",
        "pages": [
            {
                "page": 1,
                "width": 400,
                "height": 600,
                "dpi": 100,
                "skew_degrees": 0,
                "turn": 0,
                "numbers": 5,
            }
        ],
        "failures": [],
        "notes": [],
        "outputs": ["a.pdf"],
        "seconds": 1.235,
    }
    assert partly["status"] == "partly"
    assert partly["failures"] == [
        {"page": 2, "kind": "UnreadableInput", "cause": "it is torn", "remedy": "scan it again"}
    ]
    assert (failed["status"], failed["pages"]) == ("failed", [])
    assert failed["failures"][0]["page"] is None


def test_a_report_without_times_is_the_same_each_time(tmp_path: Path) -> None:
    for name in ("one", "two"):
        write_report(tmp_path / name, summary(tmp_path), MADE)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def test_a_name_that_is_no_unicode_survives(tmp_path: Path) -> None:
    total = Summary()
    total.add(Outcome("caf\udce9 é.png", None))
    write_report(tmp_path / "report.json", total, MADE)
    text = (tmp_path / "report.json").read_text(encoding="utf-8")
    assert json.loads(text)["documents"][0]["document"] == "caf\udce9 é.png"
