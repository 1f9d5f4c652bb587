"""The columns of every frame that a comparison gives, in order."""

from collections.abc import Mapping, Sequence

import pandas as pd

KEYS = ("feature", "horizon", "group", "reference")
COUNTS = ("n", "patients", "reference_n", "reference_patients")
RAW = ("raw", "raw_low", "raw_high", "raw_p")
ADJUSTED = ("difference", "low", "high", "p", "p_holm")
CAREFUL = ("careful_low", "careful_high", "careful_p", "careful_p_holm")
BOOTSTRAP = ("bootstrap_p", "bootstrap_low", "bootstrap_high")

_BALANCE = ("mean", "reference_mean", "standardised_before", "standardised_after")
_POOLED = ("pooled", "pooled_low", "pooled_high")
_IN_COMMON = ("baseline_in_common", "conditions_in_common")
_EFFECTIVE = ("left_out", "effective_n", "reference_effective_n")
_BOUNDS = ("difference", "lowest", "highest")
COLUMNS = {
    "differences": [
        *(*KEYS, "outcome", *COUNTS, *RAW, *ADJUSTED, "verdict", "reason"),
        *(
            *CAREFUL,
            *BOOTSTRAP[1:],
            BOOTSTRAP[0],
            "standing",
            "other",
            "e_value",
            "e_value_interval",
        ),
    ],
    "sensitivity": [*KEYS, "method", "difference", "low", "high", "p", "n", "patients"],
    "overlap": [
        *(*KEYS, *_IN_COMMON, "n", "reference_n", *_EFFECTIVE),
        *("largest_before", "largest_after"),
    ],
    "missing": [
        *(*KEYS, "followed", "missing", "reference_followed", "reference_missing", *_BOUNDS),
    ],
    "histogram": ["feature", "horizon", "group", "pain", "n", "of", "share"],
    "balance": [*KEYS, "covariate", "level", *_BALANCE],
    "levels": [
        *(*KEYS, "modifier", "level", "patients", "reference_patients"),
        *("difference", "low", "high", *_POOLED),
    ],
    "tests": [*KEYS, "modifier", "levels", "f", "p", "p_holm", "verdict"],
}
"""By the name of the frame."""


def stacked(name: str, frames: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Frames of one kind under each other; without any, an empty one with its columns."""
    some = [frame for frame in frames if len(frame)]
    if not some:
        return pd.DataFrame(columns=COLUMNS[name])
    return pd.concat(some, ignore_index=True).reindex(columns=COLUMNS[name])


def of_rows(name: str, rows: Sequence[Mapping[str, object]]) -> pd.DataFrame:
    """The same from one mapping a row."""
    return pd.DataFrame(list(rows), columns=COLUMNS[name])


def about(frame: pd.DataFrame, name: str, **facts: str) -> pd.DataFrame:
    """A frame with what it is about before its own columns."""
    return frame.assign(**facts).reindex(columns=COLUMNS[name])
