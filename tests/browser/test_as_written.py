"""Text from an export is shown as it is written: no element, link, picture or formula of it."""

from urllib.parse import quote

import pytest
from playwright.sync_api import expect

from tests.support.exports import export
from tests.support.hostile import (
    HOSTILE,
    expect_only_text,
    hostile_store,
    hostile_visits,
    shown,
)
from tests.support.journey import open_page, wait_for

pytestmark = pytest.mark.browser
PAGES = ("Pain", "Sessions to improvement", "Side effects", "Conditions", "Import and quality")


@pytest.fixture
def store(tmp_path):
    return hostile_store(tmp_path / "store").folder


def test_no_page_makes_anything_of_the_names_in_an_export(server, page):
    said = []
    page.on("dialog", lambda dialog: (said.append(dialog.message), dialog.dismiss()))
    page.goto(f"{server.address}/?period=all&therapist={quote(HOSTILE)}")
    for name in ("", *PAGES):
        if name:
            open_page(page, name)
        wait_for(page, "")
        expect(page.get_by_test_id("stMarkdown").filter(has_text="Newest session")).to_be_visible()
        expect(page.get_by_test_id("stException")).to_have_count(0)
        expect_only_text(page)
        assert HOSTILE in shown(page), name
    expect(page.locator(".st-key-card_imports")).to_contain_text("accepted")
    assert f"{HOSTILE}.csv" in shown(page)
    assert said == []
    assert "evil.example" not in server.log.read_text(), "a log names a file or a person"


def test_nor_does_the_way_in(server, page):
    """The steps of an import show headers, samples and terms before anything is stored."""
    page.goto(f"{server.address}/import_and_quality")
    wait_for(page, "")
    rows = [row | {"Pain after": "5"} for row in hostile_visits()]
    new = [
        row | {"Patient ID": f"Q{row['Visit ID']}", "Visit ID": f"N{n}"}
        for n, row in enumerate(rows)
    ]
    name = f"{HOSTILE} new.csv".replace("/", "|")
    file = {"name": name, "mimeType": "text/csv", "buffer": export(new)}
    page.locator('input[type="file"]').set_input_files([file])
    here, seen = page.locator("[aria-current=step]"), set()
    on = page.locator("[class*=st-key-on_] button")
    while not any("will happen" in step for step in seen):
        for step in seen:
            expect(here).not_to_have_text(step)
        expect(on).to_be_enabled()
        seen.add(here.inner_text())
        expect_only_text(page)
        assert name in shown(page)
        on.click()
    expect(page.locator("[aria-current=step]")).to_contain_text("Drop files")
    expect(page.get_by_test_id("stException")).to_have_count(0)
    expect(page.get_by_text("new.csv").nth(1)).to_be_visible()  # what became of it, and its undo
    expect_only_text(page)
    assert shown(page).count(name) >= 2
    assert "evil.example" not in server.log.read_text(), "a log names a file or a person"
    assert "evil.example" not in page.url
