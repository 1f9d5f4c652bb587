"""Where one is in an import, and the buttons that lead on, back and out."""

from collections.abc import Callable
from html import escape

import streamlit as st

from dashboard.importing import guide, session
from dashboard.importing.guide import Guide, Step


def where(step: Step) -> None:
    """The three steps, the one that is under way marked in words, weight and colour."""
    st.html(indicator(step))


def indicator(step: Step) -> str:
    """The steps as an ordered list; only words of this program stand in it."""
    items = [
        f'<li{_current(name == step)}><span class="number">{place}</span> {escape(words)}</li>'
        for place, (name, words) in enumerate(guide.STEPS.items(), start=1)
    ]
    return f'<ol class="import-steps" aria-label="Steps of the import">{"".join(items)}</ol>'


def _current(here: bool) -> str:
    return ' class="here" aria-current="step"' if here else ""


def buttons(
    stands: Guide, on: str, go: Callable[[], Guide], back: Step | None, ready: bool = True
) -> None:
    """The way on, the way back and the way out, in this order; `go` gives where it leads."""
    with st.container(horizontal=True, key=f"controls_import_{stands.step}"):
        on_its_way = st.button(on, type="primary", disabled=not ready, key=f"on_{stands.step}")
        if back:
            st.button(
                "Back", key=f"back_{stands.step}", on_click=session.put, args=(_at(stands, back),)
            )
        st.button("Give up", type="tertiary", key=f"out_{stands.step}", on_click=session.give_up)
    if on_its_way:
        with session.told_in_place():
            session.put(go())
            st.rerun()


def _at(stands: Guide, step: Step) -> Guide:
    return guide.at(stands, step)
