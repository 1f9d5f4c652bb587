"""Pain in six figures: three thresholds, the mean fall, follow-up and what was kept."""

from dashboard import missing_words, phrases, theme
from dashboard.figures.pain import Pain
from dashboard.request import Request
from dashboard.shown import Measure
from pipelines.definitions import explain, shown_on
from pipelines.settings import Settings

THRESHOLDS = ("responders_30", "responders_50", "responders_2pt")


def measures(found: Pain, asked: Request) -> list[Measure]:
    """Responders by each threshold, then change, completeness with its bounds, retention."""
    return [
        *(_responders(found, name, asked.settings) for name in THRESHOLDS),
        _change(found),
        _followed(found, asked.settings),
        _kept(found),
    ]


def _responders(found: Pain, name: str, settings: Settings) -> Measure:
    row = found.responders.loc[name]
    followed = f"{phrases.several(int(row['of']), 'episode')} followed up"
    return Measure(
        name=name,
        label=explain(shown_on(name), settings).title,
        value=theme.percent(row["rate"]),
        sure=phrases.share_interval(row),
        of=f"{theme.count(row['n'])} of {followed}" if row["of"] else phrases.sentence(followed),
        left_out=found.counts,
    )


def _change(found: Pain) -> Measure:
    row = found.lasting
    median = f"Median {theme.points(row['change_median'])}" if row["n"] else ""
    return Measure(
        name="change_mean",
        label="Mean lasting fall in pain",
        value=theme.points(row["change_mean"]),
        sure=phrases.interval_95(theme.interval(row["low"], row["high"])),
        of=phrases.sentence(f"{phrases.several(int(row['n']), 'episode')} with two scores"),
        change=median,
        left_out=found.counts,
    )


def _followed(found: Pain, settings: Settings) -> Measure:
    row = found.followed
    return Measure(
        name="completeness",
        label="Followed up",
        value=theme.percent(row["rate"]),
        sure=phrases.share_interval(row),
        of=f"{theme.count(row['n'])} of {phrases.several(int(row['of']), 'episode')} due"
        if row["of"]
        else "No episode is due yet",
        change=missing_words.left_open(found.due, settings),
        left_out={"no_baseline": row["no_baseline"], "not_due": row["not_yet_due"]},
    )


def _kept(found: Pain) -> Measure:
    row = found.carried
    return Measure(
        name="retention",
        label="Kept to the next visit",
        value=theme.percent(row["retention"]),
        sure=phrases.share_interval(row),
        of=f"of the fall within a session; {phrases.several(int(row['n']), 'pair')} of visits",
    )
