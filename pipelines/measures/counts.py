"""How much a selection holds, and how much of it no figure can use."""

from pipelines.selection import Clinic
from pipelines.settings import Settings


def counts(clinic: Clinic, settings: Settings) -> dict[str, int]:
    """patients, sessions, visits, episodes, no_baseline, low_baseline, not_yet_followed,
    orphan_follow_ups."""
    raise NotImplementedError
