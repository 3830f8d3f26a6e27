"""Many documents: one outcome each, in stable order, streamed to the writers."""

from digitize.batch.progress import Progress, Silent
from digitize.batch.run import run
from digitize.export.report import REPORT

__all__ = ["REPORT", "Progress", "Silent", "run"]
