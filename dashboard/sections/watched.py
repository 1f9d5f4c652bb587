"""What the last watch of a folder did."""

from datetime import datetime

import pandas as pd
import streamlit as st

from dashboard import phrases, tables, theme
from dashboard.plain import as_code, as_written
from pipelines.watch.last_run import REFUSED, LastRun, now


def show(runs: list[LastRun]) -> None:
    """A line for each watched folder, what it met, and its last files."""
    if not runs:
        return
    with st.container(border=True, key="card_watch"):
        st.header("Watched folders", anchor=False)
        for run in runs:
            _one(run)


def _one(run: LastRun) -> None:
    st.markdown(f"{as_code(run.folder)}  \n:small[{in_words(run, now())}]")
    for trouble in run.troubles:
        st.warning(as_written(trouble), icon=":material/warning:")
    for handled in run.recent:
        if handled.outcome == REFUSED:
            why = as_written(handled.sentence or "refused")
            st.markdown(f"- {as_code(handled.file)}, {theme.day(handled.at)}: {why}")
    if run.recent:
        with st.expander(f"The last {phrases.several(len(run.recent), 'file')}"):
            tables.show(tables_of(run), "The last files of the watched folder")


def in_words(run: LastRun, at: datetime) -> str:
    """Whether it runs, when it looked last, and what it did since it was started."""
    state = "Running" if run.alive(at) else "Not running"
    counts = ", ".join(
        [
            f"{phrases.several(run.imported, 'file')} imported",
            f"{theme.count(run.already)} already known",
            f"{theme.count(run.refused)} refused",
        ]
    )
    return f"{state}; looked last on {theme.day(run.looked)}, {run.looked:%H:%M} UTC: {counts}"


def tables_of(run: LastRun) -> pd.DataFrame:
    """The last files with what became of each."""
    return pd.DataFrame(
        {
            "file": [one.file for one in run.recent],
            "when": [f"{one.at:%Y-%m-%d %H:%M} UTC" for one in run.recent],
            "outcome": [one.outcome for one in run.recent],
            "accepted": [one.accepted for one in run.recent],
            "in quarantine": [one.quarantined for one in run.recent],
            "reason": [one.sentence for one in run.recent],
        }
    )
