"""Tidy frames as the measures give them, made by hand: one for each chart."""

import numpy as np
import pandas as pd

MONTHS = pd.date_range("2025-01-01", periods=14, freq="MS").astype("datetime64[s]")


def with_limits(frame: pd.DataFrame) -> pd.DataFrame:
    """Limits a tenth to either side of the rate."""
    low, high = (frame["rate"] - 0.1).clip(0), (frame["rate"] + 0.1).clip(upper=1)
    return frame.assign(low=low, high=high)


def activity() -> pd.DataFrame:
    return pd.DataFrame({"month": MONTHS, "episodes": range(14), "sessions": range(20, 34)})


def trend() -> pd.DataFrame:
    return pd.DataFrame({"month": MONTHS[:5], "value": [0.5, 0.6, 0.55, 0.7, 0.65]})


def mix() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "label": ["Low back pain", "Neck pain", "Whiplash"],
            "n": [40, 20, 2],
            "of": 62,
            "share": [40 / 62, 20 / 62, 2 / 62],
            "responders": [20, 12, 0],
            "eligible": [35, 18, 0],
            "rate": [20 / 35, 12 / 18, np.nan],
            "rate_low": [0.4, 0.4, np.nan],
            "rate_high": [0.7, 0.85, np.nan],
        }
    )


def mix_by_month() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "month": list(MONTHS[:3]) * 2,
            "label": ["Neck pain"] * 3 + ["Whiplash"] * 3,
            "n": [3, 1, 4, 1, 0, 2],
        }
    )


def outcomes() -> pd.DataFrame:
    frame = pd.DataFrame({"outcome": ["improved", "unchanged", "worse"], "n": [56, 38, 6]})
    return with_limits(frame.assign(of=100, rate=frame["n"] / 100))


def groups() -> pd.DataFrame:
    frame = pd.DataFrame({"label": ["Neck pain", "Whiplash", "Jaw pain"], "n": [12, 3, 0]})
    return with_limits(frame.assign(of=[20, 4, 0], rate=[0.6, 0.75, np.nan]))


def groups_with_bounds() -> pd.DataFrame:
    return groups().assign(lowest=[0.5, 0.75, np.nan], highest=[0.7, 0.75, np.nan])


def techniques() -> pd.DataFrame:
    names = ["superficial", "deep", "electrical"]
    frame = pd.DataFrame({"technique": names, "label": [n.title() for n in names], "n": [2, 9, 4]})
    frame = frame.assign(of=[20, 40, 20], rate=[0.1, 0.225, 0.2], treatment_sessions=[20, 50, 21])
    return with_limits(frame)


def events() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "label": ["Here", "Brady 2014"],
            "n": [900, 7629],
            "per_100": [24.0, 19.2],
            "low": [20.0, np.nan],
            "high": [28.0, np.nan],
            "published": [False, True],
        }
    )


def side_effect_types() -> pd.DataFrame:
    frame = pd.DataFrame({"label": ["Soreness", "Bruising"], "n": [9, 12]})
    return with_limits(frame.assign(of=100, rate=[0.09, 0.12]))


def published() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "label": ["Bruising", "Headache"],
            "rate": [0.0755, 0.0014],
            "source": "Brady 2014, events",
            "study": "Brady 2014, events",
        }
    )


def responder_curve() -> pd.DataFrame:
    change = np.arange(-100, 101)
    rate = 1 - (change + 100) / 250
    return with_limits(pd.DataFrame({"percent_change": change, "n": 10, "of": 100, "rate": rate}))


def distribution() -> pd.DataFrame:
    pain = list(range(11))
    return pd.DataFrame(
        {
            "when": ["baseline"] * 11 + ["latest"] * 11,
            "pain": pain * 2,
            "n": [*pain, *reversed(pain)],
            "of": 55,
            "share": [*(p / 55 for p in pain), *(p / 55 for p in reversed(pain))],
        }
    )


def trajectory() -> pd.DataFrame:
    number = np.arange(1, 9)
    everybody = pd.DataFrame(
        {"group": "all", "session_number": number, "n": 90 - 10 * number, "mean": 7 - 0.4 * number}
    )
    completers = everybody.assign(group="completers", n=30)
    frame = pd.concat([everybody, completers], ignore_index=True)
    return frame.assign(low=frame["mean"] - 0.5, high=frame["mean"] + 0.5)


def duration() -> pd.DataFrame:
    frame = pd.DataFrame({"day": [28, 56, 84], "n": [40, 30, 0]})
    for name in ("responders", "still"):
        frame = frame.assign(
            **{
                f"{name}_of": [40, 30, 0],
                f"{name}_rate": [0.6, 0.5, np.nan],
                f"{name}_low": [0.4, 0.3, np.nan],
                f"{name}_high": [0.8, 0.7, np.nan],
            }
        )
    return frame


def horizons() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "label": ["Within a session", "First to latest visit"],
            "unit": ["sessions", "episodes"],
            "n": [300, 60],
            "change_mean": [1.2, 2.3],
            "low": [1.1, 1.7],
            "high": [1.3, 2.9],
        }
    )


def improvement() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "session": [1, 2, 3, 4],
            "at_risk": [60, 40, 20, 5],
            "improved": [0.1, 0.3, 0.5, 0.8],
            "low": [0.05, 0.2, 0.35, 0.5],
            "high": [0.2, 0.45, 0.65, 0.95],
        }
    )


def improvement_by_group() -> pd.DataFrame:
    return pd.concat(
        [
            improvement().assign(label="Deep needling", first_technique="deep"),
            improvement().assign(label="Superficial needling", first_technique="superficial"),
        ],
        ignore_index=True,
    )


def happened() -> pd.DataFrame:
    frame = improvement()[["session", "at_risk", "improved"]]
    return frame.assign(left=[0.05, 0.1, 0.15, 0.15], neither=[0.85, 0.6, 0.35, 0.05])


def months() -> pd.DataFrame:
    rate = np.array([0.2] * 13 + [0.6])
    return pd.DataFrame(
        {
            "month": MONTHS,
            "n": (rate * 50).astype(int),
            "of": 50,
            "rate": rate,
            "centre": 0.2,
            "lower": 0.03,
            "upper": 0.37,
            "trial": False,
            "signal": [""] * 13 + ["outside the limits"],
        }
    )


def between_events() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "event": [2, 3, 4],
            "session_date": MONTHS[:3],
            "sessions_between": [300, 250, 10],
            "mean": 186.0,
            "lower": 1.0,
            "upper": 1200.0,
            "signal": ["", "", "outside the limits"],
        }
    )


def comparison() -> pd.DataFrame:
    """Differences as the page shows them: one clear, one not, one that is too few to say."""
    groups = ("superficial", "electrical", "mixed")
    figures = {
        "raw": [0.4, 0.1, 0.9],
        "raw_low": [0.2, -0.1, -0.2],
        "raw_high": [0.5, 0.2, 1.9],
        "difference": [0.2, 0.03, 0.1],
        "low": [0.1, -0.1, -0.8],
        "high": [0.3, 0.1, 1.0],
    }
    return pd.DataFrame(
        {
            "group": groups,
            "label": ["Superficial needling", "Electrical needling", "Mixed techniques"],
            "row": [f"{group}\n40 patients\n60 sessions" for group in groups],
            "role": ["second", "third", "fourth"],
            "outcome": "pain",
            "patients": [40, 40, 12],
            **figures,
            "few": [None, None, "12 patients with mixed techniques; each side needs 30."],
            "said": ["More.", "No clear difference.", "Too few to say."],
        }
    )


def baselines() -> pd.DataFrame:
    """Pain before of two groups."""
    shares = np.array([0, 1, 2, 4, 8, 12, 10, 6, 4, 2, 1]) / 50
    sides = [
        pd.DataFrame({"pain": range(11), "share": share, "n": (50 * share).astype(int), "of": 50})
        for share in (shares, shares[::-1])
    ]
    named = (("Superficial needling", "second", False), ("Deep needling", "accent", True))
    return pd.concat(
        [
            side.assign(label=label, role=role, is_reference=is_reference)
            for side, (label, role, is_reference) in zip(sides, named, strict=True)
        ],
        ignore_index=True,
    )


def facts() -> pd.DataFrame:
    """How unlike two groups are, one fact without a figure after weighting."""
    return pd.DataFrame(
        {
            "label": ["Pain before", "Chronic", "Neck pain"],
            "before": [0.5, 0.3, 0.05],
            "after": [0.0, np.nan, 0.02],
        }
    )


def ways() -> pd.DataFrame:
    """One difference in four ways: one tells another story, one has no figure."""
    return pd.DataFrame(
        {
            "label": ["Adjusted", "Raw", "Same patient", "Within technique"],
            "difference": [0.2, 0.4, -0.1, np.nan],
            "low": [0.1, 0.2, -0.4, np.nan],
            "high": [0.3, 0.5, 0.2, np.nan],
            "patients": [80, 80, 12, 0],
            "role": ["accent", "reference", "signal", "reference"],
            "agrees": ["agrees", "agrees", "disagrees", "agrees"],
        }
    )


def levels() -> pd.DataFrame:
    """Two conditions under a heading; one lies alone beyond the axis."""
    return pd.DataFrame(
        {
            "row": ["BY CONDITION", "Neck pain\n23 and 37 patients", "TMJ pain\n1 and 2 patients"],
            "kind": ["heading", "level", "level"],
            "label": [None, "Neck pain", "TMJ pain"],
            "difference": [np.nan, 0.3, 7.0],
            "pooled": [np.nan, 0.25, 0.3],
            "pooled_low": [np.nan, 0.1, -0.2],
            "pooled_high": [np.nan, 0.4, 0.8],
            "patients": [np.nan, 23, 1],
            "reference_patients": [np.nan, 37, 2],
        }
    )


def therapists() -> pd.DataFrame:
    """Three therapists: one as the clinic, one outside the limits, one whose count is not shown."""
    limits = {"limit_95_low": 0.4, "limit_95_high": 0.8}
    limits |= {"limit_998_low": 0.3, "limit_998_high": 0.9}
    return pd.DataFrame(
        {
            "label": ["Ada", "Bo", "Another therapist"],
            "of": [20, 50, 35],
            "crude_rate": [0.6, 0.24, np.nan],
            "standardised_rate": [0.58, 0.25, 0.65],
            "role": ["accent", "signal", "reference"],
            "name": ["", "Bo", ""],
        }
    ).assign(**limits)


def funnel() -> pd.DataFrame:
    limits = pd.DataFrame({"of": [1, 10, 55], "low_998": [0, 0.2, 0.4], "low_95": [0, 0.3, 0.45]})
    return limits.assign(high_95=[1, 0.9, 0.75], high_998=[1, 0.98, 0.8])
