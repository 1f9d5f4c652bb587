"""What a page shows instead of figures: no data yet, nothing that matches, very little."""

import streamlit as st

from dashboard import data, phrases, request
from dashboard.importing import sample
from dashboard.plain import as_written
from dashboard.request import Request


def ready() -> Request:
    """The request, if there is something to show; else says what to do and stops the page."""
    asked = request.current()
    if not asked.version or asked.as_of is None:
        _empty(asked)
        st.stop()
    if data.matching(asked) == (0, 0):
        _nothing_matches(asked)
        st.stop()
    return asked


def _empty(asked: Request) -> None:
    st.title("No sessions are imported yet", anchor=False)
    st.markdown(
        "Export the sessions from your practice system as CSV, one row a visit, and drop the "
        "files on **Import and quality**. Nothing leaves this machine."
    )
    with st.container(horizontal=True):
        st.page_link(
            "dashboard/pages/import_and_quality.py",
            label="Import your exports",
            icon=":material/upload_file:",
        )
    if asked.viewer.sees_single_visits:
        sample.offer(asked)


def _nothing_matches(asked: Request) -> None:
    st.title("Nothing matches these filters", anchor=False)
    st.markdown(f"Chosen: {as_written(asked.filters_in_words)}.")
    loosened = {name: number for name, number in data.without_each(asked).items() if number}
    if not loosened:
        st.markdown("No single filter is to blame: reset them in the sidebar.")
        return
    st.markdown("Without one of them there would be:")
    st.markdown(
        "\n".join(
            f"- without **{name}**: {phrases.several(number, 'episode')}"
            for name, number in loosened.items()
        )
    )


def warn_if_few(number: int, asked: Request, noun: str = "episode") -> None:
    """A warning beside figures that stand on very few episodes or sessions."""
    if phrases.few(number, asked.settings):
        st.warning(
            f"{phrases.sentence(phrases.several(number, noun))} only: figures from fewer than "
            f"{asked.settings.fewest_episodes} say little, whatever they are.",
            icon=":material/warning:",
        )
