"""The table of coverage of docs/studies in short, for the page of measures: figure by patients."""

from tests.support.hygiene import PROJECT
from tests.support.tables import markdown

STUDY = PROJECT / "docs" / "studies" / "coverage.md"
ABOUT = """## How often the intervals hold the truth

Share of 2,000 made-up clinics, in which the truth is known, whose 95% interval holds it, by the
number of patients. It should be 93% to 97%; too wide is the better miss. Exact intervals of rare
events are wider by their nature. With 2,000 clinics each share is itself unsure by about one
point. `make studies` makes it again; [the whole table](studies/coverage.md) tells on which side
the others miss, and how often there is no interval at all."""


def coverage() -> str:
    """The section as Markdown."""
    return f"{ABOUT}\n\n{markdown(_by_patients(_study_rows()))}\n"


def _study_rows() -> list[dict[str, str]]:
    """The rows of the study's first table."""
    lines = [
        line for line in STUDY.read_text(encoding="utf-8").splitlines() if line.startswith("|")
    ]
    header, _, *rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    whole = [row for row in rows if len(row) == len(header)]
    return [dict(zip(header, row, strict=True)) for row in whole]


def _by_patients(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    """One row a figure, one column a number of patients."""
    figures: dict[str, dict[str, str]] = {}
    for row in rows:
        line = figures.setdefault(row["figure"], {"interval": row["figure"]})
        line[f"{row['patients']} patients"] = row["covers"]
    return list(figures.values())
