"""Pain at the first and at the latest visit."""

import altair as alt
import pandas as pd

from dashboard import theme

WHEN = {"baseline": "First visit", "latest": "Latest visit"}
ROLES = {"baseline": theme.REFERENCE, "latest": theme.ACCENT}


def score_distribution(frame: pd.DataFrame) -> alt.LayerChart:
    """The episodes' scores side by side, first visit and latest.

    `frame`: when, pain (0-10), n, of, share.
    """
    frame = frame.assign(
        role=frame["when"].astype(str).map(ROLES), visit=frame["when"].astype(str).map(WHEN)
    )
    bars = (
        alt.Chart(frame)
        .mark_bar(cornerRadiusEnd=1)
        .encode(
            x=alt.X("pain:O", title="Pain (0-10)", axis=alt.Axis(labelAngle=0)),
            xOffset=alt.XOffset("visit:N", sort=list(WHEN.values())),
            y=alt.Y("share:Q", title="Share of episodes", axis=alt.Axis(format=".0%", tickCount=4)),
            color=theme.painted_by("role"),
            tooltip=[
                alt.Tooltip("visit:N", title="When"),
                alt.Tooltip("pain:O", title="Pain"),
                alt.Tooltip("n:Q", format=",", title="Episodes"),
                alt.Tooltip("share:Q", format=".0%", title="Share"),
            ],
        )
    )
    names = [_name(when, 92 * (1 - place)) for place, when in enumerate(WHEN)]
    return alt.layer(bars, *names, height=290, description=_describe(frame))


def _name(when: str, from_right: int) -> alt.Chart:
    """What a colour means, above the plot."""
    data = pd.DataFrame({"words": [f"\N{BLACK SQUARE} {WHEN[when]}"]})
    text = alt.Chart(data).mark_text(align="right", baseline="bottom", fontWeight=600)
    place = {"x": alt.XValue(alt.expr(f"width - {from_right}")), "y": alt.YValue(-6)}
    return theme.paint(text.encode(text="words:N", **place), ROLES[when])


def _describe(frame: pd.DataFrame) -> str:
    said = []
    for when, words in WHEN.items():
        part = frame[frame["when"].astype(str) == when]
        if part["n"].sum():
            commonest = part.loc[part["n"].idxmax()]
            said.append(f"{words.lower()}: most often {commonest['pain']}")
    return f"Pain scores of {theme.count(frame['of'].max())} episodes. {'; '.join(said)}."
