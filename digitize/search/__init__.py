"""Numbers of a run found again by their text, also where they were first read as another.

renew_index(Path("results"))                        # where its run left no index of its own
for hit in search(Path("results"), "1203"):
    print(hit.document, hit.page, hit.read, hit.confidence)
"""

from digitize.search.changed import changed_originals
from digitize.search.describe import describe_hits, describe_missing
from digitize.search.find import Hit, search
from digitize.search.renew import renew_index
from digitize.search.show import draw_hits

__all__ = [
    "Hit",
    "changed_originals",
    "describe_hits",
    "describe_missing",
    "draw_hits",
    "renew_index",
    "search",
]
