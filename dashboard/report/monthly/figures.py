"""The figures of a monthly report: those of the Overview, control charts, and what is missing."""

from dataclasses import dataclass

import pandas as pd

from dashboard.figures.overview import Overview, overview
from dashboard.report.monthly.month import MONTHS_OF_CHARTS, MONTHS_OF_OUTCOMES, Month
from pipelines.measures.counts import counts
from pipelines.measures.serious_events import serious_rate, sessions_between_serious_events
from pipelines.measures.sessions_to_improvement import improvement_curve
from pipelines.measures.side_effects import any_side_effect
from pipelines.measures.side_effects_by_month import side_effects_by_month
from pipelines.measures.work_list import work_counts
from pipelines.selection import Clinic, Selection, select
from pipelines.settings import Settings


@dataclass(frozen=True)
class Monthly:
    """`counts`, `any_side_effect` and `serious` are of the month; `overview` of a year to its end.

    `side_effects` is a p-chart of two years to its end, `between_serious` the g-chart of all
    events to its end, `improvement` and `work` are of the year.
    """

    month: Month
    counts: dict[str, int]
    any_side_effect: pd.Series
    serious: pd.Series
    overview: Overview
    side_effects: pd.DataFrame
    between_serious: pd.DataFrame
    improvement: pd.DataFrame
    work: pd.DataFrame


def monthly(clinic: Clinic, month: Month, settings: Settings) -> Monthly:
    """Every figure of the report, from the whole clinic."""
    alone, year = month.itself(), month.ending(MONTHS_OF_OUTCOMES)
    part, of_year = select(clinic, alone), select(clinic, year)
    so_far = select(clinic, Selection(end=month.last))
    return Monthly(
        month=month,
        counts=counts(part, settings),
        any_side_effect=any_side_effect(part).iloc[0],
        serious=serious_rate(part).iloc[0],
        overview=overview(clinic, year, settings),
        side_effects=side_effects_by_month(select(clinic, month.ending(MONTHS_OF_CHARTS))),
        between_serious=sessions_between_serious_events(so_far),
        improvement=improvement_curve(of_year),
        work=work_counts(of_year, settings, ()),
    )
