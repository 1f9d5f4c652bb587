"""One request for figures: who asks, about which part, of which version of the data."""

from dataclasses import dataclass, replace
from datetime import date

import streamlit as st

from dashboard.access import Viewer, allowed
from pipelines.selection import Selection
from pipelines.settings import Settings

ALL = Selection()


@dataclass(frozen=True)
class Request:
    """Figures are cached by all of it, so that a page never shows stale or foreign ones."""

    viewer: Viewer
    store: str
    version: int
    settings: Settings
    as_of: date | None = None
    """The newest visit in the store; None in an empty one."""
    selection: Selection = ALL
    filters: tuple[str, ...] = ()
    """The selection in words, for a caption or a file."""

    @property
    def part(self) -> Selection:
        """The selection, narrowed to what the viewer may see."""
        return allowed(self.viewer, self.selection)

    @property
    def unfiltered(self) -> "Request":
        """The same about all data: what no filter changes is kept by it."""
        return replace(self, selection=ALL, filters=())

    @property
    def filters_in_words(self) -> str:
        """Such as "Last 12 months (21 Nov 2025 to 20 Nov 2026); condition: Low back pain"."""
        return "; ".join(self.filters) or "All data"


def remember(request: Request) -> None:
    """Keeps the request for the page that the entry script runs next."""
    st.session_state["request"] = request


def current() -> Request:
    """The request that the entry script made before this page ran."""
    return st.session_state["request"]
