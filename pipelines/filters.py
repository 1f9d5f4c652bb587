"""From the names that a person types to a Selection; an unknown one is told the nearest."""

from collections.abc import Mapping
from datetime import date
from difflib import get_close_matches

from pipelines.errors import BadUsage
from pipelines.selection import Clinic, Selection
from pipelines.tables import MIXED, UNKNOWN, UNMAPPED, UNSPECIFIED
from pipelines.vocabulary import Terms, load_vocabulary

ALSO = {"condition": (UNSPECIFIED, UNMAPPED), "technique": (MIXED, UNKNOWN)}


def selection_of(
    clinic: Clinic,
    start: date | None,
    end: date | None,
    given: Mapping[str, tuple[str, ...]],
) -> tuple[Selection, dict]:
    """The selection, and the filters as the summary's contract names them.

    Raises BadUsage where a name is unknown or the period ends before it begins.
    """
    if start and end and end < start:
        raise BadUsage(f"The period ends ({end}) before it begins ({start}).")
    names = {
        kind: tuple(_known(clinic, kind, text) for text in texts) for kind, texts in given.items()
    }
    filters = {"from": start.isoformat() if start else None, "to": end.isoformat() if end else None}
    filters = {name: value for name, value in filters.items() if value}
    filters |= {kind: list(texts) for kind, texts in names.items()}
    return Selection(start=start, end=end, **names), filters


def _known(clinic: Clinic, kind: str, text: str) -> str:
    terms = _terms(kind)
    in_data = [str(word) for word in clinic.visits[kind].cat.categories]
    allowed = [*(terms.names if terms else ()), *ALSO.get(kind, ()), *in_data]
    folded = {word.casefold(): word for word in allowed}
    found = folded.get(" ".join(text.split()).casefold()) or (terms.find(text) if terms else None)
    if found:
        return found
    near = get_close_matches(text.casefold(), folded, n=1, cutoff=0.4)
    nearest = folded[near[0]] if near else (terms.nearest(text) if terms else None)
    advice = f" Did you mean {nearest!r}?" if nearest else ""
    raise BadUsage(f"No {kind} is called {text!r}.{advice}")


def _terms(kind: str) -> Terms | None:
    vocabulary = load_vocabulary()
    return {
        "condition": vocabulary.conditions,
        "technique": vocabulary.techniques,
        "chronicity": vocabulary.chronicities,
    }.get(kind)
