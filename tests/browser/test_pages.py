"""Each page can be read by everyone: by a screen reader, in the dark, and on a phone."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.support.hygiene import PROJECT
from tests.support.journey import outcomes
from tests.support.pages import PAGES
from tests.support.server import Server, dashboard

pytestmark = pytest.mark.browser
PHONE = {"width": 390, "height": 844}
STREAMLITS_OWN = {"list", "listitem"}
"""Rules that the framework's navigation in sections breaks by its own markup."""

SIDEWAYS = """() => {
    const main = document.querySelector('[data-testid="stMain"]');
    return Math.max(main.scrollWidth - main.clientWidth,
                    document.documentElement.scrollWidth - window.innerWidth);
}"""


@pytest.fixture(scope="module")
def sample_clinic(tmp_path_factory) -> Server:
    """A dashboard with the sample clinic, for every page of this file."""
    folder = tmp_path_factory.mktemp("pages")
    store = folder / "store"
    outcomes(store, "import", *sorted((PROJECT / "data" / "samples").glob("*.csv")))
    with dashboard(store, folder / "dashboard.log") as running:
        yield running


def opened(new_person, server: Server, page: str, **looks: object) -> Page:
    """The page once everything on it stands."""
    person = new_person(**looks)
    person.goto(f"{server.address}/{'' if page == 'overview' else page}")
    expect(person.get_by_text("Newest session")).to_be_visible()
    expect(person.get_by_test_id("stStatusWidget")).to_have_count(0)
    return person


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("page", PAGES)
def test_a_page_breaks_no_rule_of_accessibility(new_person, sample_clinic, page, scheme):
    person = opened(new_person, sample_clinic, page, color_scheme=scheme)
    found = Axe().run(person).response["violations"]
    broken = {
        violation["id"]: [node["target"] for node in violation["nodes"]][:3]
        for violation in found
        if violation["impact"] in ("serious", "critical")
    }
    assert {rule: nodes for rule, nodes in broken.items() if rule not in STREAMLITS_OWN} == {}


@pytest.mark.parametrize("page", PAGES)
def test_a_page_does_not_scroll_sideways_on_a_phone(new_person, sample_clinic, page):
    person = opened(new_person, sample_clinic, page, viewport=PHONE)
    assert person.evaluate(SIDEWAYS) <= 0


def test_what_is_chosen_within_a_page_stands_in_the_link_and_stays(new_person, sample_clinic):
    person = opened(new_person, sample_clinic, "pain")
    person.get_by_test_id("stButtonGroup").get_by_text("Chronicity").click()
    expect(person.get_by_role("heading", name="Outcome by chronicity")).to_be_visible()
    assert "pain_by=Chronicity" in person.url
    person.get_by_role("button", name="Copy link").click()
    link = person.locator("code").first.inner_text().strip()
    other = new_person()
    other.goto(f"{link}&period=all")
    expect(other.get_by_role("heading", name="Outcome by chronicity")).to_be_visible()
    assert "period=all" in other.url
