"""Who is here and what they may see. Closed unless opened.

The dashboard is open to the machine it runs on and to nobody else: whoever opens it
there is the owner. Every request for figures carries the Viewer made here.
"""

import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal
from urllib.parse import urlsplit

import streamlit as st

from pipelines.errors import OutcomesError
from pipelines.selection import Selection

FORWARDED = ("x-forwarded-for", "x-forwarded-host", "x-real-ip", "forwarded", "via")
"""Headers that tell of a proxy: somebody on another machine may stand behind it."""


class NotAllowed(OutcomesError):
    """Somebody asked for what their role does not see."""


@dataclass(frozen=True)
class Viewer:
    """A role, and for a therapist whose own figures they are."""

    role: Literal["owner", "therapist", "marketing"]
    therapist: str | None = None

    @property
    def sees_single_visits(self) -> bool:
        """Whether lists of single visits and quarantined rows are shown, and imports allowed."""
        return self.role == "owner"

    @property
    def sees_comparisons(self) -> bool:
        """Whether techniques are compared: for those who treat, or answer for the treatment."""
        return self.role in ("owner", "therapist")

    @property
    def sees_therapists(self) -> bool:
        """Whether therapists are shown beside each other: others without a name to one of them."""
        return self.role in ("owner", "therapist")


def current_viewer() -> Viewer:
    """Whoever has the page open. Raises NotAllowed for anybody on another machine."""
    if not on_this_machine(st.context.ip_address, st.context.headers):
        raise NotAllowed(
            "This dashboard answers only the machine it runs on. "
            "Open it there, at the address that the start command printed."
        )
    return Viewer("owner")


def on_this_machine(address: str | None, headers: Mapping[str, str]) -> bool:
    """Whether a connection comes from this machine itself and names it as its host.

    An address of None is the loopback. The host is checked too, since a foreign name
    can be made to point here. No headers at all means that there is no connection.
    """
    names = {name.lower(): value for name, value in headers.items()}
    if any(name in names for name in FORWARDED):
        return False
    host = urlsplit(f"//{names['host']}").hostname if "host" in names else None
    return _is_loopback(address) and (not names or (host is not None and _is_loopback(host)))


def _is_loopback(address: object) -> bool:
    """Streamlit gives None for this machine; what is no text comes from no network at all."""
    if not isinstance(address, str) or address == "localhost":
        return True
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False


def allowed(viewer: Viewer, selection: Selection) -> Selection:
    """The part of a selection that the viewer may see: a therapist sees their own."""
    if viewer.role != "therapist":
        return selection
    return replace(selection, therapist=(viewer.therapist or "",))


def require_single_visits(viewer: Viewer) -> None:
    """Raises NotAllowed unless single visits may be shown to the viewer."""
    if not viewer.sees_single_visits:
        raise NotAllowed("Only the clinic's owner sees single visits and imports files.")


def require_therapists(viewer: Viewer) -> None:
    """Raises NotAllowed unless the viewer may see therapists beside each other."""
    if not viewer.sees_therapists:
        raise NotAllowed("Only the clinic's owner and its therapists see therapists compared.")


def require_comparisons(viewer: Viewer) -> None:
    """Raises NotAllowed unless comparisons of techniques may be shown to the viewer."""
    if not viewer.sees_comparisons:
        raise NotAllowed("Only the clinic's owner and its therapists see comparisons.")
