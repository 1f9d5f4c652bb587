"""Rows that wait, to be mended in place: edit the cells, or take what is suggested."""

import pandas as pd
import streamlit as st

from dashboard import data, phrases, tables
from dashboard.importing import doing, mend, session
from dashboard.importing.doing import File
from dashboard.importing.mend import Kind
from dashboard.plain import as_code, as_written
from dashboard.request import Request

TAKEN, BECAME = "suggestions_taken", "mended rows"
MOST_OFFERED = 8


def show(waiting: pd.DataFrame, asked: Request) -> None:
    """Each kind of header as a table to edit, with a download of the same rows."""
    with st.container(border=True, key="card_quarantine"):
        st.header("Rows waiting to be mended", anchor=False)
        _what_became_of_them()
        if not len(waiting):
            st.markdown("None: every row that is a visit has been accepted.")
            return
        st.markdown(
            "Correct the cells here and import the rows again, or download them, mend them in a "
            "spreadsheet and drop the file above. The columns that the reasons are about stand "
            "first. A row that is right leaves this list."
        )
        for kind in mend.kinds(waiting):
            _one_kind(kind, asked)


def _what_became_of_them() -> None:
    if session.told(BECAME):
        sentence, told = session.told(BECAME)
        st.success(as_written(sentence), icon=":material/build:")
        tables.show(told, "What became of each edited row")


def _one_kind(kind: Kind, asked: Request) -> None:
    taken = st.session_state.setdefault(TAKEN, {})
    offered = mend.offered(kind, list(taken))
    _suggest(kind, offered)
    own = pd.DataFrame([made for entry, made in taken.items() if entry in set(kind.rows["entry"])])
    table = mend.as_table(kind, own)
    edited = st.data_editor(
        table,
        key=f"mend_{kind.number}",
        hide_index=True,
        num_rows="fixed",
        disabled=["reason", "file", "line"],
        column_config=_columns(kind, table),
        alt="Rows in quarantine with their reasons and their cells, to edit",
    )
    if kind.waiting > len(kind.rows):
        st.markdown(
            f":small[The first {len(kind.rows):,} of {kind.waiting:,} rows; the others follow, or "
            "are in the download.]"
        )
    _act(kind, mend.edited_rows(kind, edited), asked)


def _columns(kind: Kind, table: pd.DataFrame) -> dict:
    column = st.column_config
    own = {
        name: column.TextColumn(mend.label(kind, int(name[1:])))
        for name in table
        if name not in mend.LEADING
    }
    return own | {
        "reason": column.TextColumn("Reason", width="large"),
        "file": column.TextColumn("File"),
        "line": column.TextColumn("Line", width="small"),
        "another": column.CheckboxColumn("Is another visit"),
    }


def _suggest(kind: Kind, offered: pd.DataFrame) -> None:
    """Suggestions by distinct cell, each with its button; one button takes them all."""
    if not len(offered):
        return
    st.markdown(phrases.sentence(phrases.several(len(offered), "suggestion")) + ", to accept:")
    for place, row in enumerate(offered.head(MOST_OFFERED).itertuples()):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(sentence(kind, row), width="stretch")
            st.button(
                f"Use {as_code(row.suggested)}",
                key=f"use_{kind.number}_{place}",
                on_click=_take,
                args=(offered.iloc[[place]],),
            )
    if len(offered) > 1:
        st.button(
            f"Use all {len(offered)} suggestions",
            key=f"use_all_{kind.number}",
            on_click=_take,
            args=(offered,),
        )


def sentence(kind: Kind, row) -> str:
    """What is suggested, where, for how many rows, and why."""
    rows = phrases.several(len(row.entries), "row")
    return (
        f"{as_code(mend.label(kind, row.place))}: {as_code(row.text)} to be "
        f"{as_code(row.suggested)} in {rows}, {as_written(row.because)}"
    )


def _take(offered: pd.DataFrame) -> None:
    taken = st.session_state[TAKEN]
    for row in offered.itertuples():
        for entry in row.entries:
            taken[entry] = {"entry": entry, "place": row.place, "suggested": row.suggested}


def go_ahead(rows: int) -> str:
    """What the button says."""
    return f"Mend and import {phrases.several(rows, 'row')}" if rows else "Mend and import"


def _act(kind: Kind, rows: pd.DataFrame, asked: Request) -> None:
    with st.container(horizontal=True):
        if st.button(
            f"Mend and import {phrases.several(len(rows), 'row')}"
            if len(rows)
            else "Mend and import",
            type="primary",
            disabled=not len(rows),
            key=f"mend_go_{kind.number}",
        ):
            with session.told_in_place():
                _import(kind, rows, asked)
        st.download_button(
            f"Download to mend: {as_written(kind.file)}",
            lambda: data.files_to_mend(asked)[kind.number][1],
            file_name=f"to-mend-{kind.file}",
            mime="text/csv",
            key=f"download_to_mend_{kind.number}",
            on_click="ignore",
            icon=":material/download:",
        )


def _import(kind: Kind, rows: pd.DataFrame, asked: Request) -> None:
    """Through the same pipeline as the file that is downloaded, mended and dropped."""
    (report,) = doing.import_files([File(*mend.as_file(kind, rows))], asked)
    if report.refused:
        st.error(as_written(report.refused), icon=":material/block:")
        return
    still = doing.quarantined_by(report, asked)
    told = mend.became(rows, still)
    session.tell(BECAME, (mend.in_words(told, report.skipped), told))
    st.session_state.pop(TAKEN, None)
    session.remember([])
    st.rerun()
