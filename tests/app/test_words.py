"""The sentences at the head of a page: right at none, one and many, with the doubt in them."""

import numpy as np
import pandas as pd
import pytest

from dashboard import changes, patient_words, phrases, theme, words
from dashboard.choice import Choice
from pipelines.intervals import wilson
from pipelines.settings import Settings

SETTINGS = Settings()
COUNTS = {"episodes": 170, "no_baseline": 3, "low_baseline": 4, "not_yet_followed": 21}


def rate(n: int, of: int) -> dict:
    low, high = (float(limit) for limit in wilson(n, of)) if of else (np.nan, np.nan)
    return {"n": n, "of": of, "rate": n / of if of else np.nan, "low": low, "high": high}


def due(n: int, of: int, missing: int) -> dict:
    every = of + missing
    lowest, highest = (n / every, (n + missing) / every) if every else (np.nan, np.nan)
    return rate(n, of) | {"not_followed": missing, "lowest": lowest, "highest": highest}


@pytest.mark.parametrize(
    ("number", "said"), [(0, "no episodes"), (1, "1 episode"), (1204, "1,204 episodes")]
)
def test_a_count_agrees_with_its_noun(number, said):
    assert phrases.several(number, "episode") == said


@pytest.mark.parametrize(
    ("episodes", "patients", "said"),
    [
        (0, 0, "Nothing matches"),
        (0, 1, "No episodes, 1 patient matches"),
        (1, 1, "1 episode, 1 patient match"),
        (1204, 893, "1,204 episodes, 893 patients match"),
    ],
)
def test_what_the_filters_leave(episodes, patients, said):
    assert phrases.matching(episodes, patients) == said


class TestResponders:
    def test_many(self):
        said = words.responders(rate(92, 143), due(90, 140, 10), COUNTS, SETTINGS)
        assert said.heading == (
            "Of 143 episodes followed up, 92 (64%) had at least 30% less pain at the latest visit"
        )
        assert "95% interval 56 to 72%" in said.doubt
        assert "Not yet followed up: 21." in said.doubt
        assert "Of the 150 due, 10 episodes were not followed: it would be 60%" in said.doubt
        assert "67% had all" in said.doubt

    def test_one_not_followed(self):
        said = words.responders(rate(92, 143), due(90, 140, 1), COUNTS, SETTINGS)
        assert "1 episode was not followed" in said.doubt

    def test_everybody_followed_leaves_no_bounds(self):
        counts = COUNTS | {"not_yet_followed": 0}
        said = words.responders(rate(92, 143), due(92, 143, 0), counts, SETTINGS)
        assert "not" not in said.doubt.lower().split()

    def test_none_of_many(self):
        said = words.responders(rate(0, 20), due(0, 20, 0), COUNTS, SETTINGS)
        assert said.heading.startswith("Of 20 episodes followed up, none had")

    def test_few_are_too_few_to_say(self):
        said = words.responders(rate(1, 1), due(1, 1, 0), COUNTS, SETTINGS)
        assert said.heading.startswith("Too few to say: of 1 episode followed up, 1 had")

    def test_nobody_says_why(self):
        counts = {"episodes": 3, "no_baseline": 1, "low_baseline": 0, "not_yet_followed": 2}
        said = words.responders(rate(0, 0), due(0, 0, 2), counts, SETTINGS)
        assert said.heading == "No episode can be counted yet"
        assert said.doubt == (
            "3 episodes begin here: 1 without a first score, 0 below 3 at the start, "
            "2 not yet followed up."
        )

    def test_one_episode_begins(self):
        counts = {"episodes": 1, "no_baseline": 0, "low_baseline": 0, "not_yet_followed": 1}
        said = words.responders(rate(0, 0), due(0, 0, 1), counts, SETTINGS)
        assert said.doubt.startswith("1 episode begins here")


def lasting(n: int, change: float, low: float, high: float) -> dict:
    return {
        "n": n, "change_mean": change, "low": low, "high": high, "baseline_mean": 6.0,
        "latest_mean": 6.0 - change, "change_median": change, "not_yet_followed": 0,
    }  # fmt: skip


LATER = "at the latest visit"


@pytest.mark.parametrize(
    ("row", "heading"),
    [
        (lasting(64, 2.34, 1.7, 3.0), f"Pain was 2.3 points lower {LATER} than at the first"),
        (lasting(64, -1.0, -1.5, -0.5), f"Pain was 1.0 point higher {LATER} than at the first"),
        (lasting(64, 0.3, -0.2, 0.8), "No clear change in pain from the first to the latest visit"),
        (
            lasting(2, 3.0, -9, 15),
            f"Too few to say: pain {LATER} was 3.0 points lower in 2 episodes",
        ),
        (
            lasting(1, 0.0, np.nan, np.nan),
            f"Too few to say: pain {LATER} was the same in 1 episode",
        ),
    ],
)
def test_which_way_pain_went(row, heading):
    assert words.pain(row, SETTINGS).heading == heading


def test_pain_of_nobody():
    row = lasting(0, np.nan, np.nan, np.nan) | {"not_yet_followed": 2}
    said = words.pain(row, SETTINGS)
    assert said.heading == "No episode has a first and a later score yet"
    assert said.doubt == "Not yet followed up: 2."


class TestWaiting:
    def test_a_median(self):
        row = {"n": 60, "events": 36, "median": 4, "low": 3, "high": 5}
        said = words.waiting(row, COUNTS, SETTINGS)
        assert said.heading == "Half had improved after 4 treatment sessions"
        assert "95% interval 3 to 5" in said.doubt

    def test_one_session_and_no_upper_limit(self):
        row = {"n": 60, "events": 36, "median": 1, "low": 1, "high": np.nan}
        said = words.waiting(row, COUNTS, SETTINGS)
        assert said.heading == "Half had improved after 1 treatment session"
        assert "95% interval 1 to not reached" in said.doubt

    def test_not_reached(self):
        row = {"n": 60, "events": 10, "median": pd.NA, "low": 6, "high": pd.NA}
        said = words.waiting(row, COUNTS, SETTINGS)
        assert said.heading == "Fewer than half are known to have improved so far"
        assert said.doubt.startswith("Median not reached.")

    def test_few_and_nobody(self):
        row = {"n": 3, "events": 1, "median": 2, "low": 1, "high": pd.NA}
        assert words.waiting(row, COUNTS, SETTINGS).heading == (
            "Too few to say: 1 of 3 episodes improved"
        )
        nobody = row | {"n": 0, "events": 0}
        assert words.waiting(nobody, COUNTS, SETTINGS).heading == "No episode can be counted yet"

    @pytest.mark.parametrize(
        ("improved", "low", "high", "said"),
        [
            (0.41, 0.33, 0.52, "about 4 had improved by session 3, if all had carried on (95% "
             "interval 3 to 6 of 10)"),
            (0.03, 0.01, 0.12, "none had improved by session 3, if all had carried on (95% "
             "interval 0 to 2 of 10)"),
            (0.97, 0.9, 0.99, "all 10 had improved by session 3, if all had carried on (95% "
             "interval 9 to 10 of 10)"),
        ],
    )  # fmt: skip
    def test_what_a_patient_may_be_told(self, improved, low, high, said):
        mark = {"session": 3, "at_risk": 40, "improved": improved, "low": low, "high": high}
        assert patient_words.of_ten(mark, SETTINGS) == f"Of 10 people like these, {said}."

    @pytest.mark.parametrize("unknown", [{"at_risk": 9}, {"low": np.nan}, {"high": np.nan}])
    def test_a_patient_is_told_nothing_on_few(self, unknown):
        mark = {"session": 1, "at_risk": 40, "improved": 0.4, "low": 0.3, "high": 0.5} | unknown
        assert patient_words.of_ten(mark, SETTINGS) == (
            "Too few were still coming to say how many improve by session 1."
        )


SERIOUS = {"n": 0, "of": 100, "rate_per_10000": 0.0, "low": 0.0, "high": 295.1}


class TestSideEffects:
    def test_a_rate_with_its_recording(self):
        said = words.side_effects(rate(19, 100) | {"treatment_sessions": 110}, SERIOUS)
        assert said.heading == "Side effects in 19.0 of 100 recorded sessions"
        assert "Recorded in 91% of 110 sessions." in said.doubt
        assert "may be up to 295.1 per 10,000" in said.doubt

    def test_a_low_recording_rate_is_doubted(self):
        said = words.side_effects(rate(19, 100) | {"treatment_sessions": 200}, SERIOUS)
        assert "with so many blank, the rate may be far off" in said.doubt

    def test_blank_is_not_none(self):
        said = words.side_effects(rate(0, 0) | {"treatment_sessions": 7}, SERIOUS | {"of": 0})
        assert said.heading == "Side effects are not recorded, so no rate can be given"

    def test_recorded_none(self):
        said = words.side_effects(rate(0, 1) | {"treatment_sessions": 1}, SERIOUS)
        assert said.heading == "No side effect in 1 recorded session"

    def test_no_session(self):
        said = words.side_effects(rate(0, 0) | {"treatment_sessions": 0}, SERIOUS)
        assert said.heading == "No treatment session in this selection"

    def test_serious_events(self):
        row = {"n": 1, "of": 1000, "rate_per_10000": 10.0, "low": 0.3, "high": 55.6}
        assert words.serious_events(row) == (
            "Serious events in 1 session: 10.0 per 10,000 (95% interval 0.3 to 55.6)."
        )


def mix(**counts: int) -> pd.DataFrame:
    total = sum(counts.values())
    rows = [
        {"condition": name, "label": name.capitalize(), **rate(n, total), "share": n / total}
        for name, n in counts.items()
    ]
    return pd.DataFrame(rows)


class TestConditions:
    def test_the_commonest(self):
        said = words.conditions(mix(back=60, neck=30, unspecified=10), SETTINGS)
        assert said.heading == (
            "Back is the commonest reason for care: 60 of 100 new episodes (60%)"
        )
        assert "10 episodes without a known condition." in said.doubt

    def test_a_tie_names_both(self):
        said = words.conditions(mix(back=30, neck=30, jaw=1), SETTINGS)
        assert said.heading == "Back and Neck are commonest, 30 each of 61"

    def test_a_condition_left_blank_is_no_reason_for_care(self):
        said = words.conditions(mix(unspecified=40, back=20), SETTINGS)
        assert said.heading.startswith("Back is the commonest reason for care: 20 of 60")

    def test_none(self):
        empty = mix(back=1).iloc[:0]
        assert words.conditions(empty, SETTINGS).heading == (
            "No episode of care begins in this selection"
        )

    def test_none_has_a_condition(self):
        said = words.conditions(mix(unspecified=20), SETTINGS)
        assert said.heading == "No new episode has a known condition"

    def test_work(self):
        assert (
            phrases.unnamed(mix(back=3))
            == "Every episode has a condition that the vocabulary knows."
        )
        assert "1 episode with the condition left blank" in phrases.unnamed(
            mix(back=3, unspecified=1)
        )
        assert "2 episodes with a term" in phrases.unnamed(mix(back=3, unmapped=2))


@pytest.mark.parametrize(
    ("verdict", "previous", "said"),
    [
        ("higher", 0.58, "Up from 58% before"),
        ("lower", 0.58, "Down from 58% before"),
        ("no clear change", 0.58, "No clear change: 58% before"),
        ("too few to say", 0.58, "Too few to compare with before"),
        ("lower", np.nan, "Too few to compare with before"),
        (np.nan, np.nan, ""),
    ],
)
def test_a_change_is_told_without_praise(verdict, previous, said):
    assert phrases.change({"verdict": verdict, "previous": previous}, theme.percent) == said


@pytest.mark.parametrize(
    ("imports", "rows", "heading"),
    [
        (0, 0, "Nothing is imported yet"),
        (1, 0, "Every row is accounted for"),
        (1, 1, "1 row waits to be mended"),
        (2, 6, "6 rows wait to be mended"),
    ],
)
def test_data_quality(imports, rows, heading):
    assert words.quality(imports, rows).heading == heading


def test_log_rank_in_words():
    test = {"groups": 3, "n": 126, "left_out": 2, "p": 0.0004}
    assert phrases.log_rank(test) == (
        "The 3 groups differ (log-rank p < 0.001, 126 episodes). Group not known: 2."
    )
    assert "no clear difference" in phrases.log_rank(test | {"p": 0.3})
    assert phrases.log_rank(test | {"p": np.nan, "left_out": 0}) == "Too few groups to compare."


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (0, ""),
        (1, "1 further condition is in the table."),
        (7, "7 further conditions are in the table."),
    ],
)
def test_what_a_short_chart_leaves_out(number, said):
    assert phrases.further(number, "condition") == said


def changed(rule: str, subject: str = "", **figures: float) -> pd.DataFrame:
    """One row of `what_changed`: 20 of 40, after 60 of 80, unless told otherwise."""
    row = {"n": 20, "of": 40, "rate": 0.5, "then_n": 60, "then_of": 80, "then_rate": 0.75}
    month = pd.Timestamp("2026-02-01")
    return pd.DataFrame([row | figures | {"rule": rule, "subject": subject, "month": month}])


class TestWhatChanged:
    def test_nothing(self):
        assert changes.sentences(changed("responders").iloc[:0]) == []

    @pytest.mark.parametrize(
        ("rule", "subject", "said", "page"),
        [
            (
                "serious_events",
                "",
                "20 sessions with a serious event in the newest three months (40 recorded), "
                "more than chance lets expect after 60 in the 80 before.",
                "side_effects",
            ),
            (
                "side_effects_by_month",
                "outside the limits",
                "Side effects in Feb 2026: 20 of 40 recorded sessions (50%; centre 75%), "
                "signalled by the control chart: outside the limits.",
                "side_effects",
            ),
            (
                "responders",
                "",
                "Fewer respond: 50% of 40 episodes followed up had enough less pain, "
                "after 75% of 80 in the same span before.",
                "pain",
            ),
            (
                "completeness",
                "",
                "Follow-up fell to 50% of 40 episodes due, from 75% of 80 in the same span before.",
                "import_and_quality",
            ),
            (
                "recording",
                "",
                "Side effects were recorded at 50% of 40 treatment sessions, "
                "after 75% of 80 in the same span before.",
                "side_effects",
            ),
            (
                "condition_share",
                "neck_pain",
                "Neck pain moved from 75% to 50% of new episodes (60 of 80, now 20 of 40).",
                "conditions",
            ),
        ],
    )
    def test_each_rule_has_its_sentence_and_its_page(self, rule, subject, said, page):
        [change] = changes.sentences(changed(rule, subject))
        assert (change.sentence, change.page) == (said, page)

    def test_a_rise_is_told_as_one(self):
        [change] = changes.sentences(changed("responders", rate=0.8, then_rate=0.6))
        assert change.sentence.startswith("More respond: 80% of 40")

    def test_at_most_five(self):
        many = pd.concat([changed("recording")] * 8)
        assert len(changes.sentences(many)) == changes.MOST


def test_an_untouched_choice_is_the_last_twelve_months():
    assert Choice() == Choice("last-12-months")
