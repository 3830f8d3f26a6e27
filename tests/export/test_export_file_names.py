from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from test_export_pdf_names import DOCUMENTS, key

from digitize.export.file_names import file_names
from digitize.export.pdf.names import RESERVED, pdf_names

SUFFIXES = (".json", ".hocr", ".alto.xml")
ODD = st.lists(
    st.lists(
        st.sampled_from(["report", "Report.png", "a.json", "a.png", "report (2).jpg", "a.hocr"]),
        min_size=1,
        max_size=2,
    ).map("/".join),
    max_size=8,
)


def test_a_file_is_named_as_its_documents_pdf() -> None:
    names = file_names(["a/scan.jpg", "a/scan.png", "b.tar.png"], ".alto.xml")
    assert {name: str(path) for name, path in names.items()} == {
        "a/scan.jpg": "a/scan.jpg.alto.xml",
        "a/scan.png": "a/scan.png.alto.xml",
        "b.tar.png": "b.tar.alto.xml",
    }


def test_a_document_named_report_does_not_take_the_reports_place() -> None:
    assert str(file_names(["report.png"], ".json")["report.png"]) == "report (2).json"
    assert str(file_names(["a/report.png"], ".json")["a/report.png"]) == "a/report.json"


def test_a_folder_named_like_a_file_is_no_file() -> None:
    names = file_names(["a.png", "a.json/b.png"], ".json")
    assert str(names["a.png"]) == "a (2).json"


@given(st.one_of(DOCUMENTS, ODD))
def test_no_two_files_of_a_run_share_a_place(documents: list[str]) -> None:
    files = [*pdf_names(documents).values()]
    for suffix in SUFFIXES:
        names = file_names(documents, suffix)
        assert set(names) == set(documents)
        files += names.values()
    keys = [key(path) for path in files]
    assert len(set(keys)) == len(keys)
    folders = {key(folder) for path in files for folder in path.parents}
    assert not (folders | RESERVED) & set(keys)


@given(st.one_of(DOCUMENTS, ODD), st.randoms(use_true_random=False))
def test_the_order_of_documents_does_not_matter(documents: list[str], random: object) -> None:
    mixed = list(documents)
    random.shuffle(mixed)  # type: ignore[attr-defined]
    assert file_names(mixed, ".json") == file_names(documents, ".json")
