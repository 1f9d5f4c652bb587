"""Side effects by one way of grouping, chosen on the page and computed only when chosen."""

import pandas as pd

from dashboard import chooser, phrases
from dashboard.access import Viewer
from dashboard.charts import side_effects as chart
from dashboard.figures.side_effects import SideEffects
from dashboard.sections.side_effect_measures import LOW, left_out
from dashboard.shown import Chart, Need
from pipelines.listing import listed

NOTES = {
    "therapist": "In order of number, no ranking: how someone asks and writes down moves the rate "
    "more than how they needle.",
}
MOST = 15


def groups(viewer: Viewer) -> dict[str, str]:
    """By what the page may be grouped, the first until another is chosen."""
    return chooser.groups(viewer, "technique", "condition", "chronicity", "clinic")


def card(frame: pd.DataFrame, by: str, viewer: Viewer, found: SideEffects) -> Chart | Need:
    """Any side effect in each group, with how many of its sessions are recorded at all."""
    what, frame = groups(viewer)[by].lower(), frame[frame["of"] > 0]
    if not len(frame):
        return Need("side_effects_by_group", f"By {what}", NOBODY)
    shown = frame.head(MOST)
    notes = (
        NOTES.get(by, phrases.NOT_BY_CHANCE),
        seldom(frame),
        phrases.further(len(frame) - len(shown), "group"),
    )
    return Chart(
        name="side_effects_by_group",
        title=f"Any side effect by {what}",
        shows="Sessions with any, per 100 recorded, with 95% interval; in brackets how many "
        "sessions are recorded, most first",
        chart=chart.by_group(shown, what),
        frame=frame,
        left_out=left_out(found),
        note=" ".join(note for note in notes if note),
    )


NOBODY = "This needs treatment sessions with side effects recorded, none included."


def seldom(frame: pd.DataFrame) -> str:
    """Groups of which so little is recorded that their rate may be far off."""
    labels = list(frame.loc[frame["recording_rate"] < LOW, "label"])
    if not labels:
        return ""
    whose = "its rate" if len(labels) == 1 else "their rates"
    return f"Recorded in under {LOW:.0%} of sessions, so that {whose} may be far off: " + (
        f"{listed(labels)}."
    )
