"""The owner's monthly report: its figures are those of the summary, and it fits two pages."""

import io
from datetime import date

import pytest
from pypdf import PdfReader

from dashboard.report.monthly.command import report, write_report
from dashboard.report.monthly.month import Month, month_of
from pipelines.errors import OutcomesError
from pipelines.selection import Selection, select
from pipelines.settings import Settings
from pipelines.store import Store
from pipelines.summary import summarise

OCTOBER = "2026-10"
YEAR = Selection(date(2025, 11, 1), date(2026, 10, 31))


@pytest.fixture(scope="module")
def pdf(sample_store) -> bytes:
    """October of the sample clinic on A4."""
    return report(Store(sample_store), OCTOBER, "a4")


def text_of(pdf: bytes) -> str:
    """The text of all pages, with single spaces."""
    return " ".join(
        " ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split()
    )


def test_its_figures_are_those_of_the_summary(pdf, sample_store):
    figures = summarise(select(Store(sample_store).clinic(), YEAR), Settings())
    text, share = text_of(pdf), figures["pain"]["responders_30"]
    effects, followed = figures["side_effects"]["any"], figures["pain"]["completeness"]
    assert f"Of {share['of']} episodes followed up, {share['n']} ({share['rate']:.0%})" in text
    assert f"{effects['n']} of {effects['of']} recorded sessions" in text
    assert f"{followed['n']} of {followed['of']} episodes due" in text
    assert f"{figures['pain']['n']} episodes with two scores" in text
    assert f"of {figures['counts']['episodes']}" in text


def test_the_month_itself_is_told(pdf, sample_store):
    month = select(Store(sample_store).clinic(), Month(2026, 10).itself())
    counts = summarise(month, Settings())["counts"]
    told = f"{counts['sessions']} treatment sessions, {counts['episodes']} new episodes"
    assert told in text_of(pdf)


def test_the_same_data_give_the_same_bytes(pdf, sample_store):
    assert report(Store(sample_store), OCTOBER, "a4") == pdf


def test_it_is_tagged_and_its_pictures_have_words(pdf):
    root = PdfReader(io.BytesIO(pdf)).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en-GB"
    assert b"/Alt" in pdf
    assert PdfReader(io.BytesIO(pdf)).metadata.title == "Outcomes, October 2026"


@pytest.mark.parametrize("paper", ["a4", "us-letter"])
def test_two_pages_hold_it(sample_store, paper):
    assert len(PdfReader(io.BytesIO(report(Store(sample_store), OCTOBER, paper))).pages) == 2


def test_a_clinic_of_five_sessions_has_one_too(small_store):
    text = text_of(report(Store(small_store), "2026-01", "a4"))
    assert "Too few to say: of 2 episodes followed up, 1 had at least 30% less pain" in text
    assert "January 2026 is not over in the data" in text


def test_a_month_without_visits_is_refused(small_store):
    with pytest.raises(OutcomesError, match="no visit in October 2026: they run from 2026-01"):
        report(Store(small_store), OCTOBER, "a4")
    assert not (small_store.parent / "report.pdf").exists()


def test_an_empty_store_is_refused(empty_store):
    with pytest.raises(OutcomesError, match="Nothing is imported yet"):
        report(Store(empty_store), OCTOBER, "a4")


@pytest.mark.parametrize("text", ["2026-13", "2026", "10-2026", "2026-1", "", "2026-10-01"])
def test_a_month_is_written_one_way(text):
    with pytest.raises(OutcomesError, match="YYYY-MM"):
        month_of(text)


def test_a_span_ends_with_its_month():
    assert Month(2026, 2).ending(12) == Selection(date(2025, 3, 1), date(2026, 2, 28))
    assert Month(2024, 2).ending(1) == Selection(date(2024, 2, 1), date(2024, 2, 29))


def test_a_folder_that_is_not_there_is_said(small_store, tmp_path):
    with pytest.raises(OutcomesError, match="cannot be written"):
        write_report(Store(small_store), "2026-01", tmp_path / "none" / "r.pdf", "a4")
