"""What a page says of differences asked about together: corrected over both horizons.

Stricter than the summary's verdict, never laxer; responders follow the lasting pain of their
pair; any group can be the reference.
"""

import pandas as pd
import pytest

from pipelines.errors import OutcomesError
from pipelines.measures.comparison import ASKABLE, at_a_glance, in_detail
from pipelines.measures.comparison.frames import COLUMNS
from pipelines.measures.comparison.standing import judged_together
from pipelines.settings import Settings
from tests.support.clinics import clinic, random_sessions

FEW = Settings(fewest_patients=2)


def judged(*rows: tuple[str, str, str, str, float]) -> pd.DataFrame:
    """Standing of (horizon, group, outcome, verdict, careful p), the rest being missing."""
    names = ("horizon", "group", "outcome", "verdict", "careful_p")
    table = pd.DataFrame([dict(zip(names, row, strict=True)) for row in rows])
    table = table.assign(feature="technique", reference="superficial")
    return judged_together(table.reindex(columns=COLUMNS["differences"]), {}, [])


def test_p_values_are_corrected_over_all_groups_at_both_horizons():
    """.03 at one horizon alone would do; beside two others it does not."""
    found = judged(
        ("immediate", "deep", "pain", "differs", 0.03),
        ("lasting", "deep", "pain", "no clear difference", 0.4),
        ("lasting", "mixed", "pain", "differs", 0.01),
    )
    assert found["careful_p_holm"].tolist() == pytest.approx([0.06, 0.4, 0.03])
    assert found["standing"].tolist() == ["no clear difference"] * 2 + ["differs"]


def test_too_few_to_say_stays_so_and_does_not_count_among_those_asked_about():
    found = judged(
        ("immediate", "deep", "pain", "differs", 0.03),
        ("lasting", "deep", "pain", "too few to say", 0.001),
    )
    assert found["standing"].tolist() == ["differs", "too few to say"]
    assert found["careful_p_holm"].isna().tolist() == [False, True]


def test_responders_differ_only_where_the_lasting_pain_of_the_pair_does():
    found = judged(
        ("lasting", "deep", "pain", "differs", 0.001),
        ("lasting", "mixed", "pain", "no clear difference", 0.2),
        ("lasting", "deep", "responders_30", "differs", 0.001),
        ("lasting", "mixed", "responders_30", "differs", 0.001),
    )
    assert found["standing"].tolist()[2:] == ["differs", "no clear difference"]


def test_the_summary_has_to_say_so_too():
    found = judged(("immediate", "deep", "pain", "no clear difference", 0.001))
    assert found["standing"].tolist() == ["no clear difference"]


@pytest.mark.parametrize("feature", ["exercise", "electrical with exercise or mobilization"])
def test_one_comparison_of_adjuncts_can_be_asked_alone(feature: str):
    care = clinic(random_sessions(3, 60))
    assert feature in ASKABLE
    assert list(at_a_glance(care, FEW, feature).differences) == COLUMNS["differences"]


def test_another_reference_turns_the_sign():
    care = clinic(random_sessions(11, 500))
    shown = at_a_glance(care, FEW, "technique").differences
    row = shown[(shown["horizon"] == "immediate") & (shown["outcome"] == "pain")].iloc[0]
    turned = at_a_glance(care, FEW, "technique", row["group"]).differences
    back = turned[(turned["horizon"] == "immediate") & (turned["group"] == row["reference"])]
    assert back["difference"].iloc[0] == pytest.approx(-row["difference"])
    assert back["careful_low"].iloc[0] == pytest.approx(-row["careful_high"])


def test_a_reference_or_a_group_that_is_none_is_refused():
    care = clinic(random_sessions(11, 60))
    with pytest.raises(OutcomesError, match="No group"):
        at_a_glance(care, FEW, "technique", "mixed")
    with pytest.raises(OutcomesError, match="No group"):
        in_detail(care, FEW, "technique", "lasting", "nothing")
