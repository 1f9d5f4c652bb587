"""The pages that are made from the code say what the code says, and every link leads somewhere."""

import re
from typing import Annotated

import pytest
import typer

from dashboard.readings import READINGS
from pipelines.cli import app
from tests.support import chart_docs, claim_docs, command_docs, docs, spec_docs
from tests.support.hygiene import PROJECT

PAGES = sorted(
    [*PROJECT.glob("*.md"), *PROJECT.glob("docs/**/*.md"), *PROJECT.glob("tests/**/*.md")]
)
MADE = [spec_docs.PAGE, command_docs.PAGE, chart_docs.PAGE, claim_docs.PAGE]
LINK = re.compile(r"\]\(([^)\s]+)\)")


@pytest.mark.parametrize("path", MADE, ids=lambda path: path.name)
def test_a_made_page_is_up_to_date(path):
    made, kept = docs.pages()[path], path.read_text(encoding="utf-8")
    assert made == kept, f"docs/{path.name} differs from the code: run `make docs`"


def test_every_chart_tells_how_to_read_it_and_stands_on_the_page():
    sections = (PROJECT / "dashboard" / "sections").glob("*.py")
    charts = {
        name
        for file in sections
        for name in re.findall(r'Chart\(\s*name="(\w+)"', file.read_text("utf-8"))
    }
    documented = {name for names in chart_docs.PAGES.values() for name in names}
    assert len(charts) > 12
    assert charts <= set(READINGS)
    assert documented == set(READINGS)


def test_every_command_and_option_is_documented():
    page = command_docs.PAGE.read_text(encoding="utf-8")
    commands = typer.main.get_command(app).commands
    options = {
        (name, option)
        for name, command in commands.items()
        for parameter in command.params
        for option in parameter.opts
        if option.startswith("--")
    }
    sections = dict(re.findall(r"^## (\S+)\n(.*?)(?=^## |\Z)", page, re.M | re.S))
    assert len(commands) > 5
    assert [one for one in sorted(options) if f"`{one[1]}" not in sections.get(one[0], "")] == []


def test_every_command_is_told_of_where_it_is_used():
    operate = (PROJECT / "docs" / "operate.md").read_text(encoding="utf-8")
    first = (PROJECT / "docs" / "import-your-first-export.md").read_text(encoding="utf-8")
    commands = typer.main.get_command(app).commands
    assert [name for name in commands if f"outcomes {name}" not in operate + first] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(PROJECT).as_posix())
def test_every_link_of_a_page_leads_somewhere(page):
    links = [link for link in LINK.findall(page.read_text("utf-8")) if "://" not in link]
    missing = [link for link in links if not (page.parent / link.split("#")[0]).exists()]
    assert missing == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(PROJECT).as_posix())
def test_every_command_that_a_page_names_exists(page):
    known = set(typer.main.get_command(app).commands)
    named = set(re.findall(r"`(?:\.venv/bin/)?outcomes ([a-z]+)", page.read_text("utf-8")))
    assert named - known == set()


SPEC = '''"""Episodes of care.

When one ends and the next begins.
"""


def test_a_gap_of_more_than_90_days_starts_a_new_episode():
    """Days are counted between treatment sessions."""
    care = clinic(
        """
        patient | date       | before
        P1      | 2025-01-06 | 7
        P1      | 2025-04-06 |
        """,
        as_of="2025-09-30",
    )
    assert values(care.visits, "episode_id") == [1, 1]
    assert counts(care, Settings())["visits"] >= 2
    assert values(share(care), "rate") == [pytest.approx(0.5)]


def test_a_follow_up_is_none():
    found = trajectory(care, Settings(completer_sessions=2))
    assert values(found, "n") == [1, None]
    assert found["pain"]["rate"] is None


@pytest.mark.parametrize(("fall", "improved"), [(2, True), (1.9, False)])
def test_a_fall_of_30_percent_counts(fall, improved):
    for start in (4, 6):
        assert is_improved(start, start - fall) is improved
'''


def test_a_specification_test_becomes_its_definition():
    page = spec_docs.section(SPEC)
    assert "## Episodes of care\n\nWhen one ends and the next begins.\n" in page
    assert "### A gap of more than 90 days starts a new episode\n\nDays are counted" in page
    assert "| patient | date | before |\n| --- | --- | --- |\n| P1 | 2025-01-06 | 7 |" in page
    assert "| P1 | 2025-04-06 |  |\n\nSeen as of 2025-09-30.\n" in page


def test_what_a_specification_test_asserts_becomes_words():
    page = spec_docs.section(SPEC)
    assert "- `episode_id` of the visits is `[1, 1]`" in page
    assert "- `visits` of `counts` is at least `2`" in page
    assert "- `rate` of `share` is about `[0.5]`" in page
    assert "### A follow-up is none\n\n`trajectory(Settings(completer_sessions=2))` gives:" in page
    assert "- `n` is `[1, None]`\n- `pain rate` is `None`" in page


def test_cases_of_a_specification_test_become_a_table_and_what_is_no_answer_stays_code():
    page = spec_docs.section(SPEC)
    assert "### A fall of 30% counts" in page
    assert "| fall | improved |\n| --- | --- |\n| 2 | True |\n| 1.9 | False |" in page
    assert "```python\nfor start in (4, 6):\n    assert is_improved(" in page


def test_a_command_becomes_a_section_with_each_option():
    program = typer.Typer()

    @program.command("first")
    def first(
        days: Annotated[int, typer.Option("--days", help="How many | days.")] = 3,
    ) -> None:
        """Do the first thing."""

    @program.command("second")
    def second() -> None:
        """Do the second."""

    page = command_docs.commands_page(program)
    assert "## first\n\n`outcomes first [OPTIONS]`\n\nDo the first thing.\n" in page
    assert "How many \\| days. [default: 3] |" in page
    assert "## second" in page
