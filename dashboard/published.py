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


def any_events() -> pd.DataFrame:
    """Events of any kind per 100 sessions, by survey.

    Columns: label, n (sessions), per_100, how_asked, counted, source.
    """
    rates = [rate for rate in load_evidence().rates_of(None) if rate.measure == COUNTED]
    rows = [
        (
            _study(rate),
            rate.n,
            100 * rate.rate / rate.per,
            rate.how_asked,
            rate.definition,
            str(load_evidence().citations[rate.source]),
        )
        for rate in rates
        if rate.rate is not None
    ]
    columns = ["label", "n", "per_100", "how_asked", "counted", "source"]
    return pd.DataFrame(rows, columns=columns).sort_values("per_100", ignore_index=True)


def events_said() -> str:
    """The surveys in a line: "Published: 19.2 (Brady 2014), 36.7 (Boyce 2020)"."""
    told = [f"{row.per_100:.1f} ({row.label})" for row in any_events().itertuples()]
    return f"Published: {', '.join(told)}" if told else ""


def serious_said() -> str:
    """Serious events in the surveys: "Published: none in 7,629 (Brady 2014), 1 in 1,024 ..."."""
    rates = [
        rate
        for rate in load_evidence().rates_of(None)
        if rate.measure == "serious" and rate.count is not None
    ]
    told = [f"{_how_rare(rate)} ({_study(rate)})" for rate in rates]
    return f"Published: {', '.join(told)}" if told else ""


def _how_rare(rate: PublishedRate) -> str:
    if not rate.count:
        return f"none in {rate.n:,}"
    return f"1 in {rate.one_in:,}" if rate.one_in else f"{rate.count} in {rate.n:,}"


def table() -> pd.DataFrame:
    """Columns: side_effect, published (in words)."""
    frame = by_type()
    words = frame["source"] + ": " + (100 * frame["rate"]).round(2).astype(str) + " per 100"
    joined = words.groupby(frame["side_effect"]).agg("; ".join)
    return joined.rename("published").reset_index()


def how_asked() -> str:
    """What has to be said beside a comparison with published rates."""
    cautions = load_evidence().cautions
    return " ".join(cautions[name].text for name in ("definitions_differ", "how_asked"))


def _study(rate: PublishedRate) -> str:
    """Such as "Brady 2014"."""
    citation = load_evidence().citations[rate.source]
    return f"{citation.authors.split(' et al')[0]} {citation.year}"


def _short(rate: PublishedRate) -> str:
    """Such as "Brady 2014, events"."""
    return f"{_study(rate)}, {rate.measure}"


def _said(rate: PublishedRate) -> str:
    return f"{_short(rate)}; {rate.how_asked[:1].lower()}{rate.how_asked[1:]}"
