"""Side effects: rate, types, technique, months, recording, and single events for the owner."""

import pandas as pd

from dashboard import phrases, published, theme
from dashboard.charts import side_effects as chart
from dashboard.charts import side_effects_by_month as months_chart
from dashboard.figures.side_effects import SideEffects
from dashboard.shown import Chart, Measure, Need

NOBODY = "This needs treatment sessions with side effects recorded, none included."


def measures(found: SideEffects) -> list[Measure]:
    """Sessions, patients, serious events, and how many sessions are recorded at all."""
    effects, patients, serious = found.any, found.patients, found.serious
    per_10000 = f"{theme.interval(serious['low'], serious['high'])} per 10,000"
    sessions = f"{theme.count(effects['of'])} of {theme.count(effects['treatment_sessions'])}"
    return [
        Measure(
            name="any_side_effect",
            label="Any side effect per 100",
            value=theme.per_hundred(effects["rate"]),
            sure=phrases.interval_95(theme.interval(100 * effects["low"], 100 * effects["high"])),
            of=f"{_of(effects)} recorded sessions",
            left_out=_left_out(found),
        ),
        Measure(
            name="patients_with_any",
            label="Patients with any",
            value=theme.percent(patients["rate"]),
            sure=phrases.interval_95(theme.percent_range(patients["low"], patients["high"])),
            of=f"{_of(patients)} patients with a recorded session",
            left_out=_left_out(found),
        ),
        Measure(
            name="serious",
            label="Serious events",
            value=theme.count(serious["n"]),
            sure=phrases.interval_95(per_10000),
            of=f"{_of(serious)} recorded sessions had one",
            left_out=_left_out(found),
        ),
        Measure(
            name="recording",
            label="Recorded",
            value=theme.percent(effects["recording_rate"]),
            sure="Where it is low, every rate is unsure",
            of=f"{sessions} treatment sessions",
        ),
    ]


def _of(row: pd.Series) -> str:
    return f"{theme.count(row['n'])} of {theme.count(row['of'])}"


def _left_out(found: SideEffects) -> dict[str, int]:
    return {"not_recorded": phrases.not_recorded(found.any)}


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
        left_out=_left_out(found),
        note=published.how_asked(),
    )


def by_technique(found: SideEffects) -> Chart | Need:
    """Any side effect by technique, beside the two surveys."""
    frame = found.by_technique[found.by_technique["of"] > 0]
    if not len(frame):
        return Need("side_effects_by_technique", "By technique", NOBODY)
    return Chart(
        name="side_effects_by_technique",
        title="Any side effect by technique",
        shows="Sessions per 100 recorded, with 95% interval; lines are published rates of events",
        chart=chart.by_group(frame, "technique", published.any_effect()),
        frame=frame,
        left_out=_left_out(found),
        note=phrases.NOT_BY_CHANCE,
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
        frame=frame[["month", "n", "of", "rate", "centre", "lower", "upper", "signal"]],
    )


def recording(found: SideEffects) -> Chart | Need:
    """Who records."""
    frame = found.recording
    if not frame["of"].sum():
        return Need("recording", "Recording", "This needs treatment sessions.")
    return Chart(
        name="recording_rate",
        title=f"Recorded in {theme.percent(found.any['recording_rate'])} of sessions",
        shows="Share of treatment sessions with side effects filled in, none included",
        chart=chart.recording(frame),
        frame=frame,
    )


def between_serious(found: SideEffects) -> Chart | None:
    """The g-chart, from four serious events on."""
    if not len(found.between_serious):
        return None
    return Chart(
        name="between_serious",
        title="Sessions between serious events",
        shows="Higher is rarer; limits for counts of rare events",
        chart=months_chart.between_events(found.between_serious),
        frame=found.between_serious,
        left_out=_left_out(found),
    )


def single_visits(frame: pd.DataFrame) -> pd.DataFrame:
    """Single visits without the patients' hashes, which nobody can look up."""
    return frame.drop(columns=[name for name in frame if name == "patient_id"])
