"""The sidebar: one choice for all pages, kept in the URL.

Drawn by the entry script before a page runs, so that it stays when the page changes.
The widgets' options carry counts, which change with every import; a link must not, so
the URL is read and written here and not by the widgets.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import streamlit as st

from dashboard import data, names, phrases, theme
from dashboard.choice import (
    CUSTOM,
    FIRST_DAY,
    LABELS,
    PERIODS,
    QUERY_NAMES,
    Choice,
    from_query,
    in_words,
    kept,
    link,
    period_of,
    selection_of,
    to_query,
)
from dashboard.request import Request
from pipelines.selection import NAMED

KEY = "filter_{}".format
STATE, WRITTEN, PAGE = "choice", "choice_in_url", "choice_on_page"


def draw(request: Request, page: str) -> Request:
    """Draws the sidebar; returns the request with what is chosen in it."""
    known = data.known_names(request)
    with st.sidebar:
        _choose_from_link(known, request.as_of, page)
        choice = _with_days(kept(_chosen(), known), request.as_of)
        _widgets(choice, data.options(_asked(request, choice)), request.as_of)
        st.session_state[STATE] = choice = _chosen()
        _write_link(choice)
        request = _asked(request, choice)
        st.markdown(f":small[{phrases.matching(*data.matching(request))}]")
        _reset_and_copy(choice)
    return request


def _asked(request: Request, choice: Choice) -> Request:
    """The request about what is chosen."""
    return replace(
        request,
        selection=selection_of(choice, request.as_of),
        filters=in_words(choice, request.as_of),
    )


def _choose_from_link(known: Mapping, as_of: date | None, page: str) -> None:
    """Takes over the URL's choice where it changed other than by the sidebar itself.

    Moving to another page empties the URL; that is no choice. A widget that was just
    used wins over a URL that has not caught up yet.
    """
    query = {name: found for name in QUERY_NAMES if (found := st.query_params.get_all(name))}
    moved = st.session_state.get(PAGE, page) != page
    st.session_state[PAGE] = page
    first = STATE not in st.session_state
    if not first and (_chosen() != st.session_state[STATE] or (moved and not query)):
        return
    if first or query != st.session_state.get(WRITTEN):
        choice, ignored = from_query(query, known, as_of)
        _put(choice)
        for sentence in ignored:
            st.warning(sentence)


def _chosen() -> Choice:
    """What the widgets say, and where they are not drawn yet, what was kept."""
    state = st.session_state
    choice = state.get(STATE, Choice())
    given = {name: tuple(state.get(KEY(name), getattr(choice, name))) for name in NAMED}
    period = state.get(KEY("period")) or choice.period
    days = {name: state.get(KEY(name)) or getattr(choice, name) for name in ("start", "end")}
    return Choice(period, **(days if period == CUSTOM else {}), **given)


def _with_days(choice: Choice, as_of: date | None) -> Choice:
    """A custom period starts from the days of the period that was chosen before it."""
    if choice.period != CUSTOM or (choice.start and choice.end):
        return choice
    before = st.session_state.get(STATE, Choice())
    start, end = period_of(before, as_of)
    if start is None:
        start, end = period_of(Choice(), as_of)
    return replace(choice, start=choice.start or start, end=choice.end or end)


def _put(choice: Choice) -> None:
    """Makes the widgets, drawn next, say the choice."""
    for name in ("period", "start", "end"):
        st.session_state[KEY(name)] = getattr(choice, name)
    for name in NAMED:
        st.session_state[KEY(name)] = list(getattr(choice, name))


def _widgets(choice: Choice, options: Mapping[str, Mapping[str, int]], last: date | None) -> None:
    _put(choice)
    st.selectbox("Period", list(PERIODS), format_func=PERIODS.get, key=KEY("period"))
    if choice.period == CUSTOM:
        for name, label in (("start", "From"), ("end", "To")):
            st.date_input(
                label, min_value=FIRST_DAY, max_value=last, format="YYYY-MM-DD", key=KEY(name)
            )
    for name in NAMED:
        if len(options[name]) > 1 or getattr(choice, name):
            _names(name, options[name])


def _names(name: str, counts: Mapping[str, int]) -> None:
    st.multiselect(
        LABELS[name],
        list(counts),
        format_func=lambda value: f"{names.name(name, value)} ({theme.count(counts[value])})",
        placeholder=f"All ({len(counts)})",
        help="In brackets: the episodes that match the other filters.",
        key=KEY(name),
    )


def _write_link(choice: Choice) -> None:
    """Puts the choice into the URL; other parameters, which pages bind to widgets, stay."""
    query = to_query(choice)
    shown = {name: found for name in QUERY_NAMES if (found := st.query_params.get_all(name))}
    for name in shown.keys() - query.keys():
        del st.query_params[name]
    if query != shown:
        st.query_params.update(query)
    st.session_state[WRITTEN] = query


def _others() -> dict[str, list[str]]:
    """What pages have chosen, as it stands in the URL."""
    names = [name for name in st.query_params if name not in QUERY_NAMES]
    return {name: st.query_params.get_all(name) for name in names}


def _reset_and_copy(choice: Choice) -> None:
    with st.container(horizontal=True, gap="small"):
        st.button(
            "Reset",
            type="tertiary",
            icon=":material/restart_alt:",
            on_click=_put,
            args=(Choice(),),
            disabled=choice == Choice(),
        )
        with st.popover("Copy link", type="tertiary", icon=":material/link:"):
            st.markdown("Opens this page with the same filters. It holds no patient's data.")
            address = link(st.context.url or "", choice, _others())
            st.code(address, language=None, wrap_lines=True)
