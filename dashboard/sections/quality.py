"""Data quality: what is missing, by therapist and month, and what that leaves open."""

import pandas as pd
import streamlit as st

from dashboard import chooser, data, missing_words, tables, theme, work_words
from dashboard.plain import as_written
from dashboard.request import Request


def follow_up(asked: Request) -> None:
    """What the headline would be in the worst and the best case, and what asking settles."""
    gain = data.follow_up(asked)
    with st.container(border=True, key="card_follow_up"):
        st.header("What missing scores leave open", anchor=False)
        st.markdown(as_written(missing_words.best_and_worst(gain, asked.settings)))
        settles = missing_words.worth_asking(gain)
        if settles:
            st.markdown(f"**{as_written(settles)}**")


def gaps(asked: Request) -> None:
    """What is missing, counted by therapist or month."""
    with st.container(border=True, key="card_gaps"):
        st.header("What is missing, counted", anchor=False)
        st.markdown(f":small[For: {as_written(asked.filters_in_words)}.]")
        by = chooser.choose("gaps_by", "Count by", {"therapist": "Therapist", "month": "Month"})
        tables.show(_wide(data.gaps(asked, by), by), "Gaps in the data")


def _wide(gaps: pd.DataFrame, by: str) -> pd.DataFrame:
    """A row a group, a column a kind of gap: "3 of 40"."""
    said = [
        f"{theme.count(n)} of {theme.count(of)}"
        for n, of in zip(gaps["n"], gaps["of"], strict=True)
    ]
    groups = gaps["label"] if by == "therapist" else gaps["month"].map(theme.month)
    title = by.capitalize()
    tidy = pd.DataFrame({title: groups, "task": gaps["task"].map(work_words.GAPS), "said": said})
    wide = tidy.pivot(index=title, columns="task", values="said")
    order = list(dict.fromkeys(tidy[title]))
    wide = wide.reindex(index=order, columns=list(work_words.GAPS.values())).astype(object)
    return wide.where(wide.notna(), "0 of 0").reset_index()
