from __future__ import annotations

from pathlib import PurePosixPath

from hypothesis import given
from hypothesis import strategies as st

from digitize.export.pdf.names import RESERVED, pdf_names

PARTS = st.sampled_from(
    [
        *("a", "A", "a.pdf", "a.jpg", "a.JPG", "a.jpg.pdf", "a.jpg.tif", "a.jpg (2).pdf", "a."),
        *("\u00e9.png", "e\u0301.png", "\u00c9.png", "straße.png", "STRASSE.png", ".png", "b"),
        *sorted(RESERVED),
    ]
)
DOCUMENTS = st.lists(st.lists(PARTS, min_size=1, max_size=3).map("/".join), max_size=12)


def key(path: PurePosixPath) -> str:
    import unicodedata

    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", str(path)).casefold())


def test_the_suffix_becomes_pdf() -> None:
    assert pdf_names(["a/scan.jpg", "b.tar.png", "c"]) == {
        "a/scan.jpg": PurePosixPath("a/scan.pdf"),
        "b.tar.png": PurePosixPath("b.tar.pdf"),
        "c": PurePosixPath("c.pdf"),
    }


def test_documents_that_would_share_a_pdf_keep_their_suffix() -> None:
    names = pdf_names(["a.jpg", "a.PNG", "b/a.jpg"])
    assert list(map(str, names.values())) == ["a.PNG.pdf", "a.jpg.pdf", "b/a.pdf"]


def test_case_alone_does_not_keep_two_apart() -> None:
    names = pdf_names(["SCAN.jpg", "scan.jpg"])
    assert list(map(str, names.values())) == ["SCAN.jpg.pdf", "scan.jpg (2).pdf"]


def test_a_folder_named_like_a_pdf_is_no_pdf() -> None:
    names = pdf_names(["a.jpg", "a.pdf/b.jpg"])
    assert str(names["a.jpg"]) == "a.jpg.pdf"


def test_a_folder_named_like_a_table_does_not_take_its_place() -> None:
    assert str(pdf_names(["Numbers.csv/b.jpg"])["Numbers.csv/b.jpg"]) == "_Numbers.csv/b.pdf"


@given(DOCUMENTS)
def test_no_two_documents_share_a_pdf(documents: list[str]) -> None:
    names = pdf_names(documents)
    assert set(names) == set(documents)
    keys = [key(path) for path in names.values()]
    assert len(set(keys)) == len(keys)
    folders = {key(folder) for path in names.values() for folder in path.parents}
    assert not folders & set(keys)
    assert not RESERVED & (folders | set(keys))
    assert all(path.suffix == ".pdf" for path in names.values())


@given(DOCUMENTS, st.randoms(use_true_random=False))
def test_the_order_of_documents_does_not_matter(documents: list[str], random: object) -> None:
    mixed = list(documents)
    random.shuffle(mixed)  # type: ignore[attr-defined]
    assert pdf_names(mixed) == pdf_names(documents)


LETTERS = st.sampled_from(["x", "\u00e9", "\N{SNOWMAN}", "\N{PILE OF POO}"])


@given(LETTERS, st.integers(225, 255), st.sampled_from([".jpg", ".png", ""]))
def test_a_name_is_cut_to_what_disks_take_and_stays_apart(
    letter: str, longest: int, suffix: str
) -> None:
    stem = letter * ((longest - len(suffix)) // len(letter.encode()))
    other = stem[:-1] + ("y" if letter == "x" else letter + "y")
    names = pdf_names([stem + suffix, other + suffix, stem + ".gif"])
    assert len(set(names.values())) == 3
    for path in names.values():
        room = len(" (99).alto.xml") - len(".pdf")
        assert len(path.name.encode()) + room <= 255


def test_a_long_name_is_cut_at_a_letter_and_marked() -> None:
    (path,) = pdf_names(["\N{SNOWMAN}" * 84 + ".jpg"]).values()
    stem, mark = path.stem.split("~")
    assert set(stem) == {"\N{SNOWMAN}"}
    assert len(mark) == 8
