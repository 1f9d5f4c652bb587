"""How much a selection holds, and how much of it no figure can use."""

import numpy as np

from pipelines.measures import eligibility
from pipelines.measures.grouping import patient_codes
from pipelines.measures.sessions import treated
from pipelines.selection import Clinic
from pipelines.settings import Settings


def counts(clinic: Clinic, settings: Settings) -> dict[str, int]:
    """patients, sessions, visits, episodes, no_baseline, low_baseline, not_yet_followed,
    orphan_follow_ups.

    `patients` are those with a selected visit, `sessions` the treatment sessions among
    the visits. An episode can be both of low baseline and not yet followed.
    """
    visits, episodes = clinic.visits, clinic.episodes
    return {
        "patients": int(np.count_nonzero(np.bincount(patient_codes(visits)))),
        "sessions": int(treated(visits).sum()),
        "visits": len(visits),
        "episodes": len(episodes),
        "no_baseline": int((~eligibility.has_baseline(episodes)).sum()),
        "low_baseline": int(eligibility.low_baseline(episodes, settings).sum()),
        "not_yet_followed": int(eligibility.not_yet_followed(episodes).sum()),
        "orphan_follow_ups": int((visits["episode_id"] < 0).sum()),
    }
