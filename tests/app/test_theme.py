"""Numbers and dates as they are printed, and colours that hold together."""

import tomllib
from datetime import date

import numpy as np
import pandas as pd
import pytest

from dashboard import theme
from pipelines import tables
from pipelines.places import PROJECT

MINUS, DASH = "\N{MINUS SIGN}", "\N{EM DASH}"
CONFIG = tomllib.loads((PROJECT / ".streamlit" / "config.toml").read_text())


@pytest.mark.parametrize(
    ("rate", "shown"),
    [
        (0.643, "64%"),
        (0.645, "65%"),
        (0, "0%"),
        (1, "100%"),
        (0.004, "under 1%"),
        (0.9996, "over 99%"),
        (None, DASH),
        (np.nan, DASH),
        (pd.NA, DASH),
    ],
)
def test_a_share_never_rounds_to_none_or_all(rate, shown):
    assert theme.percent(rate) == shown


@pytest.mark.parametrize(
    ("value", "places", "shown"),
    [
        (1234.5, 0, "1,235"),
        (-1234.5, 1, f"{MINUS}1,234.5"),
        (-0.04, 1, "0.0"),
        (2.25, 1, "2.3"),
        (2.35, 1, "2.4"),
        (1.005, 2, "1.01"),
    ],
)
def test_a_number_has_a_real_minus_and_is_rounded_as_people_round(value, places, shown):
    assert theme.number(value, places) == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [(1, "1.0 point"), (-1, f"{MINUS}1.0 point"), (2.34, "2.3 points"), (0, "0.0 points")],
)
def test_points_agree_with_their_number(value, shown):
    assert theme.points(value) == shown


def test_intervals_and_their_absence():
    assert theme.interval(1.7, 3.04) == "1.7 to 3.0"
    assert theme.interval(None, 3) == "no interval"
    assert theme.percent_range(0.591, 0.699) == "59 to 70%"
    assert theme.percent_range(0.001, 0.05) == "under 1% to 5%"


def test_dates():
    assert theme.day(date(2026, 11, 20)) == "20 Nov 2026"
    assert theme.day("2026-03-01") == "1 Mar 2026"
    assert theme.span(date(2025, 11, 21), date(2026, 11, 20)) == "21 Nov 2025 to 20 Nov 2026"


@pytest.mark.parametrize(
    ("p", "shown"), [(0.0004, "p < 0.001"), (0.0042, "p = 0.004"), (0.551, "p = 0.55")]
)
def test_p_values(p, shown):
    assert theme.p_value(p) == shown


@pytest.mark.parametrize("appearance", ["light", "dark"])
def test_a_page_and_a_file_have_the_same_colours(appearance):
    section = CONFIG["theme"][appearance]
    assert section["chartCategoricalColors"] == list(theme.PALETTES[appearance])
    assert section["secondaryBackgroundColor"] == theme.GROUNDS[appearance]
    assert section["primaryColor"] == theme.PALETTES[appearance][theme.ROLES.index(theme.ACCENT)]
    style = (PROJECT / "dashboard" / "style.css").read_text()
    assert theme.GROUNDS[appearance] in style


@pytest.mark.parametrize("appearance", ["light", "dark"])
@pytest.mark.parametrize("role", [role for role in theme.ROLES if role != theme.SURFACE])
def test_every_colour_stands_out_from_its_ground(appearance, role):
    colour = theme.PALETTES[appearance][theme.ROLES.index(role)]
    for ground in (theme.GROUNDS[appearance], CONFIG["theme"][appearance]["backgroundColor"]):
        assert contrast(colour, ground) >= 3


@pytest.mark.parametrize("appearance", ["light", "dark"])
def test_text_can_be_read(appearance):
    section = CONFIG["theme"][appearance]
    for name in ("textColor", "linkColor", "primaryColor", "grayTextColor"):
        for ground in ("backgroundColor", "secondaryBackgroundColor"):
            assert contrast(section[name], section[ground]) >= 4.5


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours by WCAG 2."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_every_technique_has_a_colour_of_its_own():
    roles = [theme.TECHNIQUE_ROLES[name] for name in tables.TECHNIQUES if name != "none"]
    assert len(set(roles)) == len(roles)
    assert theme.SIGNAL not in theme.TECHNIQUE_ROLES.values()


def test_the_server_is_this_machines_alone_and_tells_nobody():
    assert CONFIG["server"]["address"] == "127.0.0.1"
    assert CONFIG["browser"]["gatherUsageStats"] is False
    assert CONFIG["client"]["showErrorDetails"] == "none"
    assert CONFIG["client"]["toolbarMode"] == "minimal"
    assert CONFIG["server"]["maxUploadSize"] <= 500
