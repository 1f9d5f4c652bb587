"""What the public may ask of a release: one of its tables' rows, and nothing between them."""

from collections.abc import Mapping, Sequence
from datetime import date

from pipelines.errors import BadUsage
from pipelines.publish.cube import ALL, TABLES
from pipelines.publish.periods import days_of_half_year
from pipelines.publish.release import Release
from pipelines.vocabulary import load_vocabulary

NEVER = ("therapist", "clinic")


def asked_of(
    release: Release,
    start: date | None,
    end: date | None,
    given: Mapping[str, Sequence[str]],
) -> dict[str, str]:
    """The dimensions asked for and the value of each, such as {"condition": "Neck pain"}.

    Raises BadUsage where no published table has such rows: it names what is allowed.
    """
    for name in NEVER:
        if name in given:
            raise BadUsage(f"A release says nothing by {name}. {allowed(release)}")
    asked = {} if start is None and end is None else _period(release, start, end)
    for name, texts in given.items():
        if len(texts) > 1:
            raise BadUsage(f"A release has one {name} a row, not several. {allowed(release)}")
        asked[name] = _value(release, name, texts[0])
    if not any(set(dimensions) == set(asked) for dimensions in TABLES):
        together = " and ".join(asked)
        raise BadUsage(f"No published table has {together} together. {allowed(release)}")
    return asked


def allowed(release: Release) -> str:
    """What can be asked for, in a sentence."""
    sets = [" with ".join(table).replace("_", "-") for table in TABLES if table]
    years = ", ".join(_values(release, "year"))
    halves = ", ".join(_values(release, "half_year"))
    return (
        f"Release {release.name} can be asked by {', '.join(sets[:-1])} or {sets[-1]}, and for a"
        f" period by the first and the last day of one of its years ({years}) or half-years"
        f" ({halves}) alone."
    )


def _period(release: Release, start: date | None, end: date | None) -> dict[str, str]:
    """The year or half-year whose first and last day these are."""
    for half in _values(release, "half_year"):
        if (start, end) == days_of_half_year(half):
            return {"half_year": half}
    for year in _values(release, "year"):
        if (start, end) == (date(int(year), 1, 1), date(int(year), 12, 31)):
            return {"year": year}
    if [start and start.isoformat(), end and end.isoformat()] == release.facts["period"]:
        return {}
    raise BadUsage(f"A release cannot be asked for any dates. {allowed(release)}")


def _value(release: Release, dimension: str, text: str) -> str:
    """The value of a dimension that a person means."""
    values = _values(release, dimension)
    folded = {value.casefold(): value for value in values}
    found = folded.get(" ".join(text.split()).casefold())
    if found:
        return found
    terms = {
        "condition": load_vocabulary().conditions,
        "technique": load_vocabulary().techniques,
        "chronicity": load_vocabulary().chronicities,
    }[dimension]
    meant = terms.find(text)
    if meant in values:
        return str(meant)
    raise BadUsage(
        f"Release {release.name} has no {dimension} {text!r}. It has: {', '.join(values)}."
    )


def _values(release: Release, dimension: str) -> list[str]:
    """The values of a dimension in the release."""
    table = next(one for one in release.tables if one["dimensions"] == [dimension])
    return [row[dimension] for row in table["rows"] if row[dimension] != ALL]
