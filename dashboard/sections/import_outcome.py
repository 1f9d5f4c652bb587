"""Step 3 of an import: what will happen to every row, then the button that writes."""

import streamlit as st

from dashboard import phrases
from dashboard.importing import doing, session, told
from dashboard.importing.guide import Guide
from dashboard.plain import as_written
from dashboard.request import Request
from dashboard.sections import import_steps
from pipelines.ingest.report import Report


def show(stands: Guide, asked: Request) -> None:
    """A forecast for each table, and the one button that writes."""
    outcomes = [table.outcome for table in stands.going_in if table.outcome]
    allowed = [outcome for outcome in outcomes if not outcome.refused]
    with st.container(border=True, key="card_outcome"):
        st.header("See what will happen", anchor=False)
        import_steps.where("outcome")
        st.markdown(heading(len(allowed)))
    for place, outcome in enumerate(outcomes):
        _forecast(outcome, place)
    import_steps.buttons(
        stands,
        told.go_ahead(allowed),
        lambda: _import(stands, asked),
        "questions" if stands.may_be_answered or stands.answered else "files",
        bool(allowed),
    )


def heading(files: int) -> str:
    """What the forecast is worth where there are several files."""
    if files < 2:
        return "Nothing is written yet. Each import can be undone."
    return (
        "Nothing is written yet. Each file is told as if it were imported alone: a visit that "
        "stands in two of them is counted as new in both. Each import can be undone."
    )


def _forecast(outcome: Report, place: int) -> None:
    with st.container(border=True, key=f"card_forecast_{place}"):
        st.header(as_written(outcome.file), anchor=False)
        if outcome.refused:
            st.error(refusal(outcome), icon=":material/block:")
            return
        st.markdown(told.forecast(outcome))
        lines = told.details(outcome, "For quarantine")
        if lines:
            st.markdown("\n".join(f"- {line}" for line in lines))


def refusal(report: Report) -> str:
    """Why a file is refused, without its name again."""
    return as_written((report.refused or "").removeprefix(f"{report.file}: "))


def _import(stands: Guide, asked: Request) -> Guide:
    session.remember(doing.carry_out(stands, asked))
    return Guide()


def reports() -> None:
    """What became of every row of the files just imported."""
    for place, report in enumerate(session.remembered()):
        with st.container(border=True, key=f"card_report_{place}"):
            st.header(as_written(report.file), anchor=False)
            if report.refused:
                st.error(refusal(report), icon=":material/block:")
                continue
            st.markdown(told.summary(report))
            lines = told.details(report)
            if lines:
                st.markdown("\n".join(f"- {line}" for line in lines))
            if report.questions:
                st.markdown(words_left(len(report.questions)))


def words_left(number: int) -> str:
    """That words of the file are in no list yet."""
    verb = "is" if number == 1 else "are"
    return (
        f"{phrases.sentence(phrases.several(number, 'question'))} about words of this file {verb} "
        "below."
    )
