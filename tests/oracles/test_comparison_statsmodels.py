"""Adjusted and raw differences against statsmodels on one matrix row a session or episode.

Clinics at random, among them designs with columns that say the same twice: statsmodels gets
a set of independent columns, and what that set cannot tell must be missing here.
"""

import numpy as np
import pandas as pd
import pytest
from scipy import linalg

from pipelines.measures.comparison.differences import pain_models, raw_fit
from pipelines.measures.comparison.fit import least_squares
from pipelines.measures.comparison.groups import features
from pipelines.measures.comparison.rows import GROUP, cells_of
from pipelines.measures.techniques import GROUPS
from pipelines.selection import Clinic
from pipelines.settings import Settings
from tests.support.clinics import clinic, random_sessions

SETTINGS = Settings()
SIZES = (30, 80, 120, 200, 300)


def session_table(whole: Clinic) -> pd.DataFrame:
    """Treatment sessions with both scores and a technique."""
    visits = whole.visits
    rows = visits[
        (visits["session_number"] > 0)
        & visits["technique"].isin(GROUPS)
        & visits["pain_before"].notna()
        & visits["pain_after"].notna()
    ]
    facts = ["patient_id", "technique", "condition", "chronicity", "therapist"]
    table = rows[facts].astype(object)
    table["session"] = rows["session_number"].clip(upper=4).astype(str)
    return table.assign(before=rows["pain_before"], y=rows["pain_after"])


def episode_table(whole: Clinic) -> pd.DataFrame:
    """Episodes with baseline and latest and a technique or mixed."""
    episodes = whole.episodes
    rows = episodes[
        episodes["baseline"].notna()
        & episodes["latest"].notna()
        & episodes["technique"].isin(GROUPS)
    ]
    facts = ["patient_id", "technique", "condition", "chronicity", "therapist"]
    table = rows[facts].astype(object).assign(before=rows["baseline"], y=rows["latest"])
    if rows["age"].notna().any():
        table["age"] = rows["age"].fillna(rows["age"].mean())
        table["no_age"] = rows["age"].isna().astype(float)
    return table


def design(table: pd.DataFrame, reference: str) -> pd.DataFrame:
    groups = [name for name in GROUPS if name != reference]
    columns = {name: (table["technique"] == name).astype(float) for name in groups}
    factors = [
        name for name in ("condition", "chronicity", "therapist", "session") if name in table
    ]
    dummies = pd.get_dummies(table[factors].fillna("missing"), dtype=float)
    numbers = table[[name for name in ("before", "age", "no_age") if name in table]]
    return pd.concat([pd.DataFrame(columns), dummies, numbers], axis=1).assign(one=1.0)


def on_rows(table: pd.DataFrame, reference: str) -> dict[str, tuple[float, float]]:
    """Estimate and standard error of each group that can be told apart from the rest."""
    import statsmodels.api as sm

    x = design(table, reference)
    full = np.linalg.matrix_rank(x)
    groups = [name for name in GROUPS if name != reference]
    estimable = [
        name for name in groups if np.linalg.matrix_rank(x.drop(columns=name)) < full < len(x)
    ]
    if not estimable:
        return {}
    order = [*estimable, *(name for name in x if name not in estimable)]
    factor = linalg.qr(x[order].to_numpy(), mode="r", pivoting=False)[0]
    independent = independent_columns(factor)
    fit = sm.OLS(table["y"].astype(float), x[order].iloc[:, independent]).fit(
        cov_type="cluster",
        cov_kwds={"groups": pd.factorize(table["patient_id"])[0], "use_correction": True},
        use_t=True,
    )
    return {name: (fit.params[name], fit.bse[name]) for name in estimable}


def independent_columns(triangle: np.ndarray) -> list[int]:
    """Columns that are no combination of those before them."""
    kept: list[int] = []
    for place in range(triangle.shape[1]):
        if np.linalg.matrix_rank(triangle[:, [*kept, place]], tol=1e-8) > len(kept):
            kept.append(place)
    return kept


def found(whole: Clinic, horizon: str) -> tuple[str, dict[str, tuple[float, float]]]:
    (feature,) = features(whole, "technique", SETTINGS)
    fit = least_squares(cells_of(whole, horizon, feature, SETTINGS), GROUP, feature.reference)
    pairs = zip(feature.groups, fit.estimates, fit.errors, strict=True)
    return feature.reference_name, {
        name: (value, error)
        for name, value, error in pairs
        if name != feature.reference_name and not np.isnan(value)
    }


def same(whole: Clinic) -> int:
    """How many figures were compared."""
    compared = 0
    for horizon, table in (("immediate", session_table), ("lasting", episode_table)):
        reference, own = found(whole, horizon)
        theirs = on_rows(table(whole), reference)
        assert own.keys() == theirs.keys()
        for name, (value, error) in own.items():
            assert value == pytest.approx(theirs[name][0], abs=1e-8)
            assert error == pytest.approx(theirs[name][1], abs=1e-8)
            compared += 1
    return compared


@pytest.mark.parametrize("seed", range(50))
def test_estimates_and_standard_errors_are_those_on_rows(seed: int):
    visits = SIZES[seed % len(SIZES)]
    compared = same(clinic(random_sessions(seed, visits)))
    assert compared > 0 or visits == min(SIZES)


@pytest.mark.parametrize("seed", range(6))
def test_each_technique_in_the_hands_of_one_therapist_tells_nothing(seed: int):
    """The therapist's column is the technique's: no difference, and none on rows either."""
    sessions = random_sessions(seed, 150)
    sessions["therapist"] = sessions["technique"].astype("category")
    whole = clinic(sessions)
    assert found(whole, "immediate")[1] == {}
    same(whole)


@pytest.mark.parametrize("seed", range(6))
def test_one_technique_nested_in_one_therapist_leaves_the_others(seed: int):
    """Electrical by Dee alone, who gives nothing else; the others share their techniques."""
    sessions = random_sessions(seed, 200)
    electrical = (sessions["technique"] == "electrical").to_numpy(dtype=bool)
    names = sessions["therapist"].astype(object).where(~electrical, "Dee")
    others = ~electrical & (names == "Dee")
    sessions["therapist"] = names.where(~others, "Ada").astype("category")
    whole = clinic(sessions)
    own = found(whole, "immediate")[1]
    assert "electrical" not in own
    assert len(own) == (1 if found(whole, "immediate")[0] != "electrical" else 0)
    assert same(whole) > 0 or not own


@pytest.mark.parametrize("seed", range(8))
def test_raw_differences_are_those_on_rows(seed: int):
    import statsmodels.api as sm

    whole = clinic(random_sessions(seed, 200))
    (feature,) = features(whole, "technique", SETTINGS)
    own = raw_fit(pain_models(whole, "technique", SETTINGS)[1])
    table = episode_table(whole)
    occurring = set(table["technique"])
    names = [name for name in GROUPS if name in occurring - {feature.reference_name}]
    x = pd.DataFrame({name: (table["technique"] == name).astype(float) for name in names})
    fit = sm.OLS(table["y"] - table["before"], x.assign(one=1.0)).fit(
        cov_type="cluster",
        cov_kwds={"groups": pd.factorize(table["patient_id"])[0], "use_correction": True},
        use_t=True,
    )
    for name in names:
        place = feature.groups.index(name)
        assert own.estimates[place] == pytest.approx(fit.params[name], abs=1e-8)
        assert own.errors[place] == pytest.approx(fit.bse[name], abs=1e-8)
        assert own.p[place] == pytest.approx(fit.pvalues[name], abs=1e-8)
