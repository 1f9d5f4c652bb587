"""Visits exported again: recognised under other numbers, and known visits that a file lacks."""

from pipelines.ingest.again.file import File
from pipelines.ingest.again.recognise import Recognised, recognise

__all__ = ["File", "Recognised", "recognise"]
