"""What changed: sentences for the overview, each from a tested rule, at most five."""

from dataclasses import dataclass

import pandas as pd

from dashboard import phrases, theme

MOST = 5
NONE = "No rule signals a change in this selection."


@dataclass(frozen=True)
class Change:
    """A sentence, and the page that shows it."""

    sentence: str
    page: str
    link: str


def what_changed(headline: pd.DataFrame, months: pd.DataFrame) -> list[Change]:
    """Every rule that signals, the newest month first."""
    return [*_control_chart(months), *_completeness(headline)][:MOST]


def _control_chart(months: pd.DataFrame) -> list[Change]:
    signals = months[months["signal"].astype(str) != ""].sort_values("month", ascending=False)
    return [
        Change(
            f"Side effects in {theme.month(row.month)}: {theme.count(row.n)} of "
            f"{phrases.several(int(row.of), 'recorded session')} ({theme.percent(row.rate)}), "
            f"signalled by the control chart: {row.signal}.",
            "side_effects",
            "Side effects",
        )
        for row in signals.head(3).itertuples()
    ]


def _completeness(headline: pd.DataFrame) -> list[Change]:
    """Follow-up fell by more than chance: the intervals do not overlap."""
    row = headline.loc["completeness"]
    limits = (row["high"], row["previous_low"])
    if not all(theme.known(limit) for limit in limits) or not limits[0] < limits[1]:
        return []
    return [
        Change(
            f"Follow-up fell to {theme.percent(row['value'])} of due episodes, from "
            f"{theme.percent(row['previous'])} in the same span before.",
            "import_and_quality",
            "Work list",
        )
    ]
