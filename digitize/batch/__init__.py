"""Many documents: one outcome each, in stable order, streamed to the writers."""

from digitize.batch.progress import Progress, Silent
from digitize.batch.run import REPORT, run

__all__ = ["REPORT", "Progress", "Silent", "run"]
