"""The work list: what the front desk can close, each with where its visit is found."""

import pandas as pd
import streamlit as st

from dashboard import chooser, data, downloads, theme, work_words
from dashboard.plain import as_written
from dashboard.request import Request
from pipelines.definitions import explain, shown_on

SHOWN = 500
"""Rows sent to the page; the download has all."""
CODE = 8
"""Characters of a patient's keyed hash that tell patients apart in a list."""
ALL = "All"
COLUMNS = {
    "due_date": st.column_config.DateColumn("Due since", format="D MMM YYYY"),
    "days_overdue": st.column_config.NumberColumn("Days overdue", format="%d"),
    "date": st.column_config.DateColumn("Visit", format="D MMM YYYY"),
    "last_visit": st.column_config.DateColumn("Last visit", format="D MMM YYYY"),
    "therapist": st.column_config.TextColumn("Therapist"),
    "clinic": st.column_config.TextColumn("Clinic"),
    "condition": st.column_config.TextColumn("Condition"),
    "patient": st.column_config.TextColumn("Patient", help="A code that only tells them apart."),
    "source_file": st.column_config.TextColumn("File"),
    "source_line": st.column_config.NumberColumn("Line", format="%d"),
}
WHEN_DUE = ("due_date", "days_overdue")


def show(asked: Request) -> None:
    """One kind of gap at a time, narrowed to a therapist and a month, to work through."""
    with st.container(border=True, key="card_work"):
        st.header("Work list", anchor=False)
        st.markdown(f":small[For: {as_written(asked.filters_in_words)}.]")
        task = chooser.choose("work", "What is missing", work_words.TASKS)
        found = as_list(data.work(asked, task))
        st.markdown(work_words.what_to_do(task, len(found), asked.settings))
        if len(found):
            _list(found, task, asked)


def as_list(found: pd.DataFrame) -> pd.DataFrame:
    """The rows in the order of their columns, without what nobody can look up."""
    codes = found["patient_id"].astype("str").str[:CODE]
    listed = found.assign(patient=codes, days_overdue=found["days_overdue"].astype("Int64"))
    wanted = [name for name in COLUMNS if not (name in WHEN_DUE and listed[name].isna().all())]
    return listed[wanted]


def _list(found: pd.DataFrame, task: str, asked: Request) -> None:
    chosen = _narrowed(found)
    shown = chosen.head(SHOWN)
    st.dataframe(
        shown,
        hide_index=True,
        column_config={name: _column(name, task) for name in shown},
        alt=f"Work list: {work_words.TASKS[task]}",
    )
    if len(chosen) > SHOWN:
        st.markdown(
            f":small[The first {theme.count(SHOWN)} of {theme.count(len(chosen))} are shown; the "
            "download has all.]"
        )
    _download(chosen, task, asked)


def _column(name: str, task: str) -> object:
    """What a column is called in one of the lists."""
    if name == "date" and task != "side_effects_not_recorded":
        return st.column_config.DateColumn("First visit", format="D MMM YYYY")
    if name == "due_date" and task != "due_not_followed":
        return st.column_config.DateColumn("Due on", format="D MMM YYYY")
    return COLUMNS[name]


def _narrowed(found: pd.DataFrame) -> pd.DataFrame:
    """The rows of one therapist and one month, or of all."""
    therapist = found["therapist"].astype("str").fillna("Not recorded")
    month = found["date"].map(theme.month)
    with st.container(horizontal=True):
        one = _choose("Therapist", therapist)
        other = _choose("Month of the visit", month)
    kept = (therapist == one) | (one == ALL)
    kept &= (month == other) | (other == ALL)
    return found[kept.to_numpy(dtype=bool)]


def _choose(label: str, values: pd.Series) -> str:
    counts = values.value_counts(sort=False)
    words = {ALL: f"All ({theme.count(len(values))})"}
    words |= {value: f"{value} ({theme.count(n)})" for value, n in counts.items()}
    key = f"work_{label.split()[0].lower()}"
    return st.selectbox(label, list(words), format_func=words.get, key=key, width=240)


def _download(chosen: pd.DataFrame, task: str, asked: Request) -> None:
    """The whole list as a file, made when it is asked for."""
    explanation = explain(shown_on("work"), asked.settings)
    origin = downloads.Origin(
        f"Work list: {work_words.TASKS[task]}",
        asked.filters_in_words,
        theme.day(asked.as_of),
        explanation.what,
        f"{explanation.settings} ({asked.settings.version})".strip(),
    )
    st.download_button(
        "Download this list",
        lambda: downloads.as_csv(chosen, origin),
        file_name=f"work-list-{task.replace('_', '-')}-{asked.as_of}.csv",
        mime="text/csv",
        key="download_work",
        on_click="ignore",
        icon=":material/download:",
    )
