"""Step 2 of an import: settle what the files leave open, by choices."""

import streamlit as st

from dashboard import phrases
from dashboard.importing import doing, guide, session
from dashboard.importing.guide import Guide, Table
from dashboard.plain import as_written
from dashboard.request import Request
from dashboard.sections import import_steps
from pipelines.ingest.questions import NOTHING_SETTLED, Choice, Question, blocking

FEW = 7
"""More choices than this are a list to open; fewer stand below each other."""
LIKELY = " (likely)"
NO_NAME = (
    "A name has up to 40 letters, digits, spaces, - and _, and begins with a letter or a digit."
)
LATER = "These can be answered later as well; until then their rows or cells wait."


def show(stands: Guide, asked: Request) -> None:
    """The open questions of each table, and a name to keep the answers under."""
    with st.container(border=True, key="card_settle"):
        st.header("Settle what is open", anchor=False)
        import_steps.where("questions")
        st.markdown(heading(stands))
    for table in stands.going_in:
        if table.open() or table.answered:
            _table(table, stands, asked)
    import_steps.buttons(stands, "Continue", lambda: _go_on(stands, asked), "files")


def heading(stands: Guide) -> str:
    """How much is open, and how much of it has to be answered."""
    must, may = stands.must_be_answered, stands.may_be_answered
    if not may:
        return "All is answered. Continue, or answer again."
    if not must:
        return f"{phrases.sentence(phrases.several(may, 'question'))}. {LATER}"
    verb = "needs" if must == 1 else "need"
    who = "it" if may == 1 else "they" if must == may else f"{must} of them"
    needed = f"{who} {verb} an answer"
    return (
        f"{phrases.sentence(phrases.several(may, 'question'))}: {needed} before the import, since "
        "nothing is guessed."
    )


def _table(table: Table, stands: Guide, asked: Request) -> None:
    with st.container(border=True, key=f"card_questions_{table.number}"):
        st.header(as_written(table.part.name), anchor=False)
        if session.went_on_too_soon() and blocking(table.open()):
            st.warning("Please answer what is open here.", icon=":material/help:")
        for place, question in enumerate(table.open()):
            _ask(question, _key(table, place))
        if table.answered:
            _answered(table, stands, asked)
        name = st.text_input(
            "Keep the answers for files with the same headers, under this name",
            value=table.keep_as or guide.name_for(table),
            placeholder="Such as Front desk; leave it empty to be asked again",
            key=_name_key(table),
        )
        if not guide.is_name(name):
            st.error(NO_NAME, icon=":material/block:")


def _key(table: Table, place: int) -> str:
    """By place, since a question's own key may hold a word of the file."""
    return f"answer_{table.number}_{table.round}_{place}"


def _name_key(table: Table) -> str:
    return f"keep_as_{table.number}"


def _ask(question: Question, key: str) -> None:
    """One question, nothing chosen beforehand; the likeliest answer says that it is."""
    label, values = as_written(question.text), [choice.value for choice in question.choices]
    by_value = {choice.value: choice for choice in question.choices}
    if len(values) > FEW:
        st.selectbox(
            label,
            values,
            index=None,
            format_func=lambda value: in_words(by_value[value]) + _mark(question, value),
            placeholder="Choose",
            key=key,
        )
        return
    st.radio(
        label,
        values,
        index=None,
        format_func=lambda value: as_written(in_words(by_value[value])) + _mark(question, value),
        key=key,
    )


def in_words(choice: Choice) -> str:
    """A choice with what it would mean."""
    return f"{choice.label}: {choice.detail}" if choice.detail else choice.label


def _mark(question: Question, value: str) -> str:
    return LIKELY if value == question.suggested else ""


def _answered(table: Table, stands: Guide, asked: Request) -> None:
    lines = [f"- {as_written(line)}" for line in guide.settled_in_words(table)]
    st.markdown("\n".join(["Settled so far:", "", *lines]))
    if st.button("Answer again", type="tertiary", key=f"again_{table.number}"):
        fresh = doing.look_again(guide.forgotten(table), NOTHING_SETTLED, asked)
        session.put(guide.changed(stands, fresh))
        st.rerun()


def _go_on(stands: Guide, asked: Request) -> Guide:
    """The next step once nothing keeps a file out; else this one with what is still open."""
    session.tell_what_is_open(any(map(_is_unanswered, stands.going_in)))
    for table in stands.going_in:
        stands = guide.changed(stands, _with_answers(table, asked))
    if stands.must_be_answered or not all(guide.is_name(t.keep_as) for t in stands.going_in):
        return stands
    return guide.at(doing.foresee(stands, asked), "outcome")


def _is_unanswered(table: Table) -> bool:
    """Whether a question that keeps the file out was passed over."""
    return any(
        question.blocking and st.session_state.get(_key(table, place)) is None
        for place, question in enumerate(table.open())
    )


def _with_answers(table: Table, asked: Request) -> Table:
    chosen = [
        (question, st.session_state.get(_key(table, place)))
        for place, question in enumerate(table.open())
    ]
    given = [(question, value) for question, value in chosen if value is not None]
    table = guide.named(table, st.session_state.get(_name_key(table), table.keep_as))
    if not given:
        return table
    mapping, table = guide.with_answers(table, given)
    return doing.look_again(table, mapping, asked) if mapping != table.look.mapping else table
