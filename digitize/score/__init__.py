"""How good a run was, by what truly stands on its pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from digitize.errors import UsageError
from digitize.score.confusions import Confusion, confusions_of
from digitize.score.delivered import Delivered, file_name, read_delivered
from digitize.score.figures import Figures, figures_of
from digitize.score.judged import JudgedPage, judge_page
from digitize.score.truth import UNGROUPED, PageTruth, read_truths

__all__ = ["Confusion", "Figures", "JudgedPage", "Scores", "score"]


@dataclass(frozen=True, slots=True)
class Scores:
    """A run judged by its truth.

    groups: figures by the value of the key asked for, in the order of the truth files; empty where
    none was. unread: images with a truth that the run does not name; they count as nothing read.
    untold: documents of the run without a truth; they do not count. dpi: of drawn PDF pages.
    """

    overall: Figures
    groups: Mapping[str, Figures]
    confusions: tuple[Confusion, ...]
    unread: tuple[str, ...]
    untold: tuple[str, ...]
    pages: tuple[JudgedPage, ...]
    dpi: int

    def as_json(self) -> dict[str, object]:
        """Return all figures as plain data."""
        return {
            "all": asdict(self.overall),
            "groups": {name: asdict(figures) for name, figures in self.groups.items()},
            "confusions": [asdict(confusion) for confusion in self.confusions],
            "unread": list(self.unread),
            "without_truth": list(self.untold),
        }


def score(out: Path, truth: Path, by: str | None = None) -> Scores:
    """Return how good the run in the folder `out` is by the truth files in the folder `truth`.

    by: a key of the truth files, or "document". UsageError where tables or truth files are not
    there, no document is in both, or no truth has the key; UnreadableInput where a file is damaged.
    """
    delivered, truths = read_delivered(out), read_truths(truth)
    images = {one.image for one in truths}
    _check_documents(delivered, images, out, truth)
    if by is not None:
        _check_key(truths, by, truth)
    pages = tuple(_judged(one, delivered) for one in truths)
    named = {file_name(document) for document in delivered.documents}
    return Scores(
        overall=figures_of(pages),
        groups=_grouped(pages, by) if by is not None else {},
        confusions=confusions_of(pages),
        unread=tuple(sorted(images - named)) if delivered.told else (),
        untold=tuple(sorted(d for d in delivered.documents if file_name(d) not in images)),
        pages=pages,
        dpi=delivered.dpi,
    )


def _judged(truth: PageTruth, delivered: Delivered) -> JudgedPage:
    key = truth.image, truth.page
    return judge_page(truth, delivered.numbers.get(key, ()), delivered.digits.get(key, ()))


def _grouped(pages: Iterable[JudgedPage], by: str) -> dict[str, Figures]:
    groups: dict[str, list[JudgedPage]] = {}
    for page in pages:
        groups.setdefault(page.truth.group(by), []).append(page)
    return {name: figures_of(members) for name, members in groups.items()}


def _check_documents(delivered: Delivered, images: set[str], out: Path, truth: Path) -> None:
    """Raise UsageError unless some document is in both, and none of them is there twice."""
    first: dict[str, str] = {}
    for document in sorted(delivered.documents):
        name = file_name(document)
        earlier = first.setdefault(name, document)
        if name in images and earlier != document:
            raise UsageError(
                f"{out}: the truth of {name} could be that of {earlier} or of {document}",
                "Run the folders apart, and score each with its own truth",
            )
    if first and not images.intersection(first):
        raise UsageError(
            f"no document of {out} has a truth in {truth}: the first there is {min(first)}, "
            f"the first here {min(images)}",
            'Give the truth of that run; "image" in it is the document\'s file name',
        )


def _check_key(truths: Sequence[PageTruth], by: str, folder: Path) -> None:
    if all(truth.group(by) == UNGROUPED for truth in truths):
        known = sorted({"document"}.union(*(truth.keys for truth in truths)))
        raise UsageError(
            f"--by {by}: no truth file in {folder} has this key", f"Take one of {', '.join(known)}"
        )
