"""Side effects of needling at the sample clinic."""

import numpy as np

from pipelines.demo.draws import bits
from pipelines.demo.facts import (
    COMMON_REACTIONS,
    CONDITIONS,
    MISSING,
    REACTION_FACTOR,
    SERIOUS_REACTIONS,
)

COMMON = np.array(list(COMMON_REACTIONS.values()))
SERIOUS = np.array(list(SERIOUS_REACTIONS.values()))
OVER_LUNG = np.array([condition.over_lung for condition in CONDITIONS])
PNEUMOTHORAX = list(SERIOUS_REACTIONS).index("pneumothorax")
MODERATE_SHARE = 0.12
MILD, MODERATE, GRAVE = range(3)


def draw_reactions(
    rng: np.random.Generator,
    technique: np.ndarray,
    condition: np.ndarray,
    reactivity: np.ndarray,
    recording: np.ndarray,
) -> tuple[np.ndarray, np.ndarray]:
    """Side effects of each needling session as bits in the order of REACTIONS, and severity.

    Both are MISSING where nothing was recorded; severity also where there was
    nothing to grade. A serious event is always recorded. The technique of every
    row is known; `recording` is the chance that the question was answered.
    """
    common = bits(rng, np.outer(REACTION_FACTOR[technique] * reactivity, COMMON))
    chances = np.tile(SERIOUS, (len(technique), 1))
    chances[:, PNEUMOTHORAX] *= OVER_LUNG[condition]
    serious = bits(rng, chances)
    recorded = (rng.random(len(technique)) < recording) | (serious > 0)
    effects = common | (serious << len(COMMON))
    severity = np.where(rng.random(len(technique)) < MODERATE_SHARE, MODERATE, MILD)
    severity = np.where(serious > 0, GRAVE, severity)
    graded = recorded & (effects > 0)
    return np.where(recorded, effects, MISSING), np.where(graded, severity, MISSING)
