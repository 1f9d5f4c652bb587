"""The two cards that pages are made of, and the line at their foot."""

import contextlib
from collections.abc import Sequence

import streamlit as st
from altair.utils import schemapi
from streamlit.errors import StreamlitPageNotFoundError

from dashboard import data, downloads, phrases, tables, theme, words
from dashboard.changes import NONE as NO_CHANGE
from dashboard.changes import Change
from dashboard.plain import as_written
from dashboard.readings import READINGS
from dashboard.request import Request
from dashboard.shown import Chart, Measure, Need
from pipelines.definitions import Explanation, explain, shown_on

# Each part of a chart is held to Altair's schema by the tests, not again for every visitor.
schemapi.disable_debug_mode()

SEPARATOR = " \N{MIDDLE DOT} "
NARROWEST = 150
"""At 390 pixels two cards of this width stand beside each other."""


def takeaway(page: str, said: words.Takeaway, about: str = "") -> None:
    """The page's name, small, with what it is about, above the sentence that answers it."""
    about = f"{SEPARATOR}{as_written(about)}" if about else ""
    with st.container(gap=None):
        st.markdown(f":small[:primary[**{page}**]{about}]")
        st.title(as_written(said.heading), anchor=False)
    if said.doubt:
        st.markdown(as_written(said.doubt))


def measures(shown: Sequence[Measure], request: Request) -> None:
    """Measure cards in rows; two a row on a phone."""
    with st.grid(min(len(shown), 5) if len(shown) != 6 else 3, min_column_width=NARROWEST):
        for measure in shown:
            _measure(measure, request)


def _measure(measure: Measure, request: Request) -> None:
    with st.container(border=True, height="stretch", gap="xsmall", key=f"card_{measure.name}"):
        st.metric(measure.label, measure.value)
        st.markdown(_small(measure.sure, measure.of, measure.change))
        if measure.trend is not None:
            with st.container(key=f"trend_{measure.name}", gap="xxsmall"):
                st.altair_chart(theme.dressed(measure.trend))
                st.markdown(_small(measure.trend_words))
        st.space("stretch")
        with st.popover("How is this computed?", type="tertiary"):
            _explain(_explanation(measure, request))


def _small(*lines: str) -> str:
    """Lines of small text under each other."""
    return "  \n".join(f":small[{as_written(line)}]" for line in lines if line)


def pair(left: Chart | Need, right: Chart | Need, request: Request) -> None:
    """Two cards beside each other, below each other on a phone."""
    for column, card in zip(st.columns(2), (left, right), strict=True):
        with column:
            show(card, request)


def show(card: Chart | Need, request: Request) -> None:
    """A card across the page, or across the column that it is drawn in."""
    if isinstance(card, Need):
        _need(card)
    else:
        _chart(card, request)


def _chart(card: Chart, request: Request) -> None:
    """A chart card: title, one line on what it shows, chart, and three quiet controls."""
    with st.container(border=True, height="stretch", key=f"card_{card.name}"):
        with st.container(gap=None):
            st.header(as_written(card.title), anchor=False)
            st.markdown(_small(card.shows))
        st.altair_chart(theme.dressed(card.chart))
        if card.note:
            st.markdown(_small(card.note))
        st.space("stretch")
        with st.container(horizontal=True, gap="small", key=f"controls_{card.name}"):
            with st.popover("How to read this", type="tertiary"):
                st.markdown(READINGS[card.name])
                st.markdown("**How is this computed?**")
                _explain(_explanation(card, request))
            with st.popover("As a table", type="tertiary"):
                tables.show(card.frame, card.title)
            with st.popover("Download", type="tertiary"):
                _download(card, request)


def _need(card: Need) -> None:
    with st.container(border=True, height="stretch", key=f"card_{card.name}"):
        st.header(as_written(card.title), anchor=False)
        st.markdown(as_written(card.sentence))


def _explanation(card: Chart | Measure, request: Request) -> Explanation:
    return explain(shown_on(card.name), request.settings, card.left_out)


def _explain(explanation: Explanation) -> None:
    st.markdown(explanation.what)
    for name, text in explanation.lines():
        st.markdown(f"**{name}.** {text}")


def _download(card: Chart, request: Request) -> None:
    """Files are made when they are asked for, so that none lies about on the server."""
    explanation = _explanation(card, request)
    origin = downloads.Origin(
        card.title,
        request.filters_in_words,
        theme.day(request.as_of),
        explanation.what,
        f"{explanation.settings} ({request.settings.version})".strip(),
    )
    makers = {
        "csv": ("text/csv", lambda: downloads.as_csv(card.frame, origin)),
        "svg": ("image/svg+xml", lambda: downloads.as_svg(card.chart, origin)),
        "png": ("image/png", lambda: downloads.as_png(card.chart, origin)),
    }
    for kind, (mime, make) in makers.items():
        st.download_button(
            kind.upper(),
            make,
            file_name=f"{card.name.replace('_', '-')}-{request.as_of}.{kind}",
            mime=mime,
            key=f"download_{card.name}_{kind}",
            on_click="ignore",
            type="tertiary",
            icon=":material/download:",
        )


def changes(changed: Sequence[Change], compared_with: str) -> None:
    """What changed, each with the page that shows it, and what was looked at."""
    with st.container(border=True, key="card_changes"):
        st.header("What changed", anchor=False)
        for change in changed:
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                st.markdown(as_written(change.sentence), width="content")
                st.page_link(f"dashboard/pages/{change.page}.py", label=change.link)
        if not changed:
            st.markdown(NO_CHANGE)
        st.markdown(_small(compared_with))


def see_also(page: str, label: str) -> None:
    """A link to another page; nothing where the viewer's navigation does not have it."""
    with contextlib.suppress(StreamlitPageNotFoundError):
        st.page_link(f"dashboard/pages/{page}.py", label=label, icon=":material/arrow_forward:")


def note(*lines: str) -> None:
    """Quiet lines between cards."""
    st.markdown(_small(*lines))


def foot(request: Request) -> None:
    """How new and how complete the data behind the page are."""
    followed = data.followed(request)
    waiting = data.waiting_in_quarantine(request)
    parts = [
        f"Newest session {theme.day(request.as_of)}",
        f"imported {theme.day(data.last_import(request))}",
        phrases.followed_up(followed),
        f"{phrases.several(waiting, 'row')} in quarantine",
        f"settings {request.settings.version}",
    ]
    st.divider()
    st.markdown(_small(SEPARATOR.join(parts)))
