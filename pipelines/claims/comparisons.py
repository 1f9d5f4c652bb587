"""Claims that set one group against another, adjusted for what is known of the patients.

A difference supports a claim only where it stands by every method (`standing`) and its
small-sample interval (`careful_low`, `careful_high`) lies wholly on the claimed side.
"""

from collections.abc import Mapping

import pandas as pd

from pipelines.claims import reasons
from pipelines.claims.held import POINTS, Blanks, Figure, Tested
from pipelines.claims.tally import Tally, of_episodes, of_sessions
from pipelines.evidence import Claim
from pipelines.measures import eligibility
from pipelines.measures.comparison import ELECTRICAL_WITH, at_a_glance
from pipelines.measures.grouping import patient_codes
from pipelines.measures.sessions import treatment_sessions
from pipelines.selection import Clinic
from pipelines.settings import Settings
from pipelines.visits import NEEDLED, codes_among

IMMEDIATE, LASTING = "immediate", "lasting"
DIFFERS, TOO_FEW = "differs", "too few to say"
WHEN = {IMMEDIATE: "directly after", LASTING: "at the last visit"}
ROWS = {IMMEDIATE: "sessions", LASTING: "episodes"}
Difference = Mapping[str, object]


def deep_relieves_more(clinic: Clinic, settings: Settings, claim: Claim) -> Tested:
    """Deep against superficial, at both horizons; both must hold."""
    rows = _differences(clinic, settings, "technique", "superficial", "deep")
    return _tested(rows, (IMMEDIATE, LASTING), _followed(clinic, settings), settings)


def electrical_with_adjuncts(clinic: Clinic, settings: Settings, claim: Claim) -> Tested:
    """Electrical with exercise or mobilization against deep without either, lasting."""
    rows = _differences(clinic, settings, ELECTRICAL_WITH, None, ELECTRICAL_WITH)
    return _tested(rows, (LASTING,), _followed(clinic, settings), settings)


def twitch_indicates_effect(clinic: Clinic, settings: Settings, claim: Claim) -> Tested:
    """Sessions with a twitch response against sessions without one; both horizons shown."""
    rows = _differences(clinic, settings, "twitch_response", "without a twitch", "with a twitch")
    return _tested(rows, (IMMEDIATE,), _recorded(clinic, "twitch_response"), settings)


def low_and_high_frequency(clinic: Clinic, settings: Settings, claim: Claim) -> Tested:
    """Low against high stimulation frequency, directly after; a difference either way."""
    rows = _differences(clinic, settings, "stimulation", "high frequency", "low frequency")
    known = _recorded(clinic, "stimulation_hz", technique="electrical")
    return _tested(rows, (IMMEDIATE,), known, settings, either_way=True)


def _differences(
    clinic: Clinic, settings: Settings, feature: str, reference: str | None, group: str
) -> dict[str, Difference]:
    """The adjusted difference in pain of the group against the reference, by horizon."""
    if not len(clinic.visits):
        return {}
    table = at_a_glance(clinic, settings, feature, reference).differences
    found = table[(table["group"] == group) & (table["outcome"] == "pain")]
    return {row["horizon"]: row for row in found.to_dict("records")}


def _tested(
    rows: dict[str, Difference],
    needed: tuple[str, ...],
    known: Tally,
    settings: Settings,
    either_way: bool = False,
) -> Tested:
    figures = tuple(_figure(row) for row in rows.values())
    few = _too_few(rows, needed, settings) or reasons.too_little_known(
        known, "Recorded or followed up:"
    )
    if few:
        return reasons.not_enough(few, *figures)
    holds = [_holds(rows[horizon], either_way) for horizon in needed]
    reason = " ".join(_in_words(row) for row in rows.values())
    return Tested(reasons.judged(all(holds)), reason, figures, (_blanks(rows, needed, known),))


def _too_few(
    rows: dict[str, Difference], needed: tuple[str, ...], settings: Settings
) -> str | None:
    for horizon in needed:
        row = rows.get(horizon)
        if row is None:
            fewest = settings.fewest_patients
            return f"No {ROWS[horizon]} could be compared; each group needs {fewest} patients."
        if row["standing"] == TOO_FEW:
            return str(row["reason"])
    return None


def _holds(row: Difference, either_way: bool) -> bool:
    """Whether every method tells it, on the claimed side."""
    clear = row["standing"] == DIFFERS
    below, above = row["careful_high"] < 0, row["careful_low"] > 0
    return bool(clear and (below or (either_way and above)))


def _in_words(row: Difference) -> str:
    when = WHEN[row["horizon"]].capitalize()
    if row["standing"] == TOO_FEW:
        return f"{when}: {row['reason']}"
    other = "" if pd.isna(row["other"]) else f" ({row['other']})"
    return (
        f"{when}, adjusted pain differed by {row['difference']:.2f} points ({row['group']} less"
        f" {row['reference']}; 95% CI {row['careful_low']:.2f} to {row['careful_high']:.2f}):"
        f" {row['standing']}{other}."
    )


def _figure(row: Difference) -> Figure:
    value, low, high = (
        None if pd.isna(row[name]) else float(row[name])
        for name in ("difference", "careful_low", "careful_high")
    )
    return Figure(
        f"adjusted difference in pain {WHEN[row['horizon']]}, {row['group']} less"
        f" {row['reference']} (negative is less pain)",
        POINTS, value, low, high, int(row["n"]), int(row["n"] + row["reference_n"]),
        int(min(row["patients"], row["reference_patients"])), verdict=None, group=row["horizon"],
    )  # fmt: skip


def _blanks(rows: dict[str, Difference], needed: tuple[str, ...], known: Tally) -> Blanks:
    first = rows[needed[0]]
    words = _limits(first, "") | {
        "of": int(first["n"]),
        "of_reference": int(first["reference_n"]),
        "patients": int(first["patients"]),
        "patients_reference": int(first["reference_patients"]),
    }
    lasting = rows.get(LASTING)
    told = lasting is not None and needed[0] == IMMEDIATE and lasting["standing"] != TOO_FEW
    if told:
        words |= _limits(lasting, "_lasting")
    return Blanks({"known": known}, words, otherwise=not told)


def _limits(row: Difference, suffix: str) -> dict[str, float]:
    parts = (("difference", "difference"), ("low", "careful_low"), ("high", "careful_high"))
    return {f"{name}{suffix}": float(row[column]) for name, column in parts}


def _followed(clinic: Clinic, settings: Settings) -> Tally:
    due = eligibility.due(clinic, settings)
    return of_episodes(eligibility.followed(clinic.episodes), due, patient_codes(clinic.episodes))


def _recorded(clinic: Clinic, column: str, technique: str | None = None) -> Tally:
    """Needled sessions (or those with the technique) at which the column was recorded."""
    sessions = treatment_sessions(clinic, (), "technique", column)
    codes = codes_among(sessions["technique"], NEEDLED)
    chosen = codes == NEEDLED.index(technique) if technique else codes >= 0
    return of_sessions(
        sessions[column].notna().to_numpy(dtype=bool), chosen, patient_codes(sessions)
    )
