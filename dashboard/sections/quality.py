"""Import and data quality: drop files, read the report, mend, undo, and see what is missing."""

import pandas as pd
import streamlit as st

from dashboard import data, phrases, tables, theme
from dashboard.importing import session
from dashboard.plain import as_code, as_written
from dashboard.request import Request
from pipelines.errors import OutcomesError

TASKS = {
    "no_baseline": "Episodes without a score at the first visit",
    "due_not_followed": "Episodes due without a later score",
    "unspecified_condition": "Episodes without a condition",
    "side_effects_not_recorded": "Sessions without side effects filled in",
}


def imports(made: pd.DataFrame, asked: Request) -> None:
    """Each import with its counts, and a way back."""
    with st.container(border=True, key="card_imports"):
        st.header("Imports", anchor=False)
        if not len(made):
            st.markdown("None yet.")
        for row in made.itertuples():
            _one_import(row, asked)


def _one_import(row, asked: Request) -> None:
    told, way_back = st.columns([5, 1], vertical_alignment="center")
    counted = (
        f"{theme.count(row.accepted)} accepted, {theme.count(row.unchanged)} unchanged, "
        f"{theme.count(row.quarantined)} in quarantine, {theme.count(row.skipped_rows)} skipped"
    )
    gone = " :gray-badge[undone]" if row.undone else ""
    told.markdown(f"{as_code(row.file)}{gone}  \n:small[{theme.day(row.at)}: {counted}]")
    if row.undone:
        return
    way_back.button("Undo", key=f"undo_{row.import_id}", on_click=_ask, args=(row.import_id,))
    if st.session_state.get("undo") == row.import_id:
        _confirm(row, asked)


def _ask(import_id: str) -> None:
    st.session_state["undo"] = import_id


def _confirm(row, asked: Request) -> None:
    """The second step of an undo, since figures change for everybody."""
    st.warning(
        f"Take back {phrases.several(int(row.accepted), 'accepted row')} of this import? Figures "
        "become what they were without it; the file can be imported again."
    )
    with st.container(horizontal=True):
        if st.button("Yes, undo it", type="primary", key="undo_yes"):
            _undo(row.import_id, asked)
        st.button("Keep it", key="undo_no", on_click=_ask, args=(None,))


def _undo(import_id: str, asked: Request) -> None:
    try:
        data.store(asked).undo(import_id)
    except OutcomesError as error:
        st.error(as_written(str(error)))
        return
    st.session_state["undo"] = None
    session.remember([])
    st.rerun()


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
