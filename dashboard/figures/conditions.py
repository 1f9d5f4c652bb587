"""The figures of the conditions page: the mix, with its outcome beside it."""

from dataclasses import dataclass

import pandas as pd

from dashboard import names
from pipelines import tables
from pipelines.measures.condition_mix import condition_mix, mix_and_outcome, unmapped_terms
from pipelines.measures.counts import counts
from pipelines.selection import Clinic
from pipelines.settings import Settings


@dataclass(frozen=True)
class Conditions:
    """The mix, with its outcome beside it."""

    counts: dict[str, int]
    mix: pd.DataFrame
    by_month: pd.DataFrame
    by_chronicity: pd.DataFrame
    by_region: pd.DataFrame
    unmapped_terms: pd.DataFrame


def conditions(part: Clinic, settings: Settings) -> Conditions:
    """Every frame of the conditions page."""
    return Conditions(
        counts=counts(part, settings),
        mix=names.labelled(mix_and_outcome(part, settings), "condition"),
        by_month=names.labelled(condition_mix(part, ("month",)), "condition"),
        by_chronicity=_by_chronicity(part, settings),
        by_region=names.labelled(mix_and_outcome(part, settings, "body_region"), "body_region"),
        unmapped_terms=unmapped_terms(part),
    )


def _by_chronicity(part: Clinic, settings: Settings) -> pd.DataFrame:
    """Acute before chronic, whatever is commoner."""
    mix = mix_and_outcome(part, settings, "chronicity")
    order = {name: place for place, name in enumerate(tables.CHRONICITIES)}
    place = [order.get(str(name), len(order)) for name in mix["chronicity"]]
    mix = mix.iloc[sorted(range(len(mix)), key=place.__getitem__)].reset_index(drop=True)
    return names.labelled(mix, "chronicity")
