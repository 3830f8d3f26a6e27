"""models/NAME.md: the page about a model for people."""

from __future__ import annotations

from digitize.classify import ModelCard
from digitize.train.evaluation import FolderEvaluation

MEASURED = "## Measured on digits that training never saw"
HEADS = (
    "| digits | number | error | 95 % interval | calibration error (ECE) |\n|---|---|---|---|---|"
)


def card_page(card: ModelCard, command: str, file_sha256: str) -> str:
    """Return the page, in Markdown, of the model that `command` made."""
    rows = [
        ("family", card.family),
        ("data", card.data),
        ("split", card.split),
        ("not a digit", card.not_digits),
        ("seed", str(card.seed)),
        ("training time", f"{card.seconds / 60:.1f} minutes"),
        ("calibration, fitted on what was held back", card.calibration),
        ("error, held-back digits", f"{card.held_back_error:.2%}"),
        ("calibration error (ECE), held-back digits", f"{card.held_back_ece:.4f}"),
        ("SHA-256 of the weights", f"`{card.weights_sha256}`"),
        ("SHA-256 of the file", f"`{file_sha256}`"),
        ("made with", card.made_with),
    ]
    table = "\n".join(f"| {name} | {value} |" for name, value in rows)
    return f"# {card.name}\n\n| | |\n|---|---|\n{table}\n\nMade by:\n\n    {command}\n"


def with_measurement(page: str, result: FolderEvaluation) -> str:
    """Return `page` with the row of `result` added, or put in place of that set's earlier row."""
    if MEASURED not in page:
        page = f"{page.rstrip()}\n\n{MEASURED}\n\n{HEADS}\n"
    row = measurement_row(result)
    start = row[: row.index("|", 1) + 1]
    kept = [line for line in page.rstrip().splitlines() if not line.startswith(start)]
    return "\n".join([*kept, row]) + "\n"


def measurement_row(result: FolderEvaluation) -> str:
    """Return `result` as a row of the page's table of measured figures."""
    figures, form = result.evaluation, ", normalised" if result.normalised else ""
    cells = [
        f"{result.data} {result.split}{form}",
        f"{figures.count:,}",
        f"{figures.error_rate:.2%} ({figures.errors})",
        f"{figures.low:.2%} to {figures.high:.2%}",
        f"{figures.ece:.4f}",
    ]
    return f"| {' | '.join(cells)} |"
