from __future__ import annotations

import pytest

from digitize.errors import UsageError
from digitize.train.datasets.download import source_address

VARIABLE, USUAL = "A_MIRROR_URL", "https://usual.example/files/"


@pytest.mark.parametrize("address", ["file:///etc", "ftp://host/", "mnist", "//host/", "https://"])
def test_addresses_that_are_not_of_the_web_are_refused(monkeypatch, address):
    monkeypatch.setenv(VARIABLE, address)
    with pytest.raises(UsageError, match=r"A_MIRROR_URL: .* is not an address of the web"):
        source_address(VARIABLE, USUAL)


@pytest.mark.parametrize("given", [None, ""])
def test_without_a_mirror_the_usual_source_is_asked(monkeypatch, given):
    monkeypatch.delenv(VARIABLE, raising=False)
    if given is not None:
        monkeypatch.setenv(VARIABLE, given)
    assert source_address(VARIABLE, USUAL) == USUAL


@pytest.mark.parametrize("given", ["http://mirror", "http://mirror/"])
def test_a_mirror_is_a_folder_with_or_without_its_slash(monkeypatch, given):
    monkeypatch.setenv(VARIABLE, given)
    assert source_address(VARIABLE, USUAL) == "http://mirror/"
