"""What a person does in the dashboard, and what the command line says about the same data."""

import json
import os
import re
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

from playwright.sync_api import Page, expect

from pipelines.settings import Settings
from tests.support.hygiene import PROJECT

WRITES = re.compile(r"^(Import|Put) ")


def outcomes(store: Path, *arguments: str | Path) -> str:
    """What the `outcomes` command prints about a store."""
    ran = subprocess.run(
        [sys.executable, "-m", "pipelines", *map(str, arguments)],
        cwd=PROJECT,
        env=os.environ | {"OUTCOMES_STORE": str(store)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


def summary(store: Path, *filters: str) -> dict:
    """Every figure of the selected data, by the command line."""
    return json.loads(outcomes(store, "summary", "--json", *filters))


def last_12_months(store: Path) -> tuple[str, str, str, str]:
    """The period that the dashboard starts with, as options of the command."""
    newest = date.fromisoformat(summary(store)["as_of"])
    first = newest.replace(year=newest.year - 1) + timedelta(days=1)
    return ("--from", first.isoformat(), "--to", newest.isoformat())


def wait_for(page: Page, heading: str) -> None:
    """Wait until the page's first heading says this."""
    expect(page.get_by_role("heading", level=1)).to_contain_text(heading, ignore_case=True)


def open_page(page: Page, name: str) -> None:
    """Choose a page in the navigation."""
    page.get_by_test_id("stSidebarNav").get_by_role("link", name=name).click()


def drop(page: Page, *files: Path) -> None:
    """Drop files on the import page; they are understood at once."""
    page.locator('input[type="file"]').set_input_files([str(file) for file in files])
    expect(page.locator("[class*=st-key-card_table_]")).to_have_count(len(files))


def carry_on(page: Page) -> None:
    """Press Continue."""
    page.get_by_role("button", name="Continue", exact=True).click()


def write(page: Page) -> None:
    """Press the last button of an import, which writes."""
    page.get_by_role("button", name=WRITES).click()
    expect(page.locator("[class*=st-key-card_report_]").first).to_be_visible()


def bring_in(page: Page, *files: Path) -> None:
    """Drop files that leave nothing open, and import them."""
    drop(page, *files)
    carry_on(page)
    write(page)


def expect_figures(page: Page, figures: dict) -> None:
    """The Overview shows these figures, as the command line prints them."""
    expect(page.get_by_role("heading", level=1)).to_have_text(takeaway(figures))
    for name, lines in cards(figures).items():
        card = page.locator(f".st-key-card_{name}")
        for line in lines:
            expect(card).to_contain_text(line)


def takeaway(figures: dict) -> str:
    """The heading that these figures must have."""
    rate = figures["pain"]["responders_30"]
    if rate["of"] < Settings().fewest_episodes:
        return (
            f"Too few to say: of {rate['of']} episodes followed up, {rate['n']}"
            " had at least 30% less pain at the latest visit"
        )
    return (
        f"Of {rate['of']:,} episodes followed up, {rate['n']:,} ({rate['rate']:.0%})"
        " had at least 30% less pain at the latest visit"
    )


def cards(figures: dict) -> dict[str, list[str]]:
    """What each card of the Overview must say."""
    pain, waiting = figures["pain"], figures["sessions_to_improvement"]
    effects = figures["side_effects"]
    low, high = pain["change_ci"]
    serious = effects["serious"]
    return {
        "change_mean": [
            f"{pain['change_mean']:.1f}",
            f"95% interval {low:.1f} to {high:.1f}",
            f"{pain['n']:,} episodes",
        ],
        "median_sessions": [
            f"{waiting['median']}",
            f"{waiting['events']:,} of {waiting['n']:,} episodes",
        ],
        "any_side_effect": [
            f"{100 * effects['any']['rate']:.1f}",
            f"{effects['any']['n']:,} of {effects['any']['of']:,} recorded sessions",
        ],
        "serious_per_10000": [f"{serious['n']:,} of {serious['of']:,} recorded sessions"],
        "completeness": [
            f"{pain['completeness']['n']:,} of {pain['completeness']['of']:,} episodes due"
        ],
    }
