"""A Chromium, and a dashboard of its own for each journey."""

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.support.browser import ARGUMENTS, MISSING, find_browser, skips_are_failures
from tests.support.server import Server, dashboard

DESK = {"width": 1440, "height": 1000}
PATIENCE_MILLISECONDS = 45_000
expect.set_options(timeout=PATIENCE_MILLISECONDS)


@pytest.fixture(scope="module")
def chromium() -> Browser:
    """One browser for the journeys of a file; each journey has contexts of its own."""
    path = find_browser()
    if path is None and skips_are_failures():
        pytest.fail(MISSING)
    if path is None:
        pytest.skip(MISSING)  # the one reason: no browser can be had on this machine
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        yield browser
        browser.close()


@pytest.fixture
def store(tmp_path):
    """Where the journey's data will lie; empty at the start."""
    return tmp_path / "store"


@pytest.fixture
def server(store, tmp_path) -> Server:
    """A dashboard that shows the journey's store."""
    with dashboard(store, tmp_path / "dashboard.log") as running:
        yield running


@pytest.fixture
def new_person(chromium):
    """Makes a browser that knows nothing yet, as another person's would."""
    opened: list[BrowserContext] = []

    def open_browser(**looks: object) -> Page:
        context = chromium.new_context(**{"viewport": DESK} | looks)
        context.set_default_timeout(PATIENCE_MILLISECONDS)
        opened.append(context)
        return context.new_page()

    yield open_browser
    for context in opened:
        context.close()


@pytest.fixture
def page(new_person) -> Page:
    """The journey's own browser."""
    return new_person()
