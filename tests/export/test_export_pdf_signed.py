"""Signed PDFs: the copy is an honest unsigned one, it looks the same, and its owner is told."""

from __future__ import annotations

import subprocess
from pathlib import Path

import numpy as np
import pikepdf
import pytest
from awkward_pdfs import awkward
from export_pages import assert_on_ink, document, page, rendered

from digitize.batch.run import write_outcome
from digitize.export import WRITERS, ExportOptions, Summary
from digitize.records import Outcome

NOTE = (
    "it is signed by A. Registrar, and its searchable PDF is an unsigned copy: the signature is "
    "that of the original, which is unchanged"
)


def told_by_pdfsig(pdf: Path) -> str:
    done = subprocess.run(["pdfsig", "-nocert", str(pdf)], capture_output=True, text=True)
    return done.stdout


@pytest.mark.parametrize("format_", ["pdf", "pdfa"])
def test_the_copy_of_a_signed_pdf_is_unsigned_and_says_so(tmp_path: Path, format_: str) -> None:
    given = awkward("signed", tmp_path)
    before = given.path.read_bytes()
    assert "Signature" in told_by_pdfsig(given.path)
    with WRITERS[format_](tmp_path / "out", ["in.pdf"], ExportOptions(marks="off")) as pdfs:
        pdfs.add(document("in.pdf", given.path))
        assert pdfs.cautions() == (NOTE,)
    pdf = tmp_path / "out" / "in.pdf"
    assert "The signature form field is not signed" in told_by_pdfsig(pdf)
    assert np.array_equal(rendered(pdf), rendered(given.path))
    assert_on_ink(pdf, page())
    assert given.path.read_bytes() == before


def test_the_note_stands_in_the_report(tmp_path: Path) -> None:
    given = awkward("signed", tmp_path)
    summary = Summary()
    with WRITERS["pdf"](tmp_path / "out", ["in.pdf"], ExportOptions()) as pdfs:
        written, outputs = write_outcome(Outcome("in.pdf", document("in.pdf", given.path)), [pdfs])
        summary.add(written, outputs)
    assert summary.entries[0]["notes"] == [NOTE]
    assert summary.entries[0]["status"] == "done"


def test_the_next_document_is_not_said_to_be_signed(tmp_path: Path) -> None:
    signed, plain = awkward("signed", tmp_path), awkward("user unit 2", tmp_path)
    with WRITERS["pdf"](tmp_path / "out", ["a.pdf", "b.pdf"], ExportOptions()) as pdfs:
        pdfs.add(document("a.pdf", signed.path))
        pdfs.add(document("b.pdf", plain.path))
        assert pdfs.cautions() == ()


def test_a_signature_in_a_field_of_fields_is_found(tmp_path: Path) -> None:
    given = awkward("signed", tmp_path)
    with pikepdf.open(given.path, allow_overwriting_input=True) as opened:
        field = opened.Root.AcroForm.Fields[0]
        del field.FT, opened.Root.Perms, field.V.Name
        group = pikepdf.Dictionary(
            FT=pikepdf.Name.Sig, T=pikepdf.String("all"), Kids=pikepdf.Array([field])
        )
        opened.Root.AcroForm.Fields = pikepdf.Array([opened.make_indirect(group)])
        opened.save()
    with WRITERS["pdf"](tmp_path / "out", ["in.pdf"], ExportOptions()) as pdfs:
        pdfs.add(document("in.pdf", given.path))
        (note,) = pdfs.cautions()
    assert note.startswith("it is signed by somebody whose name stands in the certificate, and")
