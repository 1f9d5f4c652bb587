"""Side effects: by type, by group, and how often they are recorded."""

import altair as alt
import pandas as pd

from dashboard import theme
from dashboard.charts import parts

PER_100 = "Per 100 recorded sessions"


def types(frame: pd.DataFrame, published: pd.DataFrame) -> alt.LayerChart:
    """Each side effect per 100 recorded sessions, with published rates as marks on its row.

    `frame`: label, n, of, rate, low, high. `published`: label, rate, source; may be empty.
    """
    frame = frame.sort_values("rate", ascending=False, kind="stable")
    frame = frame.assign(row=frame["label"])
    y = parts.rows(frame)
    x = _per_100("rate")
    layers = [parts.dots(frame, x, y, tooltip=_tooltip("Side effect"))]
    beside = published[published["label"].isin(frame["label"])].assign(row=lambda f: f["label"])
    if len(beside):
        layers.insert(0, _published(beside, y))
    said = "; ".join(f"{r.label} {parts.spoken(r.rate)}" for r in frame.head(5).itertuples())
    return alt.layer(
        *layers,
        height=parts.rows_height(len(frame)) + 16,
        description=f"Share of recorded sessions with each side effect: {said}.",
    )


SIGNS = ("|", "\N{WHITE DIAMOND}", "\N{WHITE UP-POINTING TRIANGLE}", "\N{WHITE SQUARE}")


def _published(beside: pd.DataFrame, y: alt.Y) -> alt.LayerChart:
    """A sign for each source on the rows that it has, and the signs named at the top."""
    sources = dict(zip(dict.fromkeys(beside["study"]), SIGNS, strict=False))
    beside = beside[beside["study"].isin(sources)]
    base = alt.Chart(beside.assign(sign=beside["study"].map(sources)))
    signs = base.mark_text(fontSize=15, fontWeight=700, baseline="middle").encode(
        x=_per_100("rate"),
        y=y,
        text="sign:N",
        tooltip=[
            alt.Tooltip("source:N", title="Published"),
            alt.Tooltip("rate:Q", format=".1%", title="Rate"),
        ],
    )
    said = "    ".join(f"{sign} {study}" for study, sign in sources.items())
    named = alt.Chart(pd.DataFrame({"words": [said]})).mark_text(
        align="right", baseline="bottom", dy=-4, fontSize=11
    )
    named = named.encode(x=alt.XValue(alt.expr("width")), y=alt.YValue(0), text="words:N")
    return alt.layer(theme.paint(signs, theme.REFERENCE), theme.paint(named, theme.REFERENCE))


def by_group(frame: pd.DataFrame, what: str) -> alt.LayerChart:
    """Any side effect per 100 recorded sessions in each group, with how many are recorded.

    `frame`: label, n, of, treatment_sessions, rate, low, high, and for techniques `technique`.
    """
    frame = frame.assign(
        row=[
            f"{r.label} ({theme.count(r.of)} of {theme.count(r.treatment_sessions)})"
            for r in frame.itertuples()
        ]
    )
    if "technique" in frame:
        frame = frame.assign(role=[theme.technique_role(name) for name in frame["technique"]])
    highest = max(value for value in (frame["high"].max(), 0.01) if value == value) * 1.05
    x = _per_100("rate", domain=[0, highest])
    chart = parts.dots(frame, x, parts.rows(frame), tooltip=_tooltip("Group"))
    said = "; ".join(f"{r.row}: {parts.spoken(r.rate)}" for r in frame.head(6).itertuples())
    return chart.properties(
        height=parts.rows_height(len(frame)),
        description=f"Sessions with any side effect by {what}, of those recorded. {said}.",
    )


def events(frame: pd.DataFrame) -> alt.LayerChart:
    """Events per 100 sessions, the clinic's with its interval above the published ones.

    `frame`: label, n, per_100, low, high, published.
    """
    frame = frame.assign(
        row=[f"{r.label}, n = {theme.count(r.n)}" for r in frame.itertuples()],
        role=[theme.REFERENCE if own else theme.ACCENT for own in frame["published"]],
    )
    x = alt.X(
        "per_100:Q",
        scale=alt.Scale(domainMin=0, nice=True),
        axis=alt.Axis(title="Events per 100 sessions", grid=True, tickCount=5),
    )
    tooltip = [
        alt.Tooltip("row:N", title="Whose"),
        alt.Tooltip("per_100:Q", format=".1f", title="Events per 100"),
    ]
    chart = parts.dots(frame, x, parts.rows(frame), tooltip=tooltip)
    said = "; ".join(f"{r.row}: {theme.number(r.per_100, 1)}" for r in frame.itertuples())
    return chart.properties(
        height=parts.rows_height(len(frame)),
        description=f"Side-effect events per 100 sessions. {said}.",
    )


def recording(frame: pd.DataFrame) -> alt.LayerChart:
    """Share of treatment sessions with side effects recorded, by therapist.

    `frame`: label, n, of, rate, low, high.
    """
    frame = parts.plain_labels(frame)
    x = alt.X(
        "rate:Q",
        scale=alt.Scale(domain=[0, 1]),
        axis=parts.share_axis("Treatment sessions with side effects recorded"),
    )
    chart = parts.dots(frame, x, parts.rows(frame), tooltip=_tooltip("Therapist"))
    said = "; ".join(f"{r.row}: {parts.spoken(r.rate)}" for r in frame.head(6).itertuples())
    return chart.properties(
        height=parts.rows_height(len(frame)), description=f"Recorded by therapist. {said}."
    )


def _per_100(column: str, **scale: object) -> alt.X:
    axis = alt.Axis(
        title=PER_100, grid=True, tickCount=5, labelExpr="format(datum.value * 100, '.3~g')"
    )
    return alt.X(
        f"{column}:Q", axis=axis, scale=alt.Scale(**(scale or {"domainMin": 0, "nice": True}))
    )


def _tooltip(title: str) -> list[alt.Tooltip]:
    return [
        alt.Tooltip("row:N", title=title),
        alt.Tooltip("rate:Q", format=".1%", title="Share of sessions"),
        alt.Tooltip("n:Q", format=",", title="Sessions with it"),
        alt.Tooltip("of:Q", format=",", title="of"),
    ]
