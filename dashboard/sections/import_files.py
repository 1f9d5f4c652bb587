"""Step 1 of an import: drop files, and see what each is understood to be."""

import streamlit as st

from dashboard import phrases, tables
from dashboard.importing import doing, guide, meanings, session
from dashboard.importing.doing import File
from dashboard.importing.guide import Guide, Table
from dashboard.plain import as_code, as_written
from dashboard.request import Request
from dashboard.sections import import_steps
from pipelines.ingest.preview import ColumnSeen

KINDS = ["csv", "txt", "tsv", "tab", "psv", "xlsx", "xlsm", "xls", "xlsb", "ods", "zip"]


def show(stands: Guide, asked: Request) -> None:
    """A place to drop files, and a card for each table that was in them."""
    with st.container(border=True, key="card_drop"):
        st.header("Bring in your exports", anchor=False)
        import_steps.where("files")
        st.markdown(
            "One row a visit, from any practice system, spreadsheet or form; several files at "
            "once are fine. Names, birth dates, phones and remarks are dropped on the way in and "
            "never stored. Nothing is written before the last of three steps."
        )
        _drop(stands, asked)
    for table in stands.tables:
        _table(table, stands, asked)
    for report in stands.unread:
        with st.container(border=True, key=f"card_unread_{stands.unread.index(report)}"):
            st.header(as_written(report.file), anchor=False)
            st.error(as_written(report.refused or ""), icon=":material/block:")
    if stands.under_way:
        import_steps.buttons(
            stands, "Continue", lambda: _go_on(stands, asked), None, bool(stands.going_in)
        )


def _drop(stands: Guide, asked: Request) -> None:
    dropped = st.file_uploader(
        "CSV files, spreadsheets, or a zip of them",
        type=KINDS,
        accept_multiple_files=True,
        key=session.drop_key(),
    )
    if dropped:
        files = [File(file.name, file.getvalue()) for file in dropped]
        session.put(doing.take_in(files, asked, stands))
        session.remember([])
        session.forget_told()
        session.dropped()
        st.rerun()


def _go_on(stands: Guide, asked: Request) -> Guide:
    session.ask_anew()
    step = guide.next_step(stands)
    return guide.at(doing.foresee(stands, asked) if step == "outcome" else stands, step)


def _table(table: Table, stands: Guide, asked: Request) -> None:
    with st.container(border=True, key=f"card_table_{table.number}"):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.header(as_written(table.part.name), anchor=False, width="stretch")
            st.button(
                "Leave out",
                key=f"leave_{table.number}",
                type="tertiary",
                icon=":material/close:",
                on_click=session.put,
                args=(guide.without(stands, table.number),),
            )
        if table.refused:
            st.error(as_written(refusal(table)), icon=":material/block:")
        else:
            st.markdown(understood(table))
            _steps(table)
            _first_visits(table)
        if table.look.columns:
            _columns(table, stands, asked)


def refusal(table: Table) -> str:
    """Why a table is refused; where its columns are known, one may say what they mean."""
    mend = " Or say below what its columns mean." if table.look.columns else ""
    return f"{table.look.refused}{mend}"


def understood(table: Table) -> str:
    """How many rows, what told their meaning, and whether anything is open."""
    look, questions = table.look, len(table.open())
    told = f", understood by {as_written(look.recognised)}" if look.recognised else ""
    left = (
        f"**{phrases.sentence(phrases.several(questions, 'question'))}** before it is imported."
        if questions
        else "Nothing is left open."
    )
    return f"{phrases.sentence(phrases.several(look.rows, 'row'))}{told}. {left}"


def _steps(table: Table) -> None:
    if table.look.steps:
        lines = [f"- {phrases.sentence(as_written(str(step)))}" for step in table.look.steps]
        st.markdown("\n".join(lines))


def _first_visits(table: Table) -> None:
    if len(table.look.head):
        st.markdown(":small[The first visits, as they would be stored:]")
        tables.show(table.look.head, "The first visits of the file, as they would be stored")


def _columns(table: Table, stands: Guide, asked: Request) -> None:
    """Each column with its meaning to change; closed, since most files need no change."""
    name = f"columns_{table.number}"
    with st.expander(counted(table.look.columns), expanded=table.refused, key=name):
        for column in table.look.columns:
            _column(column, table, stands, asked)


def counted(columns: tuple[ColumnSeen, ...]) -> str:
    """How many columns are kept and how many are not."""
    kept = sum(not column.meaning.endswith(meanings.NOT_KEPT) for column in columns)
    return (
        f"{phrases.sentence(phrases.several(len(columns), 'column'))}: "
        f"{kept} kept, {len(columns) - kept} not kept"
    )


def _column(column: ColumnSeen, table: Table, stands: Guide, asked: Request) -> None:
    header, meaning, sure = st.columns([3, 3, 4], vertical_alignment="center")
    with header:
        sample = f"  \n:small[{as_written(column.sample)}]" if column.sample else ""
        st.markdown(f"{as_code(column.header)}{sample}")
    with meaning:
        chosen = st.selectbox(
            f"Meaning of {as_code(column.header)}",
            meanings.options(column),
            index=meanings.options(column).index(column.column),
            format_func=meanings.in_words,
            label_visibility="collapsed",
            key=f"meaning_{table.number}_{table.round}_{column.position}",
        )
    with sure:
        st.markdown(f":small[{how_sure(column)}]")
    if chosen != column.column:
        mapping = guide.with_meaning(table, column.header, chosen)
        session.put(guide.changed(stands, doing.look_again(table, mapping, asked)))
        st.rerun()


def how_sure(column: ColumnSeen) -> str:
    """What says so, and what it might be instead."""
    other = f"; else {as_written(column.runner_up)}" if column.runner_up else ""
    return f"{phrases.sentence(as_written(column.reason))}{other}"
