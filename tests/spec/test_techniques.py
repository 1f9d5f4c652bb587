"""Techniques

Each technique's own change, and the raw difference against the commonest. A difference is not
an effect: harder cases may be given one technique more often.
"""

from pipelines.measures.techniques import reference_technique, technique_effects, techniques
from pipelines.settings import Settings
from pipelines.summary import summarise
from tests.support.clinics import clinic, values


def test_the_reference_is_the_technique_with_most_treatment_sessions():
    """None aside; of two with as many the first of the vocabulary."""
    care = clinic("""
        date       | technique
        2025-01-06 | electrical
        2025-01-07 | deep
        2025-01-08 | none
        2025-01-09 | none
        """)
    assert reference_technique(care) == "deep"


def test_techniques_come_by_treatment_sessions_then_mixed():
    """A mixed episode has no session of its own; unknown is left out."""
    care = clinic("""
        patient | date       | technique
        P1      | 2025-01-06 | deep
        P1      | 2025-01-07 | superficial
        P2      | 2025-01-06 | superficial
        P3      | 2025-01-06 | none
        P4      | 2025-01-06 |
        """)
    found = techniques(care, Settings())
    assert values(found, "technique") == ["superficial", "deep", "mixed"]
    assert values(found, "sessions") == [2, 1, 0]
    assert values(found, "episodes") == [1, 0, 1]


def test_own_immediate_change_is_per_treatment_session_of_the_technique():
    """Positive is less pain."""
    care = clinic("""
        date       | technique   | before | after
        2025-01-06 | deep        | 7      | 4
        2025-01-07 | deep        | 7      | 6
        2025-01-08 | superficial | 7      | 7
        2025-01-09 | deep        | 7      |
        """)
    found = technique_effects(care)
    immediate = found[found["horizon"] == "immediate"].set_index("technique")
    assert immediate.loc["deep", "n"] == 2
    assert immediate.loc["deep", "change_mean"] == 2
    assert immediate.loc["superficial", "change_mean"] == 0


def test_own_lasting_change_is_per_episode_of_the_technique():
    """Mixed is a group of its own, and unknown is left out."""
    care = clinic("""
        patient | date       | technique   | before
        P1      | 2025-01-06 | deep        | 7
        P1      | 2025-01-13 | deep        | 4
        P2      | 2025-01-06 | deep        | 7
        P2      | 2025-01-13 | superficial | 6
        P3      | 2025-01-06 |             | 7
        P3      | 2025-01-13 |             | 0
        """)
    found = technique_effects(care)
    lasting = found[found["horizon"] == "lasting"].set_index("technique")
    assert lasting.loc["deep", "change_mean"] == 3
    assert lasting.loc["mixed", "change_mean"] == 1
    assert lasting["n"].sum() == 2


def test_a_raw_difference_is_against_the_reference_and_negative_is_less_pain():
    """Superficial sessions fall by 1 point, deep ones by 2: superficial leaves 1 point more."""
    care = clinic("""
        patient | date       | technique   | before | after
        P1      | 2025-01-06 | deep        | 7      | 4
        P2      | 2025-01-06 | deep        | 7      | 6
        P3      | 2025-01-06 | superficial | 7      | 6
        """)
    found = technique_effects(care)
    immediate = found[found["horizon"] == "immediate"].set_index("technique")
    assert immediate.loc["superficial", "difference"] == 1
    assert immediate.loc["superficial", "reference"] == "deep"
    assert str(immediate.loc["deep", "difference"]) == "nan"


def test_mixed_episodes_have_no_immediate_figures():
    """A session has one technique; only an episode can be mixed."""
    care = clinic("""
        date       | technique   | before | after
        2025-01-06 | deep        | 7      | 4
        2025-01-13 | superficial | 6      | 4
        """)
    mixed = summarise(care, Settings())["techniques"][-1]
    assert mixed["technique"] == "mixed"
    assert mixed["immediate"] is None
    assert mixed["lasting"]["change_mean"] == 1
