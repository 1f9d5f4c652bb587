"""Therapists

Each therapist beside the clinic's own rate, with the limits that chance allows so many
episodes. Nobody is ranked.
"""

from itertools import chain

import pytest

from pipelines.measures.therapists import case_mix, funnel_limits, therapist_funnel
from pipelines.measures.therapists.limits import interpolated_limit
from pipelines.settings import Settings
from tests.support.clinics import clinic, frame, values

SETTINGS = Settings()


def followed(therapist, number, responders, **facts):
    """Episodes of one therapist from 6 to 3 (a response) or to 6."""
    records = []
    for place in range(number):
        patient = {"patient_id": f"{therapist}{place}", "therapist": therapist, **facts}
        latest = 3 if place < responders else 6
        records += [
            {**patient, "session_date": "2025-01-06", "pain_before": 6},
            {**patient, "session_date": "2025-01-13", "pain_before": latest},
        ]
    return records


def funnel(*therapists):
    return therapist_funnel(clinic(frame(list(chain(*therapists)))), SETTINGS)


def test_a_therapist_has_the_eligible_episodes_that_are_theirs():
    """Those of which they gave most sessions; n of them responded at 30%. Without a known
    therapist an episode counts for the clinic's rate alone."""
    care = clinic("""
        patient | date       | therapist | before
        P1      | 2025-01-06 | Ada       | 6
        P1      | 2025-01-13 | Ada       | 3
        P2      | 2025-01-06 | Ada       | 6
        P2      | 2025-01-13 | Bo        | 6
        P3      | 2025-01-06 | Bo        | 2
        P3      | 2025-01-13 | Bo        | 0
        P4      | 2025-01-06 |           | 6
        P4      | 2025-01-13 |           | 3
        """)
    found = therapist_funnel(care, SETTINGS)
    assert values(found.table, "therapist") == ["Ada"]
    assert values(found.table, "n") == [1]
    assert values(found.table, "of") == [2]
    assert found.episodes == 3
    assert found.unknown == 1
    assert found.rate == pytest.approx(2 / 3)


def test_limits_are_exact_binomial_and_smooth_in_the_number_of_episodes():
    """Around a rate of one half, at 95% and 99.8% (Spiegelhalter 2005)."""
    quantiles = (0.001, 0.025, 0.975, 0.999)
    at_20 = [float(interpolated_limit(0.5, 20, p)) for p in quantiles]
    at_100 = [float(interpolated_limit(0.5, 100, p)) for p in quantiles]
    assert [round(limit, 4) for limit in at_20] == [0.1367, 0.2558, 0.6942, 0.8133]
    assert [round(limit, 4) for limit in at_100] == [0.3412, 0.3968, 0.5932, 0.6488]


def test_limits_never_leave_0_to_1():
    """Of three episodes at a rate of 90%, chance leaves anything up to all."""
    limits = funnel_limits(0.9, 3)
    assert values(limits, "of") == [1, 2, 3]
    assert [round(limit, 2) for limit in limits["low_998"]] == [0.0, 0.0, 0.0]
    assert [round(limit, 2) for limit in limits["high_998"]] == [1.0, 1.0, 1.0]


def test_a_standardised_share_is_observed_over_expected_times_the_rate_of_the_clinic():
    """Acute episodes respond more often here: of 20 each, 15 and 5. Ada has the acute ones, so
    her share as counted lies above the clinic's, and standardised it is the clinic's."""
    found = funnel(
        followed("Ada", 20, 15, chronicity="acute"), followed("Bo", 20, 5, chronicity="chronic")
    )
    assert found.rate == 0.5
    assert values(found.table, "crude") == [0.75, 0.25]
    assert values(found.table.round(6), "expected") == [15, 5]
    assert values(found.table.round(6), "standardised") == [0.5, 0.5]
    assert values(found.table, "verdict") == ["within the limits", "within the limits"]


def test_outside_the_outer_limits_is_worth_a_look():
    """The limits are those of just these cases, in whole episodes: of 40 at the clinic's rate
    of 45%, chance leaves 9 to 28."""
    alike = [followed(name, 40, 22) for name in ("Ada", "Bo", "Cy")]
    found = funnel(*alike, followed("Dee", 40, 6))
    assert values(found.table, "verdict") == [
        *["within the limits"] * 3,
        "below the lower 99.8% limit",
    ]
    assert list((40 * found.table["low_998"]).round(6)) == [9] * 4
    assert list((40 * found.table["high_998"]).round(6)) == [28] * 4


def test_few_episodes_are_too_few_to_say_whatever_they_are():
    """Fewer than ten, or fewer than five responders or others to be expected."""
    found = funnel(followed("Ada", 40, 20), followed("Bo", 9, 0), followed("Cy", 40, 20))
    assert values(found.table, "verdict") == [
        "within the limits",
        "too few to say",
        "within the limits",
    ]


def test_therapists_who_differ_as_a_whole_widen_the_limits():
    """With the square of z, its extremes drawn in, above 1 + 2 x the root of 2 / therapists, the
    variance between them is added: an outlier has to stand apart from that spread too."""
    shares = (14, 26, 12, 28, 14, 26, 13, 27, 14, 26)
    found = funnel(*(followed(f"T{place}", 40, n) for place, n in enumerate(shares)))
    assert found.between.phi > found.between.bound
    assert found.between.variance > 0
    assert set(found.table["verdict"]) == {"within the limits"}


def test_the_case_mix_of_a_therapist_is_over_all_their_episodes():
    """Mean first score, share chronic of those known, commonest conditions, share with a first
    score, and share followed of those due."""
    care = clinic(
        """
        patient | date       | therapist | before | chronicity | condition
        P1      | 2025-01-06 | Ada       | 7      | chronic    | neck pain
        P1      | 2025-01-13 | Ada       | 3      | chronic    | neck pain
        P2      | 2025-01-06 | Ada       | 5      | acute      | neck pain
        P3      | 2025-01-06 | Ada       |        |            | low back pain
        """,
        as_of="2025-06-01",
    )
    mix = case_mix(care, SETTINGS)
    assert values(mix, "episodes") == [3]
    assert values(mix, "baseline") == [6]
    assert values(mix, "chronic") == [0.5]
    assert values(mix, "first_condition") == ["neck pain"]
    assert values(mix, "second_condition") == ["low back pain"]
    assert values(mix.round(3), "scored") == [0.667]
    assert values(mix, "followed") == [0.5]
