"""What a run came to, as a small table of text."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from digitize.export import Summary


def closing_table(summary: Summary, seconds: float) -> list[str]:
    """Return a line each for documents, pages, numbers and time: how many, and of which kinds."""
    held = pages_from_journal(summary)
    failed = sum(_length(entry["failures"]) for entry in summary.entries)
    a_minute = round((summary.pages - held) / max(seconds, 1e-3) * 60)
    rows = (
        (
            "documents",
            f"{summary.documents:,}",
            f"{summary.done:,} done, {summary.partly:,} in part, {summary.failed:,} failed",
        ),
        ("pages", f"{summary.pages:,}", f"{held:,} from the journal; {failed:,} failures"),
        (
            "numbers",
            f"{summary.numbers:,}",
            f"{summary.accepted:,} accepted, {summary.review:,} to review",
        ),
        ("seconds", f"{seconds:,.1f}", f"{a_minute:,} pages read a minute"),
    )
    widest = max(len(count) for _, count, _ in rows)
    return [f"{name:<9}  {count:>{widest}}  {kinds}" for name, count, kinds in rows]


def pages_from_journal(summary: Summary) -> int:
    """Return how many pages an earlier run had read."""
    return sum(_number(entry.get("pages_from_journal", 0)) for entry in summary.entries)


def _number(value: object) -> int:
    return value if isinstance(value, int) else 0


def _length(value: object) -> int:
    return len(value) if isinstance(value, list) else 0
