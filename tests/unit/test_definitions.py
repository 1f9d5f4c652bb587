"""Every figure, card and setting is in the registry, and every text of it can be filled in."""

import ast
from collections.abc import Iterator
from typing import Any

import pytest

from dashboard.readings import READINGS
from pipelines.definitions import CARDS, DEFINITIONS, definition_of, explain, of_row, shown_on
from pipelines.definitions.reasons import REASONS
from pipelines.definitions.registry import THEMES
from pipelines.errors import BadUsage
from pipelines.known_settings import KNOWN
from pipelines.settings import Settings
from pipelines.summary import summarise, summary_rows
from tests.support.clinics import clinic, random_sessions
from tests.support.hygiene import PROJECT

ABOUT_OTHER_THINGS = {
    "cell_size": "what is published, not what is computed",
    "superficial_mm": "a flag on import",
}
OTHER_THINGS = {"filters", "as_of", "period"}
"""What the contract holds beside figures."""


def summary() -> dict[str, Any]:
    return summarise(clinic(random_sessions(8, 300)), Settings())


BESIDE = {"ci", "change_ci", "median_ci", "ci_per_10000", "condition", "technique", "session"}
"""Intervals, and what names a group: words of the figure that they stand beside."""


def figures(path: str, value: Any) -> Iterator[str]:
    """The path of each figure of the contract; the entries of a list, each kind once."""
    if isinstance(value, list) and value and isinstance(value[0], dict):
        value = {name: one for entry in value for name, one in entry.items() if one is not None}
    if not isinstance(value, dict):
        yield path
        return
    for name, inner in value.items():
        if name not in BESIDE:
            yield from figures(f"{path}.{name}" if path else name, inner)


def test_every_figure_of_the_contract_has_a_definition():
    found = set(figures("", {k: v for k, v in summary().items() if k not in OTHER_THINGS}))
    assert len(found) > 50
    sections = {path.partition(".")[0] for path in found}
    assert sections == {*("counts", "pain", "immediate", "sessions_to_improvement")} | {
        "side_effects", "condition_mix", "techniques",
    }  # fmt: skip
    unknown = [
        path
        for path in found
        if path not in DEFINITIONS
        and path.rpartition(".")[0] not in DEFINITIONS
        and not path.startswith("side_effects.types.")
    ]
    assert sorted(unknown) == []


def test_every_row_of_the_flat_summary_has_its_own_unit_and_denominator():
    rows = summary_rows(summary())
    assert all(row["unit"] for row in rows)
    told = {(row["measure"], row["figure"]): row for row in rows}
    assert told["pain", "responders_30"]["of_what"] == "eligible episodes"
    assert told["sessions_to_improvement", "by_session.at_risk"]["unit"] == "episodes"
    assert told["techniques", "immediate_adjusted.p"]["unit"] == "p value"
    assert {row["of_what"] != "" for row in rows if row["of"] is not None} == {True}


def cards_named() -> set[str]:
    """Names of charts and measures that the sections write out."""
    names = set()
    for file in (PROJECT / "dashboard" / "sections").glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in ("Chart", "Measure"):
                names |= {
                    option.value.value
                    for option in node.keywords
                    if option.arg == "name" and isinstance(option.value, ast.Constant)
                }
    return names


def test_every_card_has_a_definition():
    named = cards_named()
    assert len(named) > 20
    assert sorted((named | set(READINGS)) - {*CARDS, *DEFINITIONS}) == []


def test_every_setting_is_named_by_a_definition():
    named = {name for one in DEFINITIONS.values() for name in one.settings}
    assert sorted(set(KNOWN) - named - set(ABOUT_OTHER_THINGS)) == []
    assert named <= set(KNOWN)


def test_a_name_stands_for_one_thing():
    entries = [entry for theme in THEMES for entry in theme.ENTRIES]
    cards = [card for entry in entries for card in entry.cards]
    assert len(DEFINITIONS) == len(entries)
    assert len(CARDS) == len(cards)


@pytest.mark.parametrize("name", DEFINITIONS)
def test_every_text_can_be_filled_in_and_says_what_it_must(name):
    definition = DEFINITIONS[name]
    told = explain(definition, Settings())
    assert told.title
    assert told.unit
    assert told.what.endswith(".")
    assert not any("{" in text for _, text in told.lines())
    assert set(definition.left_out) <= set(REASONS)
    assert all(text for _, text in told.lines())


@pytest.mark.parametrize(("name", "value", "said"), [
    ("responder_percent", 25.0, "25%"),
    ("lowest_baseline", 4.0, "4"),
    ("episode_gap_days", 60, "60 days"),
])  # fmt: skip
def test_a_changed_setting_is_told_wherever_it_is_used(name, value, said):
    using = [one for one in DEFINITIONS.values() if name in one.settings]
    assert using
    for one in using:
        told = explain(one, Settings(**{name: value})).settings
        assert f"{KNOWN[name].words}: {said}".casefold() in told.casefold()


def test_who_is_left_out_is_told_with_numbers_where_there_are_any():
    counts = {"no_baseline": 1200, "low_baseline": 1, "not_yet_followed": 0}
    told = explain(definition_of("pain.responders_30"), Settings(), counts).left_out
    assert told == (
        "Episodes: 1,200 without a score at the first visit, 1 below 3 at the first visit, 0 not "
        "yet followed up; one can be in two of these."
    )
    told = explain(definition_of("side_effects.any"), Settings()).left_out
    assert told == "Treatment sessions: with side effects left blank."


def test_a_card_and_a_figure_of_one_name_can_be_two_things():
    assert shown_on("condition_mix").name == "condition_mix.outcome"
    assert definition_of("condition_mix").name == "condition_mix"


def test_an_unknown_figure_is_told_the_nearest():
    with pytest.raises(BadUsage, match=r"No figure .* Did you mean 'pain.responders_30'"):
        definition_of("pain.responders30")


def test_a_part_of_a_figure_has_its_definition():
    assert of_row("techniques", "immediate_adjusted.difference").name == (
        "techniques.immediate_adjusted"
    )
    assert of_row("side_effects", "type").name == "side_effects.types"
