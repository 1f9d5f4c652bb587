"""Pain by one way of grouping: chosen on the page, computed only when chosen."""

import pandas as pd

from dashboard import chooser, missing_words, phrases, theme
from dashboard.access import Viewer
from dashboard.charts import responders
from dashboard.figures.pain import Pain
from dashboard.request import Request
from dashboard.sections.pain import NOBODY
from dashboard.shown import Chart, Need

NOTES = {
    "technique": "Not a fair comparison: people who get one technique differ from those who get "
    "another, in their pain at the start as in their condition.",
    "therapist": "In order of number, no ranking: therapists treat different people, and chance "
    "alone spreads few episodes widely.",
}
COMPARED = {
    "technique": ("techniques", "Techniques, compared fairly"),
    "therapist": ("therapists", "Therapists, with what chance allows"),
}
"""Where the groups of a raw outcome are set beside each other as fairly as can be."""
MOST = 15


def groups(viewer: Viewer) -> dict[str, str]:
    """By what the page may be grouped, the first until another is chosen."""
    return chooser.groups(viewer, "condition", "chronicity", "technique", "clinic")


def card(frame: pd.DataFrame, by: str, found: Pain, asked: Request) -> Chart | Need:
    """Responders in each group with interval and bounds; the table has every other figure."""
    what, frame = groups(asked.viewer)[by].lower(), frame[frame["of"] > 0]
    if not len(frame):
        return Need("pain_by_group", f"By {what}", NOBODY)
    settings, shown = asked.settings, frame.head(MOST)
    further = phrases.further(len(frame) - len(shown), "group")
    return Chart(
        name="pain_by_group",
        title=f"Outcome by {what}",
        shows=f"Episodes followed up with at least {settings.responder_percent:g}% less pain, with "
        "95% interval; pale: what missing scores leave open. Most episodes first",
        chart=responders.by_group(shown, settings.responder_percent, what),
        frame=frame,
        left_out=found.counts,
        note=" ".join(part for part in (NOTES.get(by, ""), _widest(shown), further) if part),
    )


def _widest(frame: pd.DataFrame) -> str:
    """The group of which follow-up leaves most open, in words."""
    width = frame["highest"] - frame["lowest"]
    if not width.max() > 0:
        return ""
    row = frame.loc[width.idxmax()]
    return (
        f"Follow-up leaves most open for {row['label']}: {theme.count(row['not_followed'])} of "
        f"those due are missing, so the share may be "
        f"{missing_words.in_group(row['lowest'], row['highest'])}."
    )
