"""From the headers and values of an export to the columns of a session."""

from pipelines.ingest.columns.ask import in_words
from pipelines.ingest.columns.model import Columns, EffectColumn, labels
from pipelines.ingest.columns.names import likeness
from pipelines.ingest.columns.settled import place_of
from pipelines.ingest.columns.understand import look_over, require_settled, understand

__all__ = [
    "Columns", "EffectColumn", "in_words", "labels", "likeness", "look_over", "place_of",
    "require_settled", "understand",
]  # fmt: skip
