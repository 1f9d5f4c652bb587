"""Claims about how many sessions it takes."""

import numpy as np
import pandas as pd

from pipelines.claims import reasons
from pipelines.claims.held import SESSIONS, SHARE, Blanks, Figure, Tested
from pipelines.claims.tally import Tally, of_episodes
from pipelines.evidence import Claim
from pipelines.measures import eligibility
from pipelines.measures.grouping import patient_codes
from pipelines.measures.sessions_to_improvement import improved_by, improvement_median
from pipelines.selection import Clinic
from pipelines.settings import Settings

MARKS = (1, 3, 6)
LEAST_BY_ONE = 0.1
HIGHEST_MEDIAN = 6


def several_sessions(clinic: Clinic, settings: Settings, claim: Claim) -> Tested:
    """The median of sessions to improvement; not reached is no median."""
    median, shares = improvement_median(clinic).iloc[0], _shares(clinic, settings)
    figures = (_median_figure(median, shares[""]),)
    few = _too_few(shares[""], settings)
    if few:
        return reasons.not_enough(few, *figures)
    return Tested(
        reasons.judged(median["median"] > 1),
        _median_in_words(median, shares[""]),
        figures,
        (_median_blanks(clinic, median, shares),),
    )


def one_or_three_to_six(clinic: Clinic, settings: Settings, claim: Claim) -> Tested:
    """At least a tenth improved by 1 session, and a median of 1 to 6."""
    median, shares = improvement_median(clinic).iloc[0], _shares(clinic, settings)
    marks = improved_by(clinic, sessions=MARKS).set_index("session")
    figures = (
        _median_figure(median, shares[""]),
        *(_mark_figure(marks.loc[session], session, shares[""]) for session in marks.index),
    )
    few = _too_few(shares[""], settings)
    if few:
        return reasons.not_enough(few, *figures)
    by_one = marks["improved"].get(1, np.nan)
    holds = by_one >= LEAST_BY_ONE and median["median"] <= HIGHEST_MEDIAN
    return Tested(
        reasons.judged(bool(holds)),
        f"By 1 session {reasons.percent(by_one)} had improved."
        f" {_median_in_words(median, shares[''])}",
        figures,
        (Blanks(shares | _by_marks(clinic), {"marks": marks}),),
    )


def _shares(clinic: Clinic, settings: Settings) -> dict[str, Tally]:
    """Those seen to improve among the eligible, and the followed among the due."""
    episodes = clinic.episodes
    patients, eligible = patient_codes(episodes), episodes["sessions_to_event"].notna().to_numpy()
    high = eligibility.high_enough(episodes, settings) & eligibility.due(clinic, settings)
    return {
        "": of_episodes(_improved(episodes), eligible, patients),
        "known": of_episodes(eligibility.followed(episodes), high, patients),
    }


def _by_marks(clinic: Clinic) -> dict[str, Tally]:
    """Those seen to improve by each mark, and those seen as long: both must be many enough."""
    episodes = clinic.episodes
    times, patients = episodes["sessions_to_event"].to_numpy(), patient_codes(episodes)
    eligible = ~np.isnan(times)
    found = {}
    for session in MARKS:
        found[f"by_{session}"] = of_episodes(
            _improved(episodes) & (times <= session), eligible, patients
        )
        found[f"at_{session}"] = of_episodes(times >= session, eligible, patients)
    return found


def _improved(episodes: pd.DataFrame) -> np.ndarray:
    return episodes["improved"].to_numpy(dtype=bool, na_value=False)


def _too_few(eligible: Tally, settings: Settings) -> str | None:
    return reasons.too_few({"followed up": eligible.patients}, settings.fewest_patients)


def _median_figure(median: pd.Series, eligible: Tally) -> Figure:
    value, low, high = (_number(median[name]) for name in ("median", "low", "high"))
    return Figure(
        "sessions by which half had improved", SESSIONS, value, low, high,
        eligible.n, eligible.of, eligible.patients,
    )  # fmt: skip


def _mark_figure(mark: pd.Series, session: int, eligible: Tally) -> Figure:
    value, low, high = (_number(mark[name]) for name in ("improved", "low", "high"))
    return Figure(
        f"improved by {reasons.counted(session, 'session')} (Kaplan-Meier)", SHARE,
        value, low, high, None, eligible.of, eligible.patients,
    )  # fmt: skip


def _number(value: float) -> float | None:
    return None if pd.isna(value) else float(value)


def _median_in_words(median: pd.Series, eligible: Tally) -> str:
    among = f"{eligible.of:,} episodes, {eligible.n:,} of them seen to improve"
    if pd.isna(median["median"]):
        return f"Half had not improved by the last session seen ({among}): there is no median."
    return (
        f"Half had improved after {reasons.counted(int(median['median']), 'session')}"
        f" (95% CI {limits(median)}; {among})."
    )


def limits(median: pd.Series) -> str:
    """As in "2 to 4", with "not reached" where there is no limit."""
    low, high = (
        "not reached" if pd.isna(median[name]) else f"{median[name]:.0f}"
        for name in ("low", "high")
    )
    return f"{low} to {high}"


def _median_blanks(clinic: Clinic, median: pd.Series, shares: dict[str, Tally]) -> Blanks:
    reached = not pd.isna(median["median"])
    words = {"limits": limits(median)}
    if reached:
        words["median"] = reasons.counted(int(median["median"]), "session")
    return Blanks(shares, words, otherwise=not reached)
