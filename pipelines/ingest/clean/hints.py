"""What a file suggests about the order of its dates without ever settling it."""

import re

from pipelines.ingest.clean.opened import Opened
from pipelines.ingest.dates import Hint
from pipelines.vocabulary import normalised

DAY_FIRST_HEADER = re.compile(r"\b(datum|tag|fecha|jour|date (de|du)|seance)\b|datum$")
COMMA = re.compile(r"^\d,\d$")


def date_hints(file: Opened) -> tuple[Hint, ...]:
    """Orders that the file makes likelier: by its delimiter, decimal commas and language."""
    found = []
    if file.table.layout.delimiter == ";":
        found.append(Hint("dmy", "Semicolons between the cells"))
    if _decimal_commas(file):
        found.append(Hint("dmy", "Decimal commas"))
    if DAY_FIRST_HEADER.search(normalised(file.header("session_date"))):
        found.append(Hint("dmy", "The header’s language"))
    return tuple(found)


def _decimal_commas(file: Opened) -> bool:
    scores = [file.cells(name) for name in ("pain_before", "pain_after")]
    return any(
        word is not None and COMMA.match(word) for cells in scores if cells for word in cells.words
    )
