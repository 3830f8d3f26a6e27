"""Encrypted PDFs: their copy opens without a password, and whoever gave one is told so."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest
from awkward_pdfs import awkward
from export_pages import document

from digitize.export import WRITERS, ExportOptions

PASSWORDS = {"owner": "o", "user": "secret"}


def told(tmp_path: Path, name: str, *passwords: str) -> tuple[str, ...]:
    with WRITERS["pdf"](tmp_path / "out", ["in.pdf"], ExportOptions(passwords=passwords)) as pdfs:
        pdfs.add(document("in.pdf", tmp_path / name))
        return tuple(pdfs.cautions())


@pytest.mark.parametrize("password", ["o", "secret"])
@pytest.mark.parametrize("revision", [4, 6])
def test_that_a_password_is_not_set_again_is_told(
    tmp_path: Path, password: str, revision: int
) -> None:
    plain = awkward("user unit 2", tmp_path).path
    with pikepdf.open(plain) as pdf:
        pdf.save(tmp_path / "locked.pdf", encryption=pikepdf.Encryption(**PASSWORDS, R=revision))
    (note,) = told(tmp_path, "locked.pdf", password)
    assert note.startswith("it opens with a password only, and its searchable PDF without one")


def test_a_pdf_that_opens_without_a_password_needs_no_word(tmp_path: Path) -> None:
    given = awkward("encrypted for its owner", tmp_path)
    assert told(tmp_path, given.path.name) == ()
