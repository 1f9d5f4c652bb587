"""The way in, by mouse and by keyboard alone: questions, answers that are kept, and mending."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.test_pages import PHONE, SIDEWAYS, STREAMLITS_OWN
from tests.support.journey import (
    bring_in,
    carry_on,
    drop,
    summary,
    wait_for,
    write,
)

pytestmark = pytest.mark.browser
HEADER = "Ref,Seen on,Complaint,Method,Pain in,Pain out,Reactions,Seen by"
COMPLAINTS = ("Low back pain", "Neck pain", "Tight calf syndrome")
MOST_TABS = 80
STEP = "[aria-current=step]"
AT_REST = """() => Promise.race([
    Promise.all(document.getAnimations().map((one) => one.finished.catch(() => null))),
    new Promise((done) => setTimeout(done, 1000)),
])"""
"""Colours that still change, as where the focus moves on, are none to judge."""
FOCUSED = """() => {
    const here = document.activeElement;
    return here.matches("button, input") ? [here.innerText, here.type] : ["", ""];
}"""


def never_seen(patients: range) -> bytes:
    """An export of no system that is known: who the patient is and how dates go stays open."""
    lines = [HEADER]
    for number in patients:
        for visit in range(3):
            day, month = 1 + (number + visit) % 12, 1 + (number + 3 * visit) % 12
            lines.append(
                f"K{number:03},{day:02}/{month:02}/2025,{COMPLAINTS[number % 3]},"
                f"{'Deep' if number % 2 else 'Superficial'},{8 - visit},{7 - visit},"
                f"{'none' if visit else 'soreness'},{'Ada Byron' if number % 2 else 'Bo Diaz'}"
            )
    return "\n".join(lines).encode()


@pytest.fixture
def unseen(tmp_path):
    path = tmp_path / "unseen.csv"
    path.write_bytes(never_seen(range(1, 13)))
    return path


@pytest.fixture
def next_month(tmp_path):
    path = tmp_path / "next month.csv"
    path.write_bytes(never_seen(range(21, 29)))
    return path


def start(page: Page, server) -> None:
    page.goto(f"{server.address}/import_and_quality")
    wait_for(page, "")
    expect(page.get_by_test_id("stFileUploaderDropzone")).to_be_visible()
    expect(page.get_by_test_id("stStatusWidget")).to_have_count(0)


def on_step(page: Page, words: str) -> None:
    expect(page.locator(STEP)).to_contain_text(words)


def test_a_file_never_seen_by_mouse_and_the_next_without_a_question(
    server, store, page, unseen, next_month
):
    start(page, server)
    drop(page, unseen)
    carry_on(page)
    on_step(page, "Settle what is open")
    page.get_by_text(re.compile("^Ref")).click()
    carry_on(page)
    page.get_by_text("the day comes first").click()
    carry_on(page)
    on_step(page, "See what will happen")
    assert summary(store)["counts"]["visits"] == 0
    write(page)
    assert summary(store)["counts"]["visits"] == 36
    expect(page.locator(".st-key-card_mappings")).to_contain_text("unseen")
    drop(page, next_month)
    expect(page.locator("[class*=st-key-card_table_]")).to_contain_text("unseen")
    carry_on(page)
    on_step(page, "See what will happen")
    write(page)
    assert summary(store)["counts"]["visits"] == 60


def test_the_same_by_keyboard_alone_on_a_phone_in_the_dark(server, store, new_person, unseen):
    page = new_person(viewport=PHONE, color_scheme="dark")
    page.on("filechooser", lambda dialogue: dialogue.set_files(str(unseen)))
    start(page, server)
    expect(page.get_by_role("button", name="Load the sample clinic")).to_be_visible()
    tab_to(page, "Upload")
    page.keyboard.press("Enter")
    expect(page.locator("[class*=st-key-card_table_]")).to_have_count(1)
    expect_everyone_can_read(page)
    tab_to(page, "Continue")
    page.keyboard.press("Enter")
    on_step(page, "Settle what is open")
    for again in range(2):
        tab_to(page, "radio")
        page.keyboard.press("Space")
        expect(page.locator("input[type=radio]:checked")).to_have_count(1)
        expect_everyone_can_read(page)
        tab_to(page, "Continue")
        page.keyboard.press("Enter")
        if not again:
            expect(page.get_by_text("the day comes first")).to_be_visible()
    on_step(page, "See what will happen")
    expect_everyone_can_read(page)
    tab_to(page, "Import 36 visits")
    page.keyboard.press("Enter")
    expect(page.locator("[class*=st-key-card_report_]")).to_be_visible()
    assert summary(store)["counts"]["visits"] == 36


def test_rows_are_mended_and_a_word_is_answered_in_place(server, store, page, tmp_path):
    wrong = tmp_path / "wrong.csv"
    data = never_seen(range(1, 13)).replace(b"Ref,", b"Patient ID,").replace(b"/2025", b"/2024")
    data = data.replace(b"Deep,8,7", b"Deep,8/10/,7", 1)
    data = data.replace(b"Superficial,6,5", b"Superficial,6/10/,5", 1)
    wrong.write_bytes(re.sub(rb"(\d\d)/(\d\d)/2024", rb"2024-\2-\1", data))
    start(page, server)
    bring_in(page, wrong)
    wait_for(page, "2 rows wait to be mended")
    page.get_by_role("button", name="Use 8").click()
    expect(page.get_by_role("button", name="Mend and import 1 row")).to_be_enabled()
    page.get_by_role("button", name="Use 6").click()
    page.get_by_role("button", name="Mend and import 2 rows").click()
    wait_for(page, "Every row is accounted for")
    expect(page.locator(".st-key-card_quarantine")).to_contain_text("2 of 2 edited rows mended")
    before = summary(store)
    assert before["counts"]["visits"] == 36
    assert episodes_of(before, "unmapped") > 0
    page.get_by_role("combobox", name="Tight calf syndrome").click()
    page.get_by_role("option", name="Neck pain").first.click()
    page.get_by_role("button", name="Apply 1 answer").click()
    expect(page.locator(".st-key-card_words")).to_contain_text("12 visits now read otherwise")
    after = summary(store)
    assert episodes_of(after, "unmapped") == 0
    assert episodes_of(after, "Neck pain") > episodes_of(before, "Neck pain")
    expect(page.locator(".st-key-card_imports")).to_contain_text("1 answer given")


def episodes_of(figures: dict, condition: str) -> int:
    """How many episodes of a condition the command line counts."""
    mix = figures["condition_mix"]
    return sum(row["episodes"] for row in mix if row["condition"] == condition)


def expect_everyone_can_read(page: Page) -> None:
    """Nothing scrolls sideways, and no rule of accessibility is broken but the framework's own."""
    expect(page.get_by_test_id("stStatusWidget")).to_have_count(0)
    expect(page.locator("[data-stale=true]")).to_have_count(0)
    page.evaluate(AT_REST)
    broken = Axe().run(page).response["violations"]
    serious = {
        rule["id"]: [node["html"][:200] for node in rule["nodes"]]
        for rule in broken
        if rule["impact"] in ("serious", "critical") and rule["id"] not in STREAMLITS_OWN
    }
    assert serious == {}
    assert page.evaluate(SIDEWAYS) <= 0


def tab_to(page: Page, what: str) -> None:
    """Press Tab until the button of this name, or a radio button, has the focus."""
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if has_focus(page, what):
            page.wait_for_timeout(200)  # the page may be drawn anew under it
            if has_focus(page, what):
                return
    raise AssertionError(f"Tab never reaches {what}")


def has_focus(page: Page, what: str) -> bool:
    text, kind = page.evaluate(FOCUSED)
    return what == kind or text.strip().endswith(what)
