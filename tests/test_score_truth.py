"""Truth files become what stands on a page; a damaged one is named with what is wrong in it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from score_folders import true, write_truth

from digitize.errors import UnreadableInput, UsageError
from digitize.records import Box
from digitize.score.truth import TrueDigit, TrueNumber, read_truth, read_truths


def test_a_truth_file_is_read_with_its_boxes_and_keys(tmp_path: Path) -> None:
    path = write_truth(tmp_path, "a.tif", true("7"), {"text": "2.5"}, page=3, kind="plain", dpi=200)
    truth = read_truth(path)
    box = Box(40, 60, 20, 30)
    assert truth.numbers == (
        TrueNumber("7", box, (TrueDigit("7", box),)),
        TrueNumber("2.5", None, None),
    )
    assert (truth.image, truth.page, truth.complete) == ("a.tif", 3, True)
    assert truth.path == path
    assert [truth.group(key) for key in ("kind", "dpi", "document", "pen")] == [
        "plain",
        "200",
        "a.tif",
        "?",
    ]


@pytest.mark.parametrize(("said", "complete"), [(True, True), (False, False), (None, False)])
def test_a_truth_is_complete_unless_it_says_otherwise(
    tmp_path: Path, said: bool | None, complete: bool
) -> None:
    assert read_truth(write_truth(tmp_path, "a.png", complete=said)).complete is complete


GOOD = {"image": "a.png", "numbers": []}
BOXED = {"text": "7", "box": [0, 0, 1, 1]}


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("{", "the truth file is not JSON"),
        ("[" * 100_000, "the truth file is not JSON"),
        ("[]", "it is not an object in braces"),
        ({"numbers": []}, '"image" is not the name of a file'),
        ({**GOOD, "page": 0}, '"page" is not a count from 1'),
        ({**GOOD, "page": "1"}, '"page" is not a count from 1'),
        ({**GOOD, "complete": "yes"}, '"complete" is not true, false or null'),
        ({"image": "a.png"}, '"numbers" is not a list in brackets'),
        ({**GOOD, "numbers": ["7"]}, "number 1 is not an object in braces"),
        ({**GOOD, "numbers": [BOXED, {"text": 7}]}, '"text" of number 2 is not a text'),
        ({**GOOD, "numbers": [{**BOXED, "box": [0, 0, 1]}]}, '"box" of number 1 is not [x, y'),
        ({**GOOD, "numbers": [{**BOXED, "box": [0, 0, 0, 1]}]}, "with a size above 0"),
        ({**GOOD, "numbers": [{**BOXED, "box": [0, 0, "1", 1]}]}, '"box" of number 1 is not'),
        ({**GOOD, "numbers": [{**BOXED, "digits": {}}]}, '"digits" of number 1 is not a list'),
        (
            {**GOOD, "numbers": [{**BOXED, "digits": [{"digit": 10, "box": [0, 0, 1, 1]}]}]},
            '"digit" of digit 1 of number 1 is not 0 to 9',
        ),
        (
            {**GOOD, "numbers": [{**BOXED, "digits": [{"digit": 1}]}]},
            '"box" of digit 1 of number 1 is not a list',
        ),
    ],
)
def test_damage_is_told_with_the_file_and_the_place(
    tmp_path: Path, content: object, said: str
) -> None:
    path = tmp_path / "page.json"
    path.write_text(content if isinstance(content, str) else json.dumps(content))
    with pytest.raises(UnreadableInput) as refused:
        read_truth(path)
    assert said in refused.value.cause
    assert refused.value.cause.startswith(f"{path}: ")
    assert refused.value.remedy == "Correct the file, or take it out of the folder"


def test_a_truth_in_another_encoding_is_damage(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_bytes('{"image": "\xe4.png"}'.encode("latin-1"))
    with pytest.raises(UnreadableInput, match="not JSON"):
        read_truth(tmp_path / "a.json")


def test_a_truth_that_cannot_be_opened_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.json").mkdir()
    with pytest.raises(UnreadableInput, match=r"a\.json: the truth file cannot be opened"):
        read_truths(tmp_path)


def test_an_empty_folder_of_truths_is_refused(tmp_path: Path) -> None:
    (tmp_path / ".hidden.json").write_text("{}")
    with pytest.raises(UsageError, match=r"there is no truth file in it\. Give a folder"):
        read_truths(tmp_path)
    with pytest.raises(UsageError, match="there is no such folder of truth files"):
        read_truths(tmp_path / "nowhere")


def test_two_truths_of_one_page_are_refused_and_of_two_pages_are_not(tmp_path: Path) -> None:
    write_truth(tmp_path, "a.tif", name="1")
    write_truth(tmp_path, "a.tif", name="2", page=2)
    assert [truth.page for truth in read_truths(tmp_path)] == [1, 2]
    write_truth(tmp_path, "a.tif", name="3", page=2)
    with pytest.raises(UsageError, match=r"3\.json: 2\.json holds the truth of the same page"):
        read_truths(tmp_path)
