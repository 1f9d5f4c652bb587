"""Text of which a page would make an element, a link or a formula if it did not take care."""

from pathlib import Path

from playwright.sync_api import Page, expect

from pipelines.settings import Settings
from pipelines.store import Store
from tests.support.exports import export, take, visit

HOSTILE = (
    "<img src=x onerror=alert(1)> [x](javascript:alert(1)) $a^2$ :material/delete: :red[hot]"
    " **bold** `code` :smile: -> http://evil.example www.evil.example a@evil.example"
)
JOINER = "\N{WORD JOINER}"
MADE_OF_IT = (
    "img[src='x']",
    "a[href*='evil.example']",
    "a[href^='javascript']",
    "a[href^='mailto']",
    ".katex",
    "[role='img'][aria-label^='delete']",
    "[role='img'][aria-label*='smile']",
    ".stMarkdownColoredText:text-is('hot')",
    "strong:text-is('bold')",
    "code:text-is('code')",
)
"""What a page would hold, had the text been taken for HTML or Markdown."""


def hostile_visits() -> list[dict[str, str]]:
    """Visits of two therapists in two clinics, of whom some have such names, and one mistake."""
    rows = []
    for number in range(1, 25):
        odd = number % 2 == 1
        rows.append(
            visit(
                number,
                patient_id=f"P{(number + 1) // 2}",
                date=f"2025-0{1 + number % 2}-{number % 20 + 1:02}",
                therapist=HOSTILE if number % 4 < 2 else "Ada",
                condition=HOSTILE if number % 8 < 4 else "Neck pain",
                pain_after="11" if number == 24 else "4" if odd else "2",
            )
            | {"Clinic": f"{HOSTILE} 2" if number % 3 else "North", HOSTILE: "x"}
        )
    return rows


def hostile_store(folder: Path) -> Store:
    """A store that holds them, from a file with such a name."""
    store = Store(folder, Settings())
    take(store, export(hostile_visits()), f"{HOSTILE}.csv")
    return store


def expect_only_text(page: Page) -> None:
    """Nothing on the page was made of such text."""
    for made in MADE_OF_IT:
        expect(page.locator(made)).to_have_count(0)


def shown(page: Page) -> str:
    """All text of the page, on one line, without the joiners that keep it text."""
    return " ".join(page.locator("body").inner_text().replace(JOINER, "").split())
