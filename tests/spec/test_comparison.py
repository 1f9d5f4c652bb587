"""Comparisons

Who is compared with whom, what is adjusted for, and when there is too little to say.
"""

import numpy as np

from pipelines.measures.comparison import adjusted_differences
from pipelines.measures.comparison.depth import by_depth
from pipelines.measures.comparison.differences import pain_models
from pipelines.measures.comparison.groups import episode_groups, features, session_groups
from pipelines.measures.comparison.propensity import pair_of
from pipelines.measures.comparison.rows import rows_of
from pipelines.measures.comparison.sensitivity import (
    bounds_for_the_missing,
    responder_counts,
    within_patients,
)
from pipelines.settings import Settings
from tests.support.clinics import clinic, values

SETTINGS = Settings()


def at_sessions(care, feature, place=0):
    chosen = features(care, feature, SETTINGS)[place]
    codes = session_groups(care.visits, chosen, SETTINGS)
    return [chosen.groups[code] if code >= 0 else None for code in codes]


def over_episodes(care, feature, place=0):
    chosen = features(care, feature, SETTINGS)[place]
    codes = episode_groups(care, chosen, SETTINGS)
    return [chosen.groups[code] if code >= 0 else None for code in codes]


def test_stimulation_is_low_up_to_10_hz_and_high_from_50_hz():
    """Between them is a group of its own; without a frequency a session is left out."""
    care = clinic("""
        date       | stimulation_hz
        2025-01-06 | 10
        2025-01-07 | 50
        2025-01-08 | 30
        2025-01-09 |
        """)
    found = at_sessions(care, "stimulation")
    assert found == ["low frequency", "high frequency", "between low and high", None]


def test_depth_is_compared_in_bands_from_that_of_superficial_needling():
    care = clinic("""
        date       | depth_mm
        2025-01-06 | 10
        2025-01-07 | 10.5
        2025-01-08 | 30
        2025-01-09 | 31
        2025-01-10 |
        """)
    assert at_sessions(care, "depth") == [
        "up to 10 mm",
        "over 10 to 20 mm",
        "over 20 to 30 mm",
        "over 30 mm",
        None,
    ]


def test_depth_is_also_compared_as_it_is_by_each_10_mm():
    """Each 10 mm deeper goes with half a point less, among those with as much pain before."""
    care = clinic("""
        patient | date       | depth_mm | before | after
        P1      | 2025-01-06 | 10       | 4      | 3
        P2      | 2025-01-06 | 20       | 4      | 2.5
        P3      | 2025-01-06 | 30       | 6      | 3
        P4      | 2025-01-06 | 15       | 8      | 4.75
        """)
    row = by_depth(care, SETTINGS).iloc[0]
    assert round(row["difference"], 9) == -0.5
    assert row["reason"] == "4 patients could be compared; at least 30 are needed."


def test_an_adjunct_that_was_not_recorded_is_not_without():
    """A session with adjuncts recorded as none is without each of them."""
    care = clinic("""
        date       | adjuncts
        2025-01-06 | exercise, massage
        2025-01-07 | massage
        2025-01-08 | none
        2025-01-09 |
        """)
    assert at_sessions(care, "adjunct") == [
        "with exercise",
        "without exercise",
        "without exercise",
        None,
    ]


def test_electrical_with_exercise_or_mobilization_stands_against_deep_without_either():
    """Every other session with both recorded is in neither group."""
    care = clinic("""
        date       | technique   | adjuncts
        2025-01-06 | electrical  | exercise
        2025-01-07 | electrical  | mobilization
        2025-01-08 | electrical  | massage
        2025-01-09 | deep        | massage
        2025-01-10 | deep        | exercise
        2025-01-11 | superficial | none
        """)
    together = "electrical with exercise or mobilization"
    expected = [together, together, None, "deep without either", None, None]
    assert at_sessions(care, "adjunct", place=-1) == expected


def test_an_episode_is_with_a_feature_by_three_quarters_of_the_sessions_that_record_it():
    """P1: three of four that record a twitch. P2: two of three, mixed. P3: none records it."""
    care = clinic("""
        patient | date       | twitch_response
        P1      | 2025-01-06 | yes
        P1      | 2025-01-07 | yes
        P1      | 2025-01-08 | yes
        P1      | 2025-01-09 | no
        P1      | 2025-01-10 |
        P2      | 2025-01-06 | yes
        P2      | 2025-01-07 | yes
        P2      | 2025-01-08 | no
        P3      | 2025-01-06 |
        """)
    assert over_episodes(care, "twitch_response") == ["with a twitch", "mixed", None]


def test_adjusting_compares_patients_who_started_alike():
    """Deep was given to those with more pain. At equal pain before it leaves one point less."""
    care = clinic("""
        patient | date       | technique   | before | after
        P1      | 2025-01-06 | superficial | 3      | 3
        P2      | 2025-01-06 | superficial | 5      | 4
        P3      | 2025-01-06 | superficial | 7      | 5
        P4      | 2025-01-06 | superficial | 4      | 3.5
        P5      | 2025-01-06 | deep        | 6      | 3.5
        P6      | 2025-01-06 | deep        | 8      | 4.5
        P7      | 2025-01-06 | deep        | 9      | 5
        """)
    found = adjusted_differences(care, SETTINGS).set_index(["horizon", "group"])
    assert round(found.loc[("immediate", "deep"), "difference"], 9) == -1


def test_a_group_of_fewer_than_30_patients_is_too_few_to_say():
    """The figure stands there, and why nothing is said about it."""
    care = clinic("""
        patient | date       | technique   | before | after
        P1      | 2025-01-06 | superficial | 5      | 4
        P2      | 2025-01-06 | superficial | 7      | 5
        P3      | 2025-01-06 | deep        | 6      | 4
        P4      | 2025-01-06 | superficial | 6      | 5
        P5      | 2025-01-06 | deep        | 8      | 4
        """)
    found = adjusted_differences(care, SETTINGS).set_index(["horizon", "group"])
    row = found.loc[("immediate", "deep")]
    assert row["verdict"] == "too few to say"
    assert row["reason"] == (
        "2 patients with deep and 3 patients with superficial could be compared; each side needs"
        " at least 30."
    )


def test_what_cannot_be_told_apart_has_no_difference():
    """Deep was given by Bo alone, who gave nothing else."""
    care = clinic("""
        patient | date       | technique   | therapist | before | after
        P1      | 2025-01-06 | superficial | Ada       | 5      | 4
        P2      | 2025-01-06 | superficial | Ada       | 7      | 5
        P3      | 2025-01-06 | deep        | Bo        | 6      | 4
        P4      | 2025-01-06 | superficial | Ada       | 6      | 5
        P5      | 2025-01-06 | deep        | Bo        | 8      | 4
        """)
    found = adjusted_differences(care, SETTINGS).set_index(["horizon", "group"])
    row = found.loc[("immediate", "deep")]
    assert np.isnan([row["difference"], row["low"], row["high"], row["p"]]).all()
    assert row["verdict"] == "too few to say"


def test_a_contrast_within_patients_counts_only_those_who_had_both():
    """P1 fell by 3 under deep and by 1 under superficial; P2 had deep alone."""
    care = clinic("""
        patient | date       | technique   | before | after
        P1      | 2025-01-06 | superficial | 7      | 6
        P1      | 2025-01-07 | deep        | 7      | 4
        P2      | 2025-01-06 | deep        | 7      | 0
        P3      | 2025-01-06 | superficial | 7      | 7
        """)
    model = pain_models(care, "technique", SETTINGS)[0]
    superficial, deep = (model.feature.groups.index(name) for name in ("superficial", "deep"))
    found = within_patients(pair_of(model.cells, deep, superficial), deep, superficial)
    assert (found.difference, found.n) == (-2, 1)


def test_what_became_of_the_missing_bounds_the_difference_in_responders():
    """Superficial: one responded, one is missing. Deep: one did not, one is missing."""
    care = clinic(
        """
        patient | date       | technique   | before
        P1      | 2025-01-06 | superficial | 6
        P1      | 2025-01-13 | superficial | 3
        P2      | 2025-01-06 | superficial | 6
        P3      | 2025-01-06 | deep        | 6
        P3      | 2025-01-13 | deep        | 6
        P4      | 2025-01-06 | deep        | 6
        """,
        as_of="2025-06-30",
    )
    (feature,) = features(care, "technique", SETTINGS)
    every = rows_of(care, "lasting", feature, SETTINGS).every
    deep = feature.groups.index("deep")
    counts = responder_counts(every, SETTINGS)
    found = bounds_for_the_missing(counts, deep, feature.reference)
    assert feature.reference_name == "superficial"
    assert (found["difference"], found["lowest"], found["highest"]) == (-1, -1, 0)


def test_mixed_episodes_are_compared_too_and_no_session_is_mixed():
    care = clinic("""
        patient | date       | technique   | before | after
        P1      | 2025-01-06 | superficial | 5      | 4
        P1      | 2025-01-13 | deep        | 4      | 4
        P2      | 2025-01-06 | superficial | 7      | 5
        """)
    found = adjusted_differences(care, SETTINGS)
    assert values(found, "horizon") == ["immediate"] * 2 + ["lasting"] * 3
    assert values(found, "group")[-1] == "mixed"
