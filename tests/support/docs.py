"""Writes the pages of docs that are made from the code: `python -m tests.support.docs`."""

from pathlib import Path

from pipelines.cli import app
from tests.support import chart_docs, claim_docs, command_docs, spec_docs


def pages() -> dict[Path, str]:
    """Each made page and what it has to hold."""
    return {
        spec_docs.PAGE: spec_docs.measures_page(),
        command_docs.PAGE: command_docs.commands_page(app),
        chart_docs.PAGE: chart_docs.charts_page(),
        claim_docs.PAGE: claim_docs.claims_page(),
    }


def main() -> None:
    """Write each page."""
    for path, text in pages().items():
        path.write_text(text, encoding="utf-8")
        print(f"wrote {path.name}")


if __name__ == "__main__":
    main()
