"""What a person does from start to end, and that the figures stay those of the command line."""

import json
import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.support.hygiene import PROJECT
from tests.support.journey import (
    bring_in,
    expect_figures,
    last_12_months,
    open_page,
    outcomes,
    summary,
    wait_for,
)

pytestmark = pytest.mark.browser
SAMPLES = PROJECT / "data" / "samples"
EXPORTS = PROJECT / "tests" / "oracles" / "exports"
EXPECTED = json.loads((EXPORTS / "expected.json").read_text(encoding="utf-8"))
PAGES = {
    "Overview": "had at least 30% less pain",
    "Pain": "Pain was",
    "Sessions to improvement": "improved",
    "Side effects": "side effect",
    "Conditions": "Low back pain",
    "Import and quality": "6 rows wait to be mended",
}


def test_first_start_ends_at_the_sample_clinics_figures(server, store, page):
    asked, errors = set(), []
    page.on("request", lambda request: asked.add(urlsplit(request.url).hostname))
    page.on("console", lambda told: errors.append(told.text) if told.type == "error" else None)
    page.goto(server.address)
    wait_for(page, "No sessions are imported yet")
    page.get_by_role("button", name="Load the sample clinic").click()
    wait_for(page, "Of ")
    expect_figures(page, summary(store, *last_12_months(store)))
    for name, heading in PAGES.items():
        open_page(page, name)
        wait_for(page, heading)
        expect(page.get_by_test_id("stException")).to_have_count(0)
    assert asked - {None} == {"127.0.0.1"}, "a page asks another machine for something"
    assert errors == []


@pytest.mark.parametrize(
    "name",
    ["practice_management.csv", "front_desk_spreadsheet.csv", "outcome_survey.csv", "edges.csv"],
)
def test_a_dropped_export_shows_the_figures_that_were_worked_out_for_it(server, page, name):
    expected = EXPECTED[name]
    page.goto(f"{server.address}/import_and_quality")
    wait_for(page, "Nothing is imported yet")
    bring_in(page, EXPORTS / name)
    report = page.locator("[class*=st-key-card_report_]")
    expect(report).to_contain_text(f"{expected['rows']} rows: {expected['accepted']} accepted")
    expect(report).to_contain_text(f"{expected['quarantined']} in quarantine")
    expect(report).to_contain_text(f"{sum(expected['skipped'].values())} skipped")
    page.goto(f"{server.address}/?period=all")
    wait_for(page, "Of ")
    expect_figures(page, expected["summary"])


def test_a_copied_link_shows_another_person_the_same_figures(server, store, page, new_person):
    outcomes(store, "import", *sorted(SAMPLES.glob("*.csv")))
    page.goto(server.address)
    expect_figures(page, summary(store, *last_12_months(store)))
    choose(page, "Period", "All")
    choose(page, "Condition", "Low back pain")
    figures = summary(store, "--condition", "low back pain")
    expect_figures(page, figures)
    page.get_by_role("button", name="Copy link").click()
    link = page.locator("code").inner_text().strip()
    other = new_person()
    other.goto(link)
    expect_figures(other, figures)
    open_page(other, "Pain")
    wait_for(other, "Pain was")
    open_page(other, "Overview")
    expect_figures(other, figures)


def test_an_open_page_takes_up_an_import_and_its_undo(server, store, page):
    practice, survey = SAMPLES / "practice_management.csv", SAMPLES / "outcome_survey.csv"
    outcomes(store, "import", practice)
    before = summary(store)
    page.goto(f"{server.address}/?period=all")
    expect_figures(page, before)
    outcomes(store, "import", survey)
    both = summary(store)
    assert both["pain"] != before["pain"]
    page.goto(f"{server.address}/?period=all")
    expect_figures(page, both)
    open_page(page, "Import and quality")
    undo = page.get_by_role("button", name="Undo", exact=True)
    expect(undo).to_have_count(2)
    undo.first.click()  # the newest import stands first
    page.get_by_role("button", name="Yes, undo it").click()
    expect(undo).to_have_count(1)
    expect(page.locator(".st-key-card_imports")).to_contain_text("undone")
    open_page(page, "Overview")
    expect_figures(page, before)
    assert summary(store) == before


def test_a_mended_row_leaves_quarantine(server, store, page, tmp_path):
    page.goto(f"{server.address}/import_and_quality")
    bring_in(page, SAMPLES / "outcome_survey.csv")
    wait_for(page, "6 rows wait to be mended")
    with page.expect_download() as download:
        page.get_by_role("button", name="Download to mend").click()
    waiting = tmp_path / "to-mend.csv"
    download.value.save_as(waiting)
    text = waiting.read_text(encoding="utf-8-sig")
    assert text.count(",very bad,") == 1
    mended = tmp_path / "mended.csv"
    mended.write_text(text.replace(",very bad,", ",85,"), encoding="utf-8")
    bring_in(page, mended)
    wait_for(page, "5 rows wait to be mended")
    assert summary(store)["counts"]["visits"] == 495


def choose(page, label: str, option: str) -> None:
    """Choose an option of a filter by what it says; a count may follow it.

    A list stays open for a second choice until a click elsewhere closes it.
    """
    page.get_by_test_id("stSidebar").get_by_role("combobox", name=label).click()
    page.get_by_role("option", name=re.compile(rf"^{option}\b")).first.click()
    page.keyboard.press("Escape")
    page.get_by_role("heading", level=1).click()
