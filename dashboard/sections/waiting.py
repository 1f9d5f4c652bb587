"""Sessions to improvement: the curve, what did happen, and groups known at the start."""

import pandas as pd

from dashboard import patient_words, phrases, theme
from dashboard.charts import sessions_to_improvement as chart
from dashboard.figures.waiting import Waiting
from dashboard.request import Request
from dashboard.shown import Chart, Measure, Need

CLAIMS = (2, 3)
TOLD = 3
"""The session that the sentence for a patient is about."""
GROUP_WORDS = {
    "first_technique": "technique of the first session",
    "chronicity": "chronicity at the first visit",
    "condition": "condition",
}


def measures(found: Waiting, asked: Request) -> list[Measure]:
    """The median, and the shares improved by 1, 3 and 6 sessions."""
    marks = [_mark(row, found, asked) for _, row in found.improved_by.iterrows()]
    return [_median(found), *marks]


def _median(found: Waiting) -> Measure:
    row = found.median
    reached = theme.known(row["median"])
    return Measure(
        name="median_sessions",
        label="Half improved after",
        value=phrases.sessions(row["median"]) if row["n"] else theme.NONE,
        sure=phrases.interval_95(phrases.median_limits(row) if row["n"] else "no interval"),
        of=f"{theme.count(row['events'])} of {phrases.several(int(row['n']), 'episode')} improved",
        change="" if reached or not row["n"] else "Fewer than half are known to have improved",
        left_out=found.counts,
    )


def _mark(row: pd.Series, found: Waiting, asked: Request) -> Measure:
    at_risk = int(row["at_risk"])
    few = at_risk and at_risk < asked.settings.fewest_at_risk
    return Measure(
        name=f"improved_by_{int(row['session'])}",
        label=f"Improved by {phrases.sessions(row['session'])}",
        value=theme.percent(row["improved"]),
        sure=phrases.share_interval(row),
        of=phrases.sentence(f"{phrases.several(at_risk, 'episode')} at risk"),
        change="Few: the curve is no longer drawn here" if few else "",
        left_out=found.counts,
    )


def told(found: Waiting, asked: Request) -> list[str]:
    """What a patient may be told, about whom, and what did happen."""
    then = found.happened[found.happened["session"] == TOLD]
    sentences = (
        patient_words.of_ten(by_session(found, TOLD), asked.settings),
        patient_words.did_happen(then.iloc[0] if len(then) else None, asked.settings),
        patient_words.like_these(int(found.median["n"]), asked.settings),
    )
    return [sentence for sentence in sentences if sentence]


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
        shows="Kaplan-Meier with 95% interval; half at the dashed line; drawn while at least "
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
