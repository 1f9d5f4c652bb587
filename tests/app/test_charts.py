"""Each chart compiles, is described, takes its colours from the theme, and marks what it must."""

import json
import re
from pathlib import Path

import altair as alt
import pytest
import vl_convert

from dashboard import theme
from dashboard.charts import (
    activity,
    balance,
    baseline_overlap,
    condition_mix,
    duration,
    for_whom,
    forest,
    funnel,
    horizons,
    lasting_pain,
    parts,
    responder_curve,
    responders,
    sensitivity,
    sessions_to_improvement,
    side_effects,
    side_effects_by_month,
    trajectory,
    trend,
)

from . import frames

CHARTS = {
    "activity": lambda: activity.activity(frames.activity()),
    "trend": lambda: trend.trend(frames.trend(), "Followed up by month."),
    "mix": lambda: condition_mix.mix_and_outcome(frames.mix(), 30, "condition"),
    "mix by month": lambda: condition_mix.by_month(frames.mix_by_month()),
    "outcomes": lambda: responders.outcome_bar(frames.outcomes()),
    "responders by group": lambda: responders.by_group(
        frames.groups_with_bounds(), 30, "condition"
    ),
    "responder curve": lambda: responder_curve.responder_curve(frames.responder_curve()),
    "scores": lambda: lasting_pain.score_distribution(frames.distribution()),
    "trajectory": lambda: trajectory.trajectory(frames.trajectory(), 6, 10),
    "duration": lambda: duration.duration(frames.duration()),
    "horizons": lambda: horizons.horizons(frames.horizons()),
    "improvement": lambda: sessions_to_improvement.improvement_curve(frames.improvement(), 10),
    "improvement by group": lambda: sessions_to_improvement.by_group(
        frames.improvement_by_group(), 10
    ),
    "what happened": lambda: sessions_to_improvement.what_happened(frames.happened(), 10),
    "side effect types": lambda: side_effects.types(frames.side_effect_types(), frames.published()),
    "side effects by technique": lambda: side_effects.by_group(frames.techniques(), "technique"),
    "events": lambda: side_effects.events(frames.events()),
    "recording": lambda: side_effects.recording(frames.groups()),
    "control chart": lambda: side_effects_by_month.control_chart(frames.months()),
    "forest": lambda: forest.forest(frames.comparison(), 1.0, ["Points"], "as with deep"),
    "baseline overlap": lambda: baseline_overlap.baseline_overlap(frames.baselines()),
    "balance": lambda: balance.balance(frames.facts()),
    "sensitivity": lambda: sensitivity.sensitivity(frames.ways(), ["Points"], "as with deep"),
    "for whom": lambda: for_whom.for_whom(frames.levels(), 1.0, ["Points"], "as with deep"),
    "funnel": lambda: funnel.funnel(frames.therapists(), frames.funnel(), 0.6, 30),
    "own limits": lambda: funnel.own_limits(frames.therapists(), 0.6, 30),
    "between events": lambda: side_effects_by_month.between_events(frames.between_events()),
}
HEX = re.compile(r"#[0-9a-fA-F]{3,8}\b")

every_chart = pytest.mark.parametrize("make", CHARTS.values(), ids=CHARTS.keys())


def rows_of(chart: alt.TopLevelMixin) -> list[dict]:
    """Every row of data that the chart carries."""
    return [row for rows in chart.to_dict()["datasets"].values() for row in rows]


@every_chart
@pytest.mark.parametrize("appearance", ["light", "dark"])
def test_it_compiles(make, appearance):
    svg = vl_convert.vegalite_to_svg(theme.dressed(make(), appearance).to_dict())
    assert "<path" in svg or "<text" in svg
    assert "NaN" not in svg


@every_chart
def test_it_is_described_in_words(make):
    description = make().to_dict()["description"]
    assert len(description) > 15
    assert "nan" not in description.lower()
    assert theme.NONE not in description


@every_chart
def test_it_names_roles_and_no_colour(make):
    spec = json.dumps(theme.dressed(make()).to_dict())
    assert not HEX.search(spec)
    assert '"range": "category"' in spec


@every_chart
@pytest.mark.parametrize("appearance", ["light", "dark"])
def test_what_is_drawn_has_only_the_themes_colours(make, appearance):
    svg = vl_convert.vegalite_to_svg(theme.dressed(make(), appearance).to_dict())
    allowed = {*theme.PALETTES[appearance], theme.GROUNDS[appearance], theme.GRIDS[appearance]}
    assert set(HEX.findall(svg)) <= allowed


def test_every_chart_module_is_tested():
    modules = {path.stem for path in Path(parts.__file__).parent.glob("*.py")}
    tested = {function.__code__.co_names[0] for function in CHARTS.values()}
    assert modules - {"__init__", "beside_zero", "parts"} == tested


def test_the_curve_stops_where_fewer_than_ten_are_at_risk():
    drawn = sessions_to_improvement.drawn(frames.improvement(), 10)
    assert list(drawn["session"]) == [1, 2, 3]
    carried = rows_of(sessions_to_improvement.improvement_curve(frames.improvement(), 10))
    assert not any(row.get("improved") == 0.8 for row in carried)


def test_only_a_signal_is_drawn_in_the_signals_colour():
    rows = rows_of(side_effects_by_month.control_chart(frames.months()))
    roles = {row["month"][:7]: row["role"] for row in rows if "role" in row}
    assert roles.pop("2026-02") == theme.SIGNAL
    assert set(roles.values()) == {theme.ACCENT}


def test_a_technique_has_its_own_colour_in_every_chart():
    roles = {
        row["technique"]: row["role"]
        for row in rows_of(side_effects.by_group(frames.techniques(), "technique"))
        if "technique" in row
    }
    assert roles == {name: theme.TECHNIQUE_ROLES[name] for name in roles}
    assert len(set(roles.values())) == 3


def test_only_what_missing_scores_leave_open_has_a_pale_bar():
    """Nobody is missing of the second group, nobody is due in the third."""
    spec = responders.by_group(frames.groups_with_bounds(), 30, "condition").to_dict()
    bar = next(layer for layer in spec["layer"] if layer.get("mark", {}).get("type") == "bar")
    drawn = spec["datasets"][bar["data"]["name"]]
    assert [row["label"] for row in drawn] == ["Neck pain"]


def test_published_events_are_drawn_as_a_reference_without_an_interval():
    rows = rows_of(side_effects.events(frames.events()))
    assert {row["label"]: row["role"] for row in rows} == {
        "Here": theme.ACCENT,
        "Brady 2014": theme.REFERENCE,
    }


def test_rows_name_their_n():
    assert parts.plain_labels(frames.groups())["row"].iloc[0] == "Neck pain, n = 20"


def test_a_point_with_few_scores_is_left_out_unless_hardly_any_has_more():
    frame = frames.trajectory()
    assert trajectory.worth_drawing(frame, 25)["n"].min() >= 25
    few = frame.head(2).assign(n=[3, 2])
    assert len(trajectory.worth_drawing(few, 10)) == 2


@pytest.mark.parametrize(
    ("values", "expected"),
    [([0.2, 0.8], [0.2, 0.8]), ([0.5, 0.5], [0.5, 0.6]), ([1.0, 0.98], [1.0, 0.9])],
)
def test_labels_beside_lines_are_kept_apart(values, expected):
    assert parts.spread(values, 0.1) == pytest.approx(expected)


def test_a_rate_of_nobody_draws_nothing():
    chart = responders.by_group(frames.groups_with_bounds().tail(1), 30, "condition")
    svg = vl_convert.vegalite_to_svg(theme.dressed(chart, "light").to_dict())
    assert "NaN" not in svg


def test_a_row_too_few_to_say_has_words_and_no_mark():
    rows = rows_of(forest.forest(frames.comparison(), 1.0, ["Points"], "as with deep"))
    told = [row for row in rows if row.get("few")]
    assert [row["group"] for row in told] == ["mixed"]
    spec = forest.forest(frames.comparison(), 1.0, ["Points"], "as with deep").to_dict()
    marked = [
        row
        for layer in spec["layer"]
        if layer.get("mark", {}).get("type") in ("point", "rule") and "y" in layer["encoding"]
        for row in spec["datasets"][layer["data"]["name"]]
    ]
    assert {row["group"] for row in marked} == {"superficial", "electrical"}


def test_no_group_of_marks_is_empty():
    """A screen reader would announce each as a picture of nothing."""
    few = frames.comparison().assign(few="Too few.")
    spec = forest.forest(few, 1.0, ["Points"], "as with deep").to_dict()
    named = [layer["data"]["name"] for layer in spec["layer"] if "data" in layer]
    assert all(spec["datasets"][name] for name in named)
    assert not [layer for layer in spec["layer"] if layer.get("mark", {}).get("type") == "point"]


def test_both_horizons_share_an_axis_that_goes_as_far_to_both_sides():
    reach = forest.reach_of([frames.comparison(), frames.comparison().head(1)], 0.5)
    assert reach == pytest.approx(1.08 * 0.5)
    spec = forest.forest(frames.comparison(), reach, ["Points"], "as with deep").to_dict()
    scales = [
        layer["encoding"]["x"]["scale"]["domain"]
        for layer in spec["layer"]
        if "scale" in layer.get("encoding", {}).get("x", {})
    ]
    assert {tuple(domain) for domain in scales} == {(-reach, reach)}


def test_another_story_is_a_diamond_in_the_signals_colour():
    rows = rows_of(sensitivity.sensitivity(frames.ways(), ["Points"], "as with deep"))
    apart = [row for row in rows if row.get("agrees") == "disagrees"]
    assert {row["role"] for row in apart} == {theme.SIGNAL}
    assert any(row.get("words") == "no figure: too few" for row in rows)


def test_a_level_far_out_on_its_own_is_left_to_the_table():
    spec = for_whom.for_whom(frames.levels(), 1.0, ["Points"], "as with deep").to_dict()
    drawn = [
        [row["label"] for row in spec["datasets"][layer["data"]["name"]]]
        for layer in spec["layer"]
        if layer.get("mark", {}).get("type") == "point"
    ]
    assert sorted(map(len, drawn)) == [1, 2]
