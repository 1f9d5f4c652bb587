"""The clinic's data on disk, as Delta tables."""

from pipelines.store.store import Changes, Store, Writer

__all__ = ["Changes", "Store", "Writer"]
