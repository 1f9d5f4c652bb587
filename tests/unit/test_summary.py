"""The summary is plain, complete and in order; its flat rows say the same."""

import json

from pipelines.settings import Settings
from pipelines.summary import summarise, summary_rows
from tests.support.clinics import clinic, random_sessions


def example() -> dict:
    return summarise(clinic(random_sessions(8, 300)), Settings(), {"technique": ["deep"]})


def test_it_is_plain_json_without_nan():
    summary = example()
    assert json.loads(json.dumps(summary, allow_nan=False)) == summary


def test_its_sections_are_in_the_order_of_the_contract():
    assert list(example()) == [
        "filters",
        "as_of",
        "period",
        "counts",
        "pain",
        "immediate",
        "sessions_to_improvement",
        "side_effects",
        "condition_mix",
        "techniques",
    ]


def test_filters_are_passed_on():
    assert example()["filters"] == {"technique": ["deep"]}
    assert summarise(clinic(random_sessions(8, 5)), Settings())["filters"] == {}


def test_flat_rows_hold_every_figure_with_its_interval():
    summary = example()
    rows = {(row["measure"], row["group"], row["figure"]): row for row in summary_rows(summary)}
    assert len(rows) == len(summary_rows(summary))
    rate = summary["pain"]["responders_30"]
    row = rows["pain", None, "responders_30"]
    assert [row["n"], row["of"], row["value"]] == [rate["n"], rate["of"], rate["rate"]]
    assert [row["low"], row["high"]] == rate["ci"]
    assert rows["counts", None, "visits"]["value"] == 300
    mean = rows["pain", None, "change_mean"]
    assert [mean["n"], mean["low"], mean["high"]] == [
        summary["pain"]["n"],
        *summary["pain"]["change_ci"],
    ]
    bounds = rows["pain", None, "responders_30_bounds"]
    assert [bounds["low"], bounds["high"]] == summary["pain"]["responders_30_bounds"]


def test_flat_rows_name_what_they_are_about():
    summary = example()
    rows = {(row["measure"], row["group"], row["figure"]): row for row in summary_rows(summary)}
    first = summary["sessions_to_improvement"]["by_session"][0]
    improved = rows["sessions_to_improvement", 1, "by_session.improved"]
    assert [improved["value"], improved["low"]] == [first["improved"], first["ci"][0]]
    kind, rate = next(iter(summary["side_effects"]["types"].items()))
    assert rows["side_effects", kind, "type"]["value"] == rate["rate"]
    mix = summary["condition_mix"][0]
    assert rows["condition_mix", mix["condition"], "share"]["value"] == mix["share"]
    other = summary["techniques"][1]
    against = f"{other['technique']} against {summary['techniques'][0]['technique']}"
    row = rows["techniques", against, "immediate_raw.difference"]
    assert row["value"] == other["immediate_raw"]["difference"]
    assert rows["techniques", against, "immediate_raw.p"]["value"] == other["immediate_raw"]["p"]


def test_flat_rows_of_nothing_have_no_figures():
    rows = summary_rows(summarise(clinic(random_sessions(8, 0)), Settings()))
    assert {row["value"] for row in rows} <= {0, None}
