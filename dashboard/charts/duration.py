"""How long it lasts: weeks 4, 8 and 12 after the first treatment."""

import altair as alt
import pandas as pd

from dashboard import theme
from dashboard.charts import parts

SERIES = {
    "responders": ("Responders", theme.ACCENT),
    "still": ("Still improved", theme.SECOND),
}


def duration(frame: pd.DataFrame) -> alt.LayerChart:
    """Two shares at each time: responders among those seen, and still improved among improved.

    `frame`: day, responders_rate, responders_low, responders_high, responders_of,
    still_rate, still_low, still_high, still_of.
    """
    tidy = pd.concat([_series(frame, name) for name in SERIES], ignore_index=True)
    labels = list(dict.fromkeys(tidy["row"]))
    y = alt.Y("row:N", sort=labels, title=None, axis=alt.Axis(grid=False, labelPadding=10))
    x = alt.X(
        "rate:Q",
        scale=alt.Scale(domain=[0, 1]),
        axis=parts.share_axis("Share of episodes"),
    )
    tooltip = [
        alt.Tooltip("row:N", title="When"),
        alt.Tooltip("rate:Q", format=".0%", title="Share"),
        alt.Tooltip("low:Q", format=".0%", title="95% from"),
        alt.Tooltip("high:Q", format=".0%", title="to"),
    ]
    layers = [
        parts.dots(tidy[tidy["series"] == name], x, y, role=role, tooltip=tooltip)
        for name, (_, role) in SERIES.items()
    ]
    return alt.layer(*layers, height=parts.rows_height(len(labels)), description=_describe(tidy))


def _series(frame: pd.DataFrame, name: str) -> pd.DataFrame:
    words = SERIES[name][0]
    of = frame[f"{name}_of"]
    return pd.DataFrame(
        {
            "series": name,
            "rate": frame[f"{name}_rate"],
            "low": frame[f"{name}_low"],
            "high": frame[f"{name}_high"],
            "row": [
                f"{words}, week {int(day) // 7}, n = {theme.count(n)}"
                for day, n in zip(frame["day"], of, strict=True)
            ],
        }
    )


def _describe(tidy: pd.DataFrame) -> str:
    said = [f"{row.row}: {parts.spoken(row.rate)}" for row in tidy.itertuples()]
    return f"Shares by week after the first treatment. {'; '.join(said)}."
