"""The charts of a monthly report, in the order in which they are read."""

import pandas as pd

from dashboard import phrases
from dashboard.charts import (
    activity,
    condition_mix,
    sessions_to_improvement,
    side_effects_by_month,
)
from dashboard.report.drawing import Picture, drawn
from dashboard.report.monthly.figures import Monthly
from dashboard.sections import overview
from pipelines.settings import Settings


def first_page(found: Monthly, settings: Settings, scale: float = 1) -> list[Picture]:
    """How busy the clinic was, and what it treats with what outcome."""
    shown = found.overview.mix.head(overview.MOST_CONDITIONS)
    pictures = [
        drawn(
            "Sessions and new episodes by month",
            "Treatment sessions by their date, episodes by their first visit",
            activity.activity(found.overview.activity),
            170 * scale,
        )
    ]
    if len(shown):
        chart = condition_mix.mix_and_outcome(shown, settings.responder_percent, "condition")
        less = f"{settings.responder_percent:g}% less pain"
        said = f"New episodes; of those followed up, at least {less}"
        pictures.append(drawn("Conditions", said, chart, 190 * scale))
    return pictures


def improvement(found: Monthly, settings: Settings, scale: float = 1) -> list[Picture]:
    """The share improved by each session, while enough are at risk."""
    curve, fewest = found.improvement, settings.fewest_at_risk
    if not len(sessions_to_improvement.drawn(curve, fewest)):
        return []
    said = f"If people carry on (Kaplan-Meier, 95% interval); drawn while {fewest} are at risk"
    chart = sessions_to_improvement.improvement_curve(curve, fewest)
    return [drawn("Share improved by session", said, chart, 170 * scale)]


def control_charts(found: Monthly, scale: float = 1) -> list[Picture]:
    """Side effects by month, and sessions between serious events where there are enough."""
    pictures = []
    if len(found.side_effects):
        chart = side_effects_by_month.control_chart(found.side_effects)
        said = _signals(found.side_effects)
        pictures.append(drawn("Side effects by month", said, chart, 170 * scale))
    if len(found.between_serious):
        chart = side_effects_by_month.between_events(found.between_serious)
        said = "Recorded sessions since the serious event before; higher is rarer"
        pictures.append(drawn("Between serious events", said, chart, 140 * scale))
    return pictures


def _signals(months: pd.DataFrame) -> str:
    """How many months the four rules mark, and whether the limits are final."""
    marked = int((months["signal"].astype(str) != "").sum())
    trial = "; trial limits, from fewer than 12 months" if bool(months["trial"].any()) else ""
    said = f"{phrases.several(marked, 'month')} signalled (a diamond), per 100 recorded sessions"
    return phrases.sentence(said) + trial
