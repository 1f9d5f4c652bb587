"""A document and its pictures set as a tagged PDF by Typst, the same bytes for the same input."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any, Literal, NamedTuple

from dashboard.report.drawing import Picture

Paper = Literal["a4", "us-letter"]
TEMPLATES = Path(__file__).parent
STANDARD = "ua-1"
"""PDF/UA-1: tagged, with a title, a language and words for each picture."""


class Typeset(NamedTuple):
    """A PDF, and how many pages it has."""

    pdf: bytes
    pages: int


def typeset(
    template: str,
    document: dict[str, Any],
    pictures: dict[str, Sequence[Picture]],
    paper: Paper,
    made: date,
) -> Typeset:
    """The document on paper; `made` is the date in it, so that time passing changes no byte."""
    import typst

    shown = {name: [asdict(picture) for picture in some] for name, some in pictures.items()}
    inputs = {"document": json.dumps(document | shown), "paper": paper}
    compiler = typst.Compiler(
        TEMPLATES / template, root=TEMPLATES, ignore_system_fonts=True, sys_inputs=inputs
    )
    at = datetime.combine(made, time(12), tzinfo=UTC)
    pages = compiler.compile(format="svg")
    pdf = compiler.compile(format="pdf", pdf_standards=STANDARD, timestamp=at)
    return Typeset(pdf, len(pages) if isinstance(pages, list) else 1)
