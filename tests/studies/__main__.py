"""Runs each study and writes its table to docs/studies: `python -m tests.studies [NAME ...]`."""

import sys
from importlib import import_module
from pathlib import Path
from types import ModuleType

from tests.benchmarks.machine import description
from tests.support.hygiene import PROJECT
from tests.support.tables import markdown

SEED = 20250106
PAGES = PROJECT / "docs" / "studies"
HERE = Path(__file__).parent


def studies() -> list[str]:
    """The name of each study there is."""
    return sorted(file.stem for file in HERE.glob("*.py") if not file.stem.startswith("_"))


def page(study: ModuleType, rows: list[dict]) -> str:
    """The study's page: what it asks, the table, and what it takes to make it again."""
    facts = {"seed": SEED} | description()
    return "\n\n".join(
        [
            f"# {study.TITLE}",
            study.ABOUT.strip(),
            markdown(rows),
            "## Made with",
            markdown({"": name, " ": value} for name, value in facts.items()),
            "To make it again: `make studies`.\n",
        ]
    )


def main(names: list[str]) -> None:
    """Run the named studies, or each, one after the other."""
    PAGES.mkdir(parents=True, exist_ok=True)
    for name in names or studies():
        study = import_module(f"tests.studies.{name}")
        print(f"{study.TITLE} ...", flush=True)
        rows = list(study.run(SEED))
        (PAGES / f"{name}.md").write_text(page(study, rows), encoding="utf-8")
        print(f"wrote docs/studies/{name}.md", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
