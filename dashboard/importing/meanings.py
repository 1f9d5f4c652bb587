"""What a column of an export may mean, as a list to choose from."""

from functools import lru_cache

from pipelines.ingest.columns import in_words
from pipelines.ingest.columns.model import EFFECT
from pipelines.ingest.headers import load_headers
from pipelines.ingest.preview import ColumnSeen
from pipelines.vocabulary import load_vocabulary

__all__ = ["in_words", "options"]
NOT_KEPT = in_words(None)
"""What the meaning of such a column ends with: `name: not kept`."""


def options(column: ColumnSeen) -> list[str | None]:
    """Not kept, then every meaning that there is; the column's own is among them."""
    known = _known()
    return [None, *known, *([column.column] if column.column not in (None, *known) else [])]


@lru_cache(maxsize=1)
def _known() -> tuple[str, ...]:
    effects = (*load_vocabulary().side_effects.names, "none")
    return tuple(dict.fromkeys([*load_headers().names(), *(EFFECT + name for name in effects)]))
