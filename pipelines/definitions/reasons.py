"""Why a row is not in a figure: one wording for definitions and for lists of rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

EPISODES, SESSIONS, PATIENTS = "episodes", "treatment sessions", "patients"


@dataclass(frozen=True)
class Reason:
    """What is left out, and the words that follow it; they may name a setting."""

    whom: str
    words: str


REASONS = {
    "no_baseline": Reason(EPISODES, "without a score at the first visit"),
    "low_baseline": Reason(EPISODES, "below {lowest_baseline} at the first visit"),
    "not_yet_followed": Reason(EPISODES, "not yet followed up"),
    "not_due": Reason(EPISODES, "begun less than {due_days} before the newest visit"),
    "not_recorded": Reason(SESSIONS, "with side effects left blank"),
    "no_scores": Reason(SESSIONS, "without both scores"),
    "no_technique": Reason(SESSIONS, "without a needling technique"),
    "technique_unknown": Reason(EPISODES, "without a known technique"),
    "no_recorded_session": Reason(PATIENTS, "without a recorded treatment session"),
}


def left_out_in_words(
    names: Sequence[str], values: Mapping[str, str], counts: Mapping[str, int]
) -> str:
    """ "Episodes: 12 without a score at the first visit, 3 not yet followed up." """
    by_whom: dict[str, list[str]] = {}
    for name in names:
        words = REASONS[name].words.format_map(values)
        number = f"{counts[name]:,} " if name in counts else ""
        by_whom.setdefault(REASONS[name].whom, []).append(f"{number}{words}")
    told = [f"{_capital(whom)}: {', '.join(parts)}" for whom, parts in by_whom.items()]
    several = "; one can be in two of these" if "low_baseline" in names else ""
    return f"{'. '.join(told)}{several}." if told else ""


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
