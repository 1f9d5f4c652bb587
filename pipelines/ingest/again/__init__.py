"""Visits exported again: recognised under other numbers, and known visits that a file lacks."""

from pipelines.ingest.again.file import File
from pipelines.ingest.again.recognise import Recognised, recognise
from pipelines.ingest.again.zeros import require_zeros_as_known

__all__ = ["File", "Recognised", "recognise", "require_zeros_as_known"]
