"""How a run tells the outside that it goes on."""

from __future__ import annotations

from typing import Protocol

from digitize.records import Outcome


class Progress(Protocol):
    """Is told how a run goes on."""

    def page_read(self, document: str, page: int) -> None:
        """Take note of a page that was read; pages of several documents come mixed."""
        ...

    def document_done(self, outcome: Outcome) -> None:
        """Take note of a finished document, for better or worse."""
        ...


class Silent:
    """Progress that nobody watches."""

    def page_read(self, document: str, page: int) -> None:
        """Say nothing."""

    def document_done(self, outcome: Outcome) -> None:
        """Say nothing."""
