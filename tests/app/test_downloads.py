"""Files say where their figures come from."""

import io

import pandas as pd
from PIL import Image

from dashboard import downloads
from dashboard.charts import condition_mix

from . import frames

ORIGIN = downloads.Origin(
    "Conditions and their outcome",
    "Last 12 months (21 Nov 2025 to 20 Nov 2026); condition: Neck pain",
    "20 Nov 2026",
    "New episodes of care by group, and beside each its share of responders.",
    "4e77ab",
)


def test_a_csv_opens_without_lines_to_skip_and_each_row_says_what_it_is():
    read = pd.read_csv(io.BytesIO(downloads.as_csv(frames.mix(), ORIGIN)))
    pd.testing.assert_frame_equal(read[list(frames.mix())], frames.mix(), check_dtype=False)
    assert set(read["filters"]) == {ORIGIN.filters}
    assert set(read["data_to"]) == {"20 Nov 2026"}
    assert set(read["definition"]) == {ORIGIN.definition}
    assert set(read["settings"]) == {"4e77ab"}


def test_a_csv_runs_nothing_in_a_spreadsheet():
    frame = pd.DataFrame(
        {"label": ["=HYPERLINK(1)", "+1+1", "@x", "Neck pain"], "change": [-1.5] * 4}
    )
    read = pd.read_csv(io.BytesIO(downloads.as_csv(frame, ORIGIN)))
    assert list(read["label"]) == ["'=HYPERLINK(1)", "'+1+1", "'@x", "Neck pain"]
    assert list(read["change"]) == [-1.5] * 4


def test_an_svg_carries_title_filters_date_and_definition():
    chart = condition_mix.mix_and_outcome(frames.mix(), 30, "condition")
    svg = downloads.as_svg(chart, ORIGIN).decode()
    for said in ("Conditions and their outcome", "condition: Neck pain", "20 Nov 2026", "4e77ab"):
        assert said in svg
    assert "share of responders" in svg


def test_a_png_is_a_picture_large_enough_to_print():
    chart = condition_mix.mix_and_outcome(frames.mix(), 30, "condition")
    png = downloads.as_png(chart, ORIGIN)
    assert png.startswith(b"\x89PNG")
    picture = Image.open(io.BytesIO(png)).convert("L")
    assert picture.width >= downloads.WIDTH * downloads.SCALE_UP
    title = picture.crop((0, 0, picture.width, 40))
    assert title.getextrema()[0] < 100, "the title is not drawn: no font was found for it"
