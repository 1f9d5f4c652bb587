"""The clinic's settings: defaults, ranges, and a sentence for every mistake."""

import pytest

from pipelines.errors import OutcomesError
from pipelines.known_settings import AGREEING, KNOWN
from pipelines.places import SETTINGS
from pipelines.settings import Settings, load_settings


def test_the_file_that_comes_along_holds_the_defaults():
    assert load_settings(SETTINGS) == Settings()


def test_no_file_means_every_default(tmp_path):
    assert load_settings(tmp_path / "settings.toml") == Settings()


def test_a_value_is_taken_and_changes_the_version(tmp_path):
    path = tmp_path / "settings.toml"
    path.write_text("episode_gap_days = 60\n", encoding="utf-8")
    changed = load_settings(path)
    assert changed.episode_gap_days == 60
    assert changed.version != Settings().version


def test_every_setting_has_a_range_that_allows_its_default():
    for name, known in KNOWN.items():
        assert known.lowest <= getattr(Settings(), name) <= known.highest
        assert known.words
        assert known.unit
    assert [*KNOWN, "time_zone"] == list(Settings.__dataclass_fields__)


@pytest.mark.parametrize("pair", AGREEING, ids=lambda pair: pair.larger)
def test_settings_that_contradict_each_other_are_told_in_a_sentence(tmp_path, pair):
    path = tmp_path / "settings.toml"
    value = getattr(Settings(), pair.larger)
    path.write_text(f"{pair.smaller} = {value}\n", encoding="utf-8")
    if not pair.strictly:
        assert load_settings(path)
    path.write_text(f"{pair.smaller} = {value + 1}\n", encoding="utf-8")
    with pytest.raises(OutcomesError, match=f"{pair.larger} .* must be .* {pair.smaller} .*: a"):
        load_settings(path)


@pytest.mark.parametrize(
    ("name", "value", "shown"),
    [
        ("responder_percent", 30.0, "30%"),
        ("episode_gap_days", 90, "90 days"),
        ("due_days", 1, "1 day"),
        ("technique_share", 0.75, "75%"),
        ("lowest_baseline", 2.5, "2.5"),
        ("low_frequency_hz", 10.0, "10 Hz"),
    ],
)
def test_a_value_is_shown_with_its_unit(name, value, shown):
    assert KNOWN[name].shown(value) == shown


def test_the_file_that_comes_along_names_the_settings_in_their_order():
    named = [line.split(" = ")[0] for line in SETTINGS.read_text("utf-8").splitlines()]
    assert [name for name in named if name.isidentifier()] == [*KNOWN, "time_zone"]


def test_a_time_zone_is_a_place_and_changes_no_figure(tmp_path):
    path = tmp_path / "settings.toml"
    path.write_text('time_zone = "Europe/Berlin"\n', encoding="utf-8")
    found = load_settings(path)
    assert found.time_zone == "Europe/Berlin"
    assert found.version == Settings().version


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("episode_gap = 60", "no setting"),
        ("cell_size = 4", "from 5 to 1000"),
        ("due_days = true", "must be a number"),
        ("due_days = 30.5", "whole number"),
        ("lowest_baseline = 'three'", "must be a number"),
        ("lowest_baseline = ", "cannot be read"),
        ("time_zone = 'Berlin-ish'", "must be a place"),
        ("time_zone = '../etc'", "must be a place"),
        ("time_zone = 2", "must be a place"),
    ],
)
def test_a_mistake_is_told_in_a_sentence(tmp_path, text, said):
    path = tmp_path / "settings.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(OutcomesError, match=said):
        load_settings(path)
