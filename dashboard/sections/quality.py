"""Data quality: what is missing, by therapist and month, and each gap on its own."""

import pandas as pd
import streamlit as st

from dashboard import data, tables, theme
from dashboard.plain import as_written
from dashboard.request import Request

TASKS = {
    "no_baseline": "Episodes without a score at the first visit",
    "due_not_followed": "Episodes due without a later score",
    "unspecified_condition": "Episodes without a condition",
    "side_effects_not_recorded": "Sessions without side effects filled in",
}


def work_list(asked: Request) -> None:
    """What is missing, counted by therapist and month, and each gap on its own."""
    with st.container(border=True, key="card_work"):
        st.header("Work list", anchor=False)
        about = as_written(asked.filters_in_words)
        st.markdown(f":small[What is missing in the data, for: {about}.]")
        by = st.segmented_control(
            "Count by",
            ["therapist", "month"],
            default="therapist",
            required=True,
            format_func=str.capitalize,
        )
        gaps = data.gaps(asked, by)
        tables.show(_wide(gaps, by), "Gaps in the data")
        with st.popover("Each gap", type="tertiary"):
            each = data.work(asked)
            each = each.assign(task=each["task"].map(TASKS)).drop(columns="patient_id")
            tables.show(each, "Each gap, newest first")


def _wide(gaps: pd.DataFrame, by: str) -> pd.DataFrame:
    """A row a group, a column a kind of gap: "3 of 40"."""
    said = [
        f"{theme.count(n)} of {theme.count(of)}"
        for n, of in zip(gaps["n"], gaps["of"], strict=True)
    ]
    groups = gaps["label"] if by == "therapist" else gaps["month"].map(theme.month)
    tidy = pd.DataFrame({by.capitalize(): groups, "task": gaps["task"].map(TASKS), "said": said})
    wide = tidy.pivot(index=by.capitalize(), columns="task", values="said")
    order = list(dict.fromkeys(tidy[by.capitalize()]))
    wide = wide.reindex(index=order, columns=list(TASKS.values())).astype(object)
    return wide.where(wide.notna(), "0 of 0").reset_index()
