"""How a release comes about: what is counted anew, what stays as published, what is hidden."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from datetime import date
from importlib import metadata
from typing import Any

import pandas as pd

from pipelines.errors import OutcomesError
from pipelines.publish.between import hidden_between
from pipelines.publish.complementary import hidden_besides
from pipelines.publish.contributions import Contributions, snapshot
from pipelines.publish.cube import ALL, CELL
from pipelines.publish.disclosure import cell_size
from pipelines.publish.groups import Counted, counted, new_since
from pipelines.publish.primary import hidden_for_itself, with_shares
from pipelines.publish.rates import figure_rows_of, hide_with_the_tables, published_figures
from pipelines.publish.release import Release, incomplete_years, period_of
from pipelines.selection import Clinic
from pipelines.settings import Settings

WHOLE = (ALL,) * len(CELL)
"""The cell of everybody."""
DISTRIBUTION = "needling-outcomes"


def make(
    clinic: Clinic,
    settings: Settings,
    earlier: Sequence[Release],
    name: str,
    facts: Mapping[str, Any],
    recount: bool = False,
) -> Release:
    """The next release. Half-years that are out stay as they are published, unless recounted.

    Raises OutcomesError where no half-year can be published yet.
    """
    fresh, closed = snapshot(clinic, settings)
    blocks, contributions = _counted_once(fresh, earlier, name, settings, recount)
    new = counted(blocks, contributions)
    hidden = _hidden(new, earlier, settings)
    since = [_since(new, old) for old in earlier]
    figures = published_figures(contributions, [one for one in since if one], settings)
    hide_with_the_tables(figures, hidden.loc[WHOLE])
    halves = sorted(blocks)
    last = earlier[-1] if earlier else None
    release = Release(
        facts={
            "release": name,
            "made": clinic.as_of.isoformat(),
            "as_of": clinic.as_of.isoformat(),
            "period": period_of(halves),
            "followed_to": closed.isoformat(),
            "previous": last.name if last else None,
            "changed": [],
            "recounted": sorted(half for half in blocks if recount and _was_out(half, earlier)),
            "half_years": halves,
            "incomplete_years": incomplete_years(halves),
            "settings": asdict(settings),
            "settings_version": settings.version,
            "code_version": metadata.version(DISTRIBUTION),
            **facts,
        },
        blocks=blocks,
        contributions=contributions,
        hidden=hidden,
        figures=figure_rows_of(figures),
        known=new,
    )
    return _with_changes(release, last)


def _counted_once(
    fresh: Contributions,
    earlier: Sequence[Release],
    name: str,
    settings: Settings,
    recount: bool,
) -> tuple[dict[str, str], Contributions]:
    """Each half-year's release that counted it, and what is counted in each."""
    last = earlier[-1] if earlier else None
    if last and not recount and last.facts["settings_version"] != settings.version:
        raise OutcomesError(
            f"The settings have changed since release {last.name}, so that its numbers and new ones"
            " cannot stand side by side. Make a release that counts all half-years anew"
            " (`--recount`), or change the settings back."
        )
    old = dict(last.blocks) if last and not recount else {}
    ready = [half for half in _worth_it(fresh, settings) if half not in old]
    if last and not recount:
        ready = [half for half in ready if half > max(old)]
    if not ready and not old:
        raise OutcomesError(
            "No half-year can be published yet: one needs to be over for as long as the setting"
            " due_days says, and to have enough patients. Import later months, then make a release."
        )
    parts = [fresh.of_half_years(ready)]
    if old:
        parts.insert(0, last.contributions)
    blocks = old | dict.fromkeys(ready, name)
    return blocks, Contributions(
        *(
            pd.concat(both, ignore_index=True)
            for both in zip(*(one.parts() for one in parts), strict=True)
        )
    )


def _worth_it(fresh: Contributions, settings: Settings) -> list[str]:
    """The half-years from the first one on that has enough patients to be a period of its own."""
    halves = fresh.half_years()
    patients = fresh.episodes.groupby("half_year")["patient"].nunique()
    enough = [half for half in halves if patients.get(half, 0) >= cell_size(settings)]
    return [half for half in halves if enough and half >= enough[0]]


def _hidden(new: Counted, earlier: Sequence[Release], settings: Settings) -> pd.DataFrame:
    hidden = hidden_for_itself(new.cells, settings)
    for old in earlier:
        hidden |= hidden_between(new, old.counted, old.hidden, settings)
    out = [(old.counted, old.hidden) for old in earlier]
    return hidden_besides(new, with_shares(hidden), out, settings)


def _since(new: Counted, old: Release) -> Contributions | None:
    halves = new_since(new, old.counted)
    return new.contributions.of_half_years(halves) if halves else None


def _was_out(half: str, earlier: Sequence[Release]) -> bool:
    return any(half in old.blocks for old in earlier)


def _with_changes(release: Release, last: Release | None) -> Release:
    """The same, naming each table in which a number differs from the previous release."""
    if last is None:
        return release
    before = {table["table"]: table["rows"] for table in last.tables}
    changed = [
        {"table": table["table"], "rows": _differing(before.get(table["table"], []), table)}
        for table in release.tables
    ]
    facts = dict(release.facts) | {"changed": [one for one in changed if one["rows"]]}
    return replace(release, facts=facts)


def _differing(before: Sequence[Mapping], table: Mapping) -> int:
    """How many rows are new or say something else."""
    known = {tuple(row[name] for name in table["dimensions"]): row for row in before}
    return sum(
        known.get(tuple(row[name] for name in table["dimensions"])) != row for row in table["rows"]
    )


def newest_day(clinic: Clinic) -> date:
    """As-of; raises OutcomesError in an empty store."""
    if clinic.as_of is None:
        raise OutcomesError("There is nothing to publish: import an export first.")
    return clinic.as_of
