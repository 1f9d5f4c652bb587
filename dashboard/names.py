"""What the terms of the vocabulary, and a missing one, are called on a page."""

import pandas as pd

from pipelines import tables
from pipelines.vocabulary import load_vocabulary

LISTS = {
    "condition": "conditions",
    "technique": "techniques",
    "first_technique": "techniques",
    "chronicity": "chronicities",
    "body_region": "body_regions",
    "side_effect": "side_effects",
    "side_effects": "side_effects",
    "side_effect_severity": "severities",
    "contraindications": "contraindications",
    "visit_type": "visit_types",
}
"""Columns whose values are terms, each with its list in the vocabulary."""

OWN = {
    tables.MIXED: "Mixed techniques",
    tables.UNKNOWN: "Technique not recorded",
    tables.UNSPECIFIED: "Unspecified",
    tables.UNMAPPED: "Not in the vocabulary",
}
NOT_RECORDED = "Not recorded"


def name(column: str, value: object) -> str:
    """The words for one value of a column; several terms of a set are joined by commas."""
    if pd.isna(value):
        return NOT_RECORDED
    text = str(value)
    if column not in LISTS:
        return text
    return ", ".join(_term(column, term) for term in text.split(tables.SEPARATOR)) or "None"


def _term(column: str, term: str) -> str:
    terms = getattr(load_vocabulary(), LISTS[column])
    if term in terms.names:
        return terms.label(term)
    return OWN.get(term, term.replace("_", " ").capitalize())


def labelled(frame: pd.DataFrame, column: str) -> pd.DataFrame:
    """The frame with the words for a column beside it, as `label`."""
    return frame.assign(label=[name(column, value) for value in frame[column]])
