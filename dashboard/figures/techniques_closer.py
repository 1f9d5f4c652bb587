"""One pair looked at closer: every other way to compare it, and for whom, in rows to draw."""

import pandas as pd

from dashboard import theme
from dashboard.comparison_words.methods import LABELS
from dashboard.comparison_words.whom import heading
from dashboard.figures.techniques import Detail, Glance, of_pair, pain


def ways(found: Glance, horizon: str, group: str) -> pd.DataFrame:
    """The adjusted difference, the raw one, and every other way, one row each in words.

    Columns: label, difference, low, high, patients, role, agrees, method.
    """
    row = of_pair(pain(found.differences), horizon, group).iloc[0]
    first = [
        {"method": "adjusted", **{name: row[name] for name in ("difference", "low", "high")}},
        {
            "method": "raw",
            "difference": row["raw"],
            "low": row["raw_low"],
            "high": row["raw_high"],
        },
    ]
    own = pd.DataFrame(first).assign(patients=row["patients"] + row["reference_patients"])
    others = of_pair(found.sensitivity, horizon, group)
    frame = pd.concat([own, others[[*own.columns]]], ignore_index=True)
    apart = str(row["other"]).split(", ") if theme.known(row["other"]) else []
    agrees = ["disagrees" if name in apart else "agrees" for name in frame["method"]]
    paint = {"adjusted": theme.ACCENT}
    return frame.assign(
        label=[LABELS.get(name, name) for name in frame["method"]],
        agrees=agrees,
        role=[
            theme.SIGNAL if one == "disagrees" else paint.get(name, theme.REFERENCE)
            for name, one in zip(frame["method"], agrees, strict=True)
        ],
    )


def whom(found: Detail) -> pd.DataFrame:
    """Levels in rows under a heading for each kind.

    Columns of `levels` and: row, kind ("heading", "level").
    """
    parts = []
    for test in found.tests.to_dict("records"):
        levels = found.levels[found.levels["modifier"] == test["modifier"]]
        shown = levels[levels["pooled"].notna()]
        head = {"row": heading(test["modifier"]).upper(), "kind": "heading"}
        parts += [pd.DataFrame([head]), _levels(shown)]
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame()


def _levels(shown: pd.DataFrame) -> pd.DataFrame:
    rows = [
        f"{row.label}\n{theme.count(row.patients)} and {theme.count(row.reference_patients)} "
        "patients"
        for row in shown.itertuples()
    ]
    return shown.assign(row=rows, kind="level")
