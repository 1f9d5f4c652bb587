"""What a column of an export may mean, as a list to choose from."""

from pipelines.ingest.headers import load_headers
from pipelines.ingest.preview import ColumnSeen

NOT_KEPT = "not kept"


def options(column: ColumnSeen) -> list[str | None]:
    """Not kept, and every column that the importer knows; what the column is now among them."""
    known = dict.fromkeys(header.column for header in load_headers().columns)
    return [None, *dict.fromkeys([*known, *([column.column] if column.column else [])])]


def in_words(column: str | None) -> str:
    """A column of the importer in a clinic's words."""
    return NOT_KEPT if column is None else column.replace("_", " ")
