"""Episodes at their edges: no visits, types and categories, numbering, any order of rows."""

import pandas as pd
import pytest

from pipelines import tables
from pipelines.episodes import form_episodes
from pipelines.settings import Settings
from tests.support.clinics import clinic, frame, random_sessions, table, values

DTYPES = {
    tables.TEXT: "str",
    tables.CATEGORY: "category",
    tables.SET: "category",
    tables.DATE: "datetime64[s]",
    tables.NUMBER: "float64",
    tables.FLAG: "boolean",
    tables.WHOLE: "int32",
}


@pytest.mark.parametrize("visits", [0, 1, 60])
def test_frames_have_the_columns_and_types_of_the_tables(visits: int):
    found = form_episodes(random_sessions(3, visits) if visits else frame([]), Settings())
    for got, expected in zip(found, (tables.VISIT, tables.EPISODE), strict=True):
        assert list(got) == list(expected)
        types = {name: str(dtype) for name, dtype in got.dtypes.items()}
        wanted = {name: DTYPES[kind] for name, kind in expected.items()}
        assert types == wanted | {"episode_id": "int64"}


def test_no_visits_make_no_episodes():
    assert [len(part) for part in form_episodes(frame([]), Settings())] == [0, 0]


def test_only_follow_ups_make_no_episodes():
    care = clinic("""
        patient | date       | type      | condition
        P1      | 2025-01-06 | follow_up | neck pain
        P2      | 2025-01-06 | follow_up | unspecified
        """)
    assert values(care.visits, "episode_id") == [-1, -1]
    assert len(care.episodes) == 0


def test_another_patients_episode_takes_no_follow_up():
    care = clinic("""
        patient | date       | type      | condition
        P1      | 2025-01-06 | treatment | neck pain
        P2      | 2025-01-13 | follow_up | unspecified
        P2      | 2025-01-14 | follow_up | neck pain
        """)
    assert values(care.visits, "episode_id") == [1, -1, -1]


def test_a_missing_condition_is_like_an_unspecified_one():
    sessions = table("""
        date       | type      | condition
        2025-01-06 | treatment | neck pain
        2025-01-13 | follow_up | unspecified
        """)
    sessions["condition"] = sessions["condition"].cat.remove_categories("unspecified")
    visits, _ = form_episodes(sessions, Settings())
    assert values(visits, "episode_id") == [1, 1]


def test_episodes_are_numbered_from_1_in_the_order_of_visits():
    visits, episodes = form_episodes(random_sessions(5, 200), Settings())
    first = visits[visits["episode_id"] > 0].drop_duplicates("episode_id")
    treated = first["session_number"] == 1
    assert values(episodes, "episode_id") == list(range(1, len(episodes) + 1))
    assert treated.all()
    assert first["episode_id"].is_monotonic_increasing


def test_every_visit_but_an_orphan_is_counted_in_one_episode():
    visits, episodes = form_episodes(random_sessions(6, 200), Settings())
    assert episodes["visits"].sum() == (visits["episode_id"] > 0).sum()
    assert (visits["episode_id"] == -1).any()
    numbered = visits[visits["session_number"] > 0].groupby("episode_id")["session_number"]
    assert (numbered.max() == episodes.set_index("episode_id")["treatment_sessions"]).all()


@pytest.mark.parametrize("seed", range(5))
def test_the_order_of_rows_and_of_categories_does_not_matter(seed: int):
    sessions = random_sessions(seed, 150)
    sessions["session_time"] = [float(place) for place in range(len(sessions))]  # no ties
    mixed = sessions.sample(frac=1, random_state=1)
    for name in ("patient_id", "import_id", "condition", "therapist", "technique"):
        mixed[name] = mixed[name].cat.set_categories(mixed[name].cat.categories[::-1])
    one, other = (clinic(part).episodes for part in (sessions, mixed))
    names = [name for name in one if name != "episode_id"]
    pd.testing.assert_frame_equal(_plain(one[names]), _plain(other[names]))


def test_categories_are_in_the_order_of_their_vocabulary():
    care = clinic("""
        date       | technique   | chronicity | type
        2025-01-06 | superficial | subacute   | treatment
        2025-01-13 | deep        | acute      | evaluation
        """)
    assert list(care.visits["technique"].cat.categories) == list(tables.TECHNIQUES)
    assert list(care.episodes["chronicity"].cat.categories) == list(tables.CHRONICITIES)
    assert list(care.visits["visit_type"].cat.categories) == list(tables.VISIT_TYPES)


def test_the_gap_and_the_share_of_a_technique_are_settings():
    sessions = table("""
        date       | technique
        2025-01-06 | deep
        2025-01-20 | deep
        2025-02-03 | superficial
        """)
    settings = Settings(episode_gap_days=13, technique_share=0.6)
    assert values(form_episodes(sessions, settings)[0], "episode_id") == [1, 2, 3]
    assert values(form_episodes(sessions, Settings(technique_share=0.6))[1], "technique") == [
        "deep"
    ]
    assert values(form_episodes(sessions, Settings())[1], "technique") == ["mixed"]


def _plain(episodes: pd.DataFrame) -> pd.DataFrame:
    kept = episodes.select_dtypes(exclude="category")
    texts = episodes.select_dtypes("category").astype("str")
    order = ["patient_id", "first_date", "condition"]
    return pd.concat([kept, texts], axis=1).sort_values(order, ignore_index=True)
