"""Stores of files behind addresses: opened by fsspec, tried again, and what they say in our words.

fsspec (https://filesystem-spec.readthedocs.io) is imported only here, where an address was given.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, TypeVar

from digitize.errors import UsageError, first_line
from digitize.load.addresses import without_secrets

Found = TypeVar("Found")

PAUSES = (0.5, 2.0)  # seconds before the second and the third try
PATIENCE = 10.0  # seconds after which no more is tried: the library did so itself
LASTING = (FileNotFoundError, PermissionError, IsADirectoryError, NotImplementedError, ValueError)
"""What a second try would meet again."""


def open_store(address: str) -> tuple[Any, str]:
    """Return the file system that `address` belongs to, as fsspec has it, and the path in it.

    UsageError where what opens such addresses is not installed.
    """
    try:
        from fsspec.core import url_to_fs
    except ImportError as error:
        raise UsageError(
            f"{without_secrets(address)}: what opens addresses is not installed",
            'Install it: pip install "digitize[cloud]"',
        ) from error
    try:
        system, path = url_to_fs(address)
    except ImportError as error:
        raise _not_installed(address, error) from error
    except Exception as error:  # each library has its own; of a name that it does not take
        raise UsageError(
            f"{without_secrets(address)}: such an address cannot be opened ({why(error)})",
            "Give one that begins with s3://, gs://, https:// or another scheme of fsspec",
        ) from error
    return system, str(path)


def _not_installed(address: str, error: ImportError) -> UsageError:
    of_ours = address.lower().startswith(("s3://", "s3a://", "http://", "https://"))
    remedy = (
        'Install it: pip install "digitize[cloud]"'
        if of_ours
        else f"Install it beside digitize; fsspec says: {first_line(error)}"
    )
    scheme = address.partition("://")[0]
    return UsageError(
        f"{without_secrets(address)}: what opens {scheme}:// is not installed", remedy
    )


def tried(call: Callable[[], Found]) -> Found:
    """Return what `call` returns, tried again a few times where the connection may be at fault."""
    started = time.monotonic()
    for pause in PAUSES:
        try:
            return call()
        except LASTING:
            raise
        except Exception:  # each library has its own
            if time.monotonic() + pause - started > PATIENCE:
                raise
            time.sleep(pause)
    return call()


def why(error: BaseException) -> str:
    """Return why a store refused something, in a few words without secrets."""
    said = getattr(error, "strerror", None) or first_line(error)
    text = without_secrets(str(said)).strip().rstrip(".")
    if isinstance(error, FileNotFoundError) and ("/" in text or not text):  # the path alone
        return "there is no such object"
    return text[:1].lower() + text[1:] if text else type(error).__name__
