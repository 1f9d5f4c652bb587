"""Text from an export is shown as it is written: no element, link, picture or formula of it."""

from urllib.parse import quote

import pytest
from playwright.sync_api import expect

from tests.support.hostile import HOSTILE, expect_only_text, hostile_store, shown
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
    assert f"{HOSTILE}.csv" in shown(page)
    assert said == []
