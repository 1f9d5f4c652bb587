"""Takes the pictures of the dashboard in docs/pictures, with the sample clinic in it."""

import tempfile
from pathlib import Path

from playwright.sync_api import Browser, expect, sync_playwright

from tests.support.browser import ARGUMENTS, MISSING, find_browser
from tests.support.hygiene import PROJECT
from tests.support.journey import outcomes
from tests.support.server import Server, dashboard

FOLDER = PROJECT / "docs" / "pictures"
SCHEMES = ("light", "dark")
SIZE = {"width": 1440, "height": 1130}


def take(browser: Browser, server: Server, scheme: str) -> None:
    """The Overview as it is seen first, in one colour scheme."""
    context = browser.new_context(viewport=SIZE, color_scheme=scheme)
    page = context.new_page()
    page.goto(server.address)
    expect(page.get_by_text("Newest session")).to_be_visible(timeout=60_000)
    page.wait_for_load_state("networkidle")
    FOLDER.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=FOLDER / f"overview-{scheme}.png", animations="disabled")
    context.close()


def main() -> None:
    """Take each picture."""
    path = find_browser()
    if path is None:
        raise SystemExit(MISSING)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        store = Path(folder) / "store"
        outcomes(store, "import", *sorted((PROJECT / "data" / "samples").glob("*.csv")))
        browser = playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        with dashboard(store, Path(folder) / "dashboard.log") as server:
            for scheme in SCHEMES:
                take(browser, server, scheme)
        browser.close()


if __name__ == "__main__":
    main()
