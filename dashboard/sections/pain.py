"""Pain: outcome shares, scores, the responder curve, the course, how long, and in a session."""

import pandas as pd

from dashboard import phrases, theme
from dashboard.charts import duration as duration_chart
from dashboard.charts import horizons as horizons_chart
from dashboard.charts import lasting_pain, responder_curve, responders
from dashboard.charts import trajectory as trajectory_chart
from dashboard.figures.pain import Pain
from dashboard.request import Request
from dashboard.shown import Chart, Need

NOBODY = "This needs an episode with a score before the first treatment and one on a later day."
CLAIM_TWELVE_WEEKS = 4


def outcomes(found: Pain, asked: Request) -> Chart | Need:
    """Improved, unchanged and worse as one bar."""
    shares = found.outcomes
    if not shares["of"].max():
        return Need("outcomes", "Improved, unchanged or worse", NOBODY)
    improved, _, worse = (theme.percent(rate) for rate in shares["rate"])
    return Chart(
        name="outcomes",
        title=f"{improved} improved, {worse} got worse",
        shows=f"Shares of {phrases.several(int(shares['of'].max()), 'episode')} followed up, "
        "latest visit",
        chart=responders.outcome_bar(shares),
        frame=shares,
        left_out=found.counts,
    )


def distribution(found: Pain, asked: Request) -> Chart | Need:
    """Where scores stood at the first and at the latest visit."""
    frame = found.distribution
    if not frame["n"].sum():
        return Need("distribution", "Scores at the first and latest visit", NOBODY)
    first, latest = found.lasting["baseline_mean"], found.lasting["latest_mean"]
    return Chart(
        name="distribution",
        title=f"Scores: {theme.number(first, 1)} at first, {theme.number(latest, 1)} at the "
        "latest visit",
        shows="Share of episodes at each score before treatment; means in the title",
        chart=lasting_pain.score_distribution(frame),
        frame=frame,
        left_out=found.counts,
    )


def curve(found: Pain, asked: Request) -> Chart | Need:
    """The cumulative responder curve with its two marks."""
    settings, frame = asked.settings, found.curve
    if not frame["of"].max():
        return Need("responder_curve", "How much pain fell", NOBODY)
    substantial = found.responders.loc["responders_50", "rate"]
    return Chart(
        name="responder_curve",
        title=f"{theme.percent(substantial)} had their pain at least halved"
        if settings.substantial_percent == 50
        else f"{theme.percent(substantial)} reached {settings.substantial_percent:g}% less pain",
        shows="Share of episodes whose pain fell by at least so much, with 95% interval",
        chart=responder_curve.responder_curve(
            frame, (settings.responder_percent, settings.substantial_percent)
        ),
        frame=frame,
        left_out=found.counts,
    )


def trajectory(found: Pain, asked: Request) -> Chart | Need:
    """Pain by session, beside those who completed."""
    settings = asked.settings
    shown = trajectory_chart.worth_drawing(found.trajectory, settings.fewest_episodes)
    if not len(shown):
        return Need("trajectory", "Pain by session", "This needs sessions with a score before.")
    return Chart(
        name="trajectory",
        title=_course(shown),
        shows="Mean pain before treatment, with 95% interval; people who stop leave the first line",
        chart=trajectory_chart.trajectory(
            found.trajectory, settings.completer_sessions, settings.fewest_episodes
        ),
        frame=found.trajectory,
    )


def _course(shown: pd.DataFrame) -> str:
    """The course of everybody from the first to the last session drawn."""
    course = shown[shown["group"].astype(str) == "all"].sort_values("session_number")
    first, last = course.iloc[0], course.iloc[-1]
    return (
        f"Pain before treatment: {theme.number(first['mean'], 1)} at session "
        f"{first['session_number']:g}, {theme.number(last['mean'], 1)} at session "
        f"{last['session_number']:g}"
    )


def duration(found: Pain, asked: Request) -> Chart | Need:
    """Weeks 4, 8 and 12 beside what the clinic's page says."""
    frame, title = found.duration, "How long it lasts"
    if not frame["responders_of"].max():
        return Need(
            "duration", title, "This needs scored visits three weeks or more after the first."
        )
    last = frame.iloc[-1]
    return Chart(
        name="duration",
        title=f"Week {int(last['day']) // 7}: {_still(last)}",
        shows="At the visit nearest each week; those who do well may no longer come",
        chart=duration_chart.duration(frame),
        frame=frame,
        note=phrases.claim(CLAIM_TWELVE_WEEKS),
    )


def _still(last: pd.Series) -> str:
    if not last["still_of"]:
        return "nobody seen who had improved before"
    return f"{theme.count(last['still'])} of {theme.count(last['still_of'])} still improved"


def horizons(found: Pain) -> Chart | Need:
    """Within a session beside first to latest visit."""
    if not found.immediate["n"] and not found.lasting["n"]:
        return Need("horizons", "Within a session and lasting", "This needs two scores.")
    frame = pd.DataFrame([found.immediate, found.lasting])[["n", "change_mean", "low", "high"]]
    frame = frame.assign(
        label=["Within a session", "First to latest visit"], unit=["sessions", "episodes"]
    ).reset_index(drop=True)
    return Chart(
        name="horizons",
        title=_within(found.immediate["change_mean"]),
        shows="Mean fall with 95% interval; falls within sessions never add up",
        chart=horizons_chart.horizons(frame),
        frame=frame,
        note=phrases.carried(found.carried),
    )


def _within(change: float) -> str:
    """Which way pain went within a session."""
    if not theme.known(change):
        return "No session has a score before and after"
    if theme.number(abs(change), 1) == "0.0":
        return "Within a session pain stayed the same on average"
    return (
        f"Within a session pain {'fell' if change > 0 else 'rose'} by {theme.points(abs(change))}"
    )
