"""Sessions to improvement: the curve, what did happen, and groups known at the start."""

import pandas as pd

from dashboard import phrases, theme
from dashboard.charts import sessions_to_improvement as chart
from dashboard.figures.waiting import Waiting
from dashboard.request import Request
from dashboard.shown import Chart, Measure, Need

CLAIMS = (2, 3)
GROUP_WORDS = {
    "first_technique": "technique of the first session",
    "chronicity": "chronicity at the first visit",
    "condition": "condition",
}


def marks(found: Waiting) -> list[Measure]:
    """Shares improved by 1, 3 and 6 sessions."""
    return [
        Measure(
            name=f"improved_by_{row.session}",
            label=f"Improved by {phrases.sessions(row.session)}",
            value=theme.percent(row.improved),
            sure=phrases.interval_95(theme.percent_range(row.low, row.high)),
            of=f"{phrases.several(int(row.at_risk), 'episode')} at risk",
        )
        for row in found.improved_by.itertuples()
    ]


def by_session(found: Waiting, session: int) -> pd.Series:
    """The share improved by one number of sessions."""
    marks = found.improved_by
    return marks[marks["session"] == session].iloc[0]


def curve(found: Waiting, asked: Request) -> Chart | Need:
    """Share improved by session with numbers at risk."""
    settings = asked.settings
    if not len(chart.drawn(found.curve, settings.fewest_at_risk)):
        return Need("improvement_curve", "Share improved by session", _few(asked))
    return Chart(
        name="improvement_curve",
        title="Share improved, if people carry on",
        shows="Kaplan-Meier with 95% interval; drawn while at least "
        f"{settings.fewest_at_risk} are at risk",
        chart=chart.improvement_curve(found.curve, settings.fewest_at_risk),
        frame=found.curve,
        left_out=found.counts,
        note=" ".join(phrases.claim(number) for number in CLAIMS),
    )


def _few(asked: Request) -> str:
    fewest = asked.settings.fewest_at_risk
    return f"The curve is drawn while at least {fewest} episodes are at risk; here there are fewer."


def happened(found: Waiting, asked: Request) -> Chart | Need:
    """Improved, left, or neither yet."""
    settings = asked.settings
    if not len(chart.drawn(found.happened, settings.fewest_at_risk)):
        return Need("what_happened", "What did happen", _few(asked))
    return Chart(
        name="what_happened",
        title="What did happen, with those who left",
        shows="Cumulative shares of episodes; leaving without improvement is an outcome of its own",
        chart=chart.what_happened(found.happened, settings.fewest_at_risk),
        frame=found.happened,
        left_out=found.counts,
    )


def group(found: Waiting, by: str, asked: Request) -> Chart | Need:
    """A curve for each group of what was known at the first session."""
    frame, settings = found.groups[by], asked.settings
    what = GROUP_WORDS[by]
    if not len(chart.drawn(frame, settings.fewest_at_risk)):
        return Need(f"waiting_by_{by}", f"By {what}", _few(asked))
    return Chart(
        name=f"waiting_by_{by}",
        title=f"By {what}",
        shows=phrases.log_rank(found.tests[by]),
        chart=chart.by_group(frame, settings.fewest_at_risk),
        frame=frame,
        left_out=found.counts,
        note=phrases.NOT_BY_CHANCE,
    )
