"""Many documents: one outcome each, in stable order, streamed to the writers."""

from digitize.batch.events import JsonLog, Tell, untold
from digitize.batch.progress import Progress, Silent
from digitize.batch.run import run
from digitize.export.report import REPORT

__all__ = ["REPORT", "JsonLog", "Progress", "Silent", "Tell", "run", "untold"]
