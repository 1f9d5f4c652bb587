"""The clinic's data on disk, as Delta tables."""

from pipelines.store.store import Store
from pipelines.store.writer import Changes, Writer

__all__ = ["Changes", "Store", "Writer"]
