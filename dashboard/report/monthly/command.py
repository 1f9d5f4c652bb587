"""`outcomes report`: the monthly report as a file."""

from pathlib import Path

from dashboard.access import Viewer
from dashboard.report.drawing import Picture
from dashboard.report.monthly.figures import Monthly, monthly
from dashboard.report.monthly.month import month_of, require_visits
from dashboard.report.monthly.pictures import control_charts, first_page, improvement
from dashboard.report.monthly.story import story
from dashboard.report.typesetting import Paper, typeset
from dashboard.request import Request
from pipelines.errors import OutcomesError
from pipelines.store import Store

PAGES = 2
SCALES = (1, 0.85, 0.7, 0.55)
"""Charts grow lower until all of it is on two pages."""


def write_report(store: Store, month: str, file: Path, paper: Paper) -> None:
    """Writes the PDF. Raises OutcomesError for a month without visits or an unwritable file."""
    content = report(store, month, paper)
    try:
        file.write_bytes(content)
    except OSError as error:
        raise OutcomesError(f"{file} cannot be written: {error.strerror}.") from None


def report(store: Store, month: str, paper: Paper) -> bytes:
    """The report of one month, for the owner."""
    about, clinic = month_of(month), store.clinic()
    require_visits(clinic, about)
    found = monthly(clinic, about, store.settings)
    request = Request(
        Viewer("owner"), str(store.folder), store.version(), store.settings, clinic.as_of
    )
    said = story(found, request)
    for scale in SCALES:
        drawn = _pictures(found, store, scale)
        made = typeset("monthly/monthly.typ", said, drawn, paper, clinic.as_of)
        if made.pages <= PAGES:
            break
    return made.pdf


def _pictures(found: Monthly, store: Store, scale: float) -> dict[str, list[Picture]]:
    """The charts of both pages, at one scale of their heights."""
    return {
        "first": first_page(found, store.settings, scale),
        "second": [*control_charts(found, scale), *improvement(found, store.settings, scale)],
    }
