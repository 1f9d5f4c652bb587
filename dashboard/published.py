"""Published side-effect rates as frames for charts, each with its source and how it was asked."""

import pandas as pd

from dashboard import names
from pipelines.evidence import PublishedRate, load_evidence

COUNTED = "events"


def by_type() -> pd.DataFrame:
    """Columns: side_effect, label, rate (a fraction), source, study (short)."""
    evidence = load_evidence()
    rows = [
        (rate.effect, rate.rate / rate.per, _said(rate), _study(rate))
        for rate in evidence.rates.values()
        if rate.effect and rate.rate is not None and rate.measure == COUNTED
    ]
    frame = pd.DataFrame(rows, columns=["side_effect", "rate", "source", "study"])
    return names.labelled(frame, "side_effect")


def any_effect() -> pd.DataFrame:
    """Columns: rate, source. Rates of any event per session."""
    rates = [rate for rate in load_evidence().rates_of(None) if rate.measure == COUNTED]
    rows = [(rate.rate / rate.per, _short(rate)) for rate in rates if rate.rate is not None]
    return pd.DataFrame(rows, columns=["rate", "source"]).sort_values("rate", ignore_index=True)


def table() -> pd.DataFrame:
    """Columns: side_effect, published (in words)."""
    frame = by_type()
    words = frame["source"] + ": " + (100 * frame["rate"]).round(2).astype(str) + " per 100"
    joined = words.groupby(frame["side_effect"]).agg("; ".join)
    return joined.rename("published").reset_index()


def how_asked() -> str:
    """What has to be said beside a comparison with published rates."""
    cautions = load_evidence().cautions
    return " ".join(cautions[name].text for name in ("how_asked", "events_not_sessions"))


def _study(rate: PublishedRate) -> str:
    """Such as "Brady 2014"."""
    citation = load_evidence().citations[rate.source]
    return f"{citation.authors.split(' et al')[0]} {citation.year}"


def _short(rate: PublishedRate) -> str:
    """Such as "Brady 2014, events"."""
    return f"{_study(rate)}, {rate.measure}"


def _said(rate: PublishedRate) -> str:
    return f"{_short(rate)}; {rate.how_asked[:1].lower()}{rate.how_asked[1:]}"
