"""What a person, a saved mapping or a profile says of the columns of a file."""

from collections.abc import Iterable
from dataclasses import dataclass

from pipelines.errors import FileRefused
from pipelines.ingest.cells import one_line
from pipelines.ingest.columns.model import EFFECT, labels
from pipelines.ingest.headers import load_headers
from pipelines.ingest.questions import Mapping
from pipelines.vocabulary import load_vocabulary, normalised

ANSWERED, SAVED, PROFILE = 6, 5, 4


@dataclass(frozen=True)
class Source:
    """A mapping and where it comes from, in words such as `the mapping Front desk`."""

    mapping: Mapping
    words: str
    trust: int


def by_position(
    header: tuple[str, ...], sources: Iterable[Source]
) -> dict[int, tuple[str | None, Source]]:
    """What is settled about the columns at their places; the most trusted source holds.

    Raises FileRefused where a person's mapping names a header that the file lacks.
    """
    found: dict[int, tuple[str | None, Source]] = {}
    taken: dict[str, int] = {}
    for source in sources:
        for label, column in source.mapping.columns.items():
            position = place_of(label, header)
            if position is None:
                if source.trust > PROFILE:
                    raise _lacks(label, source, header)
                continue
            if position in found or _is_taken(column, taken, source):
                continue
            found[position] = (column, source)
            if column is not None:
                taken[column] = source.trust
    return found


def _is_taken(column: str | None, taken: dict[str, int], source: Source) -> bool:
    """Whether a more trusted source gave this column away; a name may stand in several."""
    return column in taken and column != "patient_name" and not _is_effect(column)


def _is_effect(column: str | None) -> bool:
    return column is not None and column.startswith(EFFECT)


def place_of(label: str, header: tuple[str, ...]) -> int | None:
    """Where the file has this header: as it stands, else whatever its case and signs."""
    names = labels(header)
    if label in names:
        return names.index(label)
    loose = [loosely(name) for name in names]
    return loose.index(loosely(label)) if loosely(label) in loose else None


def loosely(text: str) -> str:
    """A header without what a spreadsheet may change: case, spacing; signs alone stay."""
    return normalised(text) or one_line(text)


def _lacks(label: str, source: Source, header: tuple[str, ...]) -> FileRefused:
    near = ", ".join(f"“{one_line(text)}”" for text in header[:8] if text.strip())
    return FileRefused(
        f"The file has no column “{one_line(label)}”, which {source.words} names."
        f" Its columns begin with {near}."
    )


def require_known(columns: Iterable[str | None], where: str) -> None:
    """Raises FileRefused where a column is none that the importer knows."""
    known = {*load_headers().names(), "side_effects"}
    effects = {f"{EFFECT}{name}" for name in (*load_vocabulary().side_effects.names, "none")}
    for column in columns:
        if column is not None and column not in known | effects:
            raise FileRefused(
                f"“{column}” in {where} is no column of a visit. Known are"
                f" {', '.join(sorted(known))}, and {EFFECT}NAME for a side effect."
            )
