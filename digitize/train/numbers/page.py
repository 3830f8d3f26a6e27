"""The page about a reader of numbers, for people."""

from __future__ import annotations

from digitize.sequence.network import SequenceCard


def sequence_page(card: SequenceCard, command: str, file_sha256: str) -> str:
    """Return the page about the reader for people, in Markdown."""
    rows = [
        ("family", card.family),
        ("data", card.data),
        ("split", card.split),
        ("seed", str(card.seed)),
        ("training time", f"{card.seconds / 60:.1f} minutes"),
        ("temperature, fitted on what was held back", f"{card.temperature:.2f}"),
        *(
            (f"numbers read wholly right, held back, {name}", f"{share:.1%}")
            for name, share in card.held_back_exact.items()
        ),
        *(
            (f"calibration error (ECE) of their confidences, {name}", f"{error:.4f}")
            for name, error in card.held_back_ece.items()
        ),
        ("SHA-256 of the weights", f"`{card.weights_sha256}`"),
        ("SHA-256 of the file", f"`{file_sha256}`"),
        ("made with", card.made_with),
    ]
    table = "\n".join(f"| {name} | {value} |" for name, value in rows)
    return (
        f"# {card.name}\n\nReads whole numbers at once: the second reader.\n\n"
        f"| | |\n|---|---|\n{table}\n\nMade by:\n\n    {command}\n"
    )
