"""Side effects: kinds, events, months, recording, and single events for the owner."""

import pandas as pd

from dashboard import phrases, published, theme
from dashboard.charts import side_effects as chart
from dashboard.charts import side_effects_by_month as months_chart
from dashboard.figures.side_effects import SideEffects
from dashboard.sections.side_effect_measures import left_out
from dashboard.shown import Chart, Need

MONTH_COLUMNS = [
    "month", "n", "of", "recording_rate", "rate", "centre", "lower", "upper", "signal",
]  # fmt: skip
NOBODY = "This needs treatment sessions with side effects recorded, none included."


def types(found: SideEffects) -> Chart | Need:
    """Each kind per 100, beside published rates."""
    if not len(found.types):
        return Need("side_effect_types", "By kind", "No side effect is recorded in this selection.")
    first = found.types.sort_values("rate", ascending=False).iloc[0]
    return Chart(
        name="side_effect_types",
        title=f"{first['label']} is told most, at {phrases.per_100(first['rate'])}",
        shows="Sessions with each side effect per 100 recorded, with 95% interval; grey signs "
        "are published",
        chart=chart.types(found.types, published.by_type()),
        frame=found.types.merge(published.table(), on="side_effect", how="left"),
        left_out=left_out(found),
        note=published.how_asked(),
    )


def events(found: SideEffects) -> Chart | Need:
    """The clinic's events per 100 sessions above those of the surveys, which count the same."""
    row = found.events
    if not row["of"]:
        return Need("events_published", "Events beside published ones", NOBODY)
    own = {"label": "Here", "n": row["of"], "per_100": 100 * row["rate"]}
    own |= {"low": 100 * row["low"], "high": 100 * row["high"], "published": False}
    surveys = published.any_events().assign(published=True)
    return Chart(
        name="events_published",
        title=f"{theme.number(own['per_100'], 1)} events per 100 sessions",
        shows="A session with two side effects counts twice, as in the surveys; 95% interval of "
        "the clinic's",
        chart=chart.events(pd.concat([pd.DataFrame([own]), surveys], ignore_index=True)),
        frame=pd.concat([pd.DataFrame([own]), surveys], ignore_index=True),
        note=published.how_asked(),
        left_out=left_out(found),
    )


def months(found: SideEffects) -> Chart | Need:
    """The control chart."""
    frame = found.months
    if len(frame) < 2:
        return Need(
            "side_effects_by_month", "By month", "This needs two months with recorded sessions."
        )
    signals = int((frame["signal"].astype(str) != "").sum())
    title = f"{phrases.sentence(phrases.several(signals, 'month'))} signalled by the control chart"
    trial = " Trial limits: fewer than 12 months." if bool(frame["trial"].any()) else ""
    return Chart(
        name="side_effects_by_month",
        title=title if signals else "By month: no month signalled by the control chart",
        shows="Sessions with any side effect per 100 recorded; n under each point; diamonds are "
        "signals." + trial,
        chart=months_chart.control_chart(frame),
        frame=frame[MONTH_COLUMNS],
    )


def recording(found: SideEffects) -> Chart | Need:
    """Who records."""
    frame = found.recording
    if not frame["of"].sum():
        return Need("recording", "Recording", "This needs treatment sessions.")
    return Chart(
        name="recording_rate",
        title=f"Recorded in {theme.percent(found.recorded['rate'])} of sessions",
        shows="Share of treatment sessions with side effects filled in, none included",
        chart=chart.recording(frame),
        frame=frame,
    )


def between_serious(found: SideEffects) -> Chart | Need | None:
    """The g-chart, from four serious events on; nothing where there was none."""
    if not len(found.between_serious):
        if not found.serious["n"]:
            return None
        number = phrases.several(int(found.serious["n"]), "session")
        sentence = f"This needs four sessions with a serious event; there were {number} with one."
        return Need("between_serious", "Sessions between serious events", sentence)
    return Chart(
        name="between_serious",
        title="Sessions between serious events",
        shows="Higher is rarer; limits for counts of rare events",
        chart=months_chart.between_events(found.between_serious),
        frame=found.between_serious,
        left_out=left_out(found),
    )


def single_visits(frame: pd.DataFrame) -> pd.DataFrame:
    """Single visits without the patients' hashes, which nobody can look up."""
    return frame.drop(columns=[name for name in frame if name == "patient_id"])
