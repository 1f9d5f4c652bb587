"""Side effects: per recorded session, by patient, serious ones, and how often recorded."""

from dataclasses import replace

from pipelines.definitions.definition import Definition
from pipelines.definitions.words import CLUSTERED_RATE, EXACT, RULES, SESSIONS, SHARE, WILSON

RECORDED = (
    "Treatment sessions in which side effects were recorded, none included. A blank is not "
    "recorded."
)
ANY = Definition(
    name="side_effects.any",
    title="Any side effect",
    unit=SHARE,
    what="Treatment sessions with any side effect, per 100 with side effects recorded.",
    numerator="Sessions with at least one side effect of any kind; a session with two counts once.",
    denominator=RECORDED,
    of="treatment sessions with side effects recorded",
    left_out=("not_recorded",),
    interval=CLUSTERED_RATE,
    cards=("any_side_effect", "side_effects_by_group"),
)
SERIOUS = replace(
    ANY,
    name="side_effects.serious",
    title="Serious events",
    unit="per 10,000",
    what="Recorded treatment sessions with a serious event, per 10,000.",
    numerator="Pneumothorax, nerve injury, infection, or any side effect marked serious.",
    interval=EXACT,
    cards=("serious_per_10000", "serious"),
)
RECORDING = Definition(
    name="side_effects.recorded",
    title="Treatment sessions with side effects recorded",
    unit=SESSIONS,
    what="Treatment sessions that say anything about side effects.",
    numerator="Sessions with a side effect, or with none recorded in so many words.",
    denominator="Treatment sessions. A blank is not recorded, never none.",
    of="treatment sessions",
)
ENTRIES = (
    replace(
        RECORDING,
        name="side_effects.treatment_sessions",
        title="Treatment sessions",
        what="Attended evaluations and treatments, and discharges with needling.",
        numerator="",
        denominator="",
        of="",
    ),
    RECORDING,
    replace(
        RECORDING,
        name="recording",
        title="How often side effects are recorded",
        unit=SHARE,
        what="Share of treatment sessions in which side effects were recorded.",
        interval=CLUSTERED_RATE,
        cards=("recording_rate",),
    ),
    ANY,
    replace(
        ANY,
        name="side_effect_events",
        title="Side-effect events",
        unit="events per 100 recorded sessions",
        what="Side effects per 100 treatment sessions with side effects recorded, as the published "
        "surveys count them.",
        numerator="Side effects of any kind; a session with two counts twice.",
        interval="95% interval of a mean with patients as clusters; with no event, the exact "
        "one-sided upper bound.",
        cards=("events_published",),
    ),
    replace(
        ANY,
        name="side_effects.types",
        title="Each side effect",
        what="Treatment sessions with each kind of side effect, per 100 with any recorded.",
        numerator="Sessions with that side effect; a session with two kinds counts once in each.",
        cards=("side_effect_types",),
    ),
    Definition(
        name="side_effects.patients_any",
        title="Patients with any side effect",
        unit=SHARE,
        what="Share of patients who had any side effect, over all of their selected sessions.",
        numerator="Patients with a side effect at one recorded treatment session or more.",
        denominator="Patients with a recorded treatment session.",
        of="patients with a recorded treatment session",
        left_out=("no_recorded_session",),
        interval=WILSON,
        cards=("patients_with_any",),
    ),
    SERIOUS,
    replace(
        SERIOUS,
        name="between_serious",
        title="Sessions between serious events",
        unit=SESSIONS,
        what="Recorded treatment sessions between one serious event and the next.",
        interval="Limits: the quantiles .00135 and .99865 of the geometric distribution with the "
        "mean gap (g-chart); from 4 events on.",
        cards=(),
    ),
    replace(
        ANY,
        name="side_effects_by_month",
        title="Side effects by month",
        what="Sessions with any side effect in each month against limits that chance keeps within.",
        numerator="Recorded treatment sessions with any side effect.",
        denominator="Recorded treatment sessions of the month; a month without any is left out.",
        interval="Limits at 3 standard errors around the pooled rate of the first 12 months "
        "(fewer: trial limits).",
        source=RULES,
        cards=(),
    ),
)
