"""Every error carries its exit code, its cause and what to do next."""

from __future__ import annotations

import pickle
from collections.abc import Iterator

import pytest

from digitize import errors
from digitize.errors import (
    DigitizeError,
    EncryptedInput,
    ExitCode,
    ModelUnusable,
    OutputNotWritable,
    OversizedPicture,
    UnreadableInput,
    UsageError,
)

CODES = {
    UsageError: 2,
    UnreadableInput: 3,
    EncryptedInput: 3,
    OversizedPicture: 3,
    OutputNotWritable: 5,
    ModelUnusable: 6,
}


def tree(root: type[DigitizeError] = DigitizeError) -> Iterator[type[DigitizeError]]:
    yield root
    for branch in root.__subclasses__():
        yield from tree(branch)


ERRORS = sorted(set(tree()), key=lambda error: error.__name__)


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: error.__name__)
def test_every_error_has_a_code_that_is_a_failure(error: type[DigitizeError]) -> None:
    assert isinstance(error.exit_code, ExitCode)
    assert error.exit_code is not ExitCode.OK


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: error.__name__)
def test_every_error_says_the_cause_then_the_remedy(error: type[DigitizeError]) -> None:
    message = str(error("a.pdf: needs a password", "Give it with --password"))
    assert message == "a.pdf: needs a password. Give it with --password."
    assert str(error("a.pdf: is empty", "Scan it again.")) == "a.pdf: is empty. Scan it again."


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: error.__name__)
def test_every_error_comes_back_whole_from_a_worker(error: type[DigitizeError]) -> None:
    back = pickle.loads(pickle.dumps(error("cause", "remedy")))
    assert (type(back), back.cause, back.remedy) == (error, "cause", "remedy")


@pytest.mark.parametrize(("error", "code"), CODES.items(), ids=lambda value: str(value))
def test_the_codes_are_the_promised_ones(error: type[DigitizeError], code: int) -> None:
    assert error.exit_code == code


def test_the_exit_codes_are_the_promised_ones() -> None:
    assert {code.name: code.value for code in ExitCode} == {
        "OK": 0,
        "USAGE": 2,
        "SOME_FAILED": 3,
        "NOTHING_READ": 4,
        "OUTPUT": 5,
        "MODEL": 6,
        "INTERRUPTED": 130,
    }


def test_the_drawn_tree_names_every_error() -> None:
    assert errors.__doc__
    drawn = [error for error in ERRORS if error.__module__ == errors.__name__]
    assert [error.__name__ for error in drawn if error.__name__ not in errors.__doc__] == []
