"""The four tables as pandera models: what a value of each column may be.

Importing pandera costs more than a whole summary: only what checks tables imports this.
A text that stands for a set is checked by its distinct values.
"""

from collections.abc import Sequence

import pandas as pd
import pandera.pandas as pa

from pipelines import tables

Words = pd.CategoricalDtype
EARLIEST = pd.Timestamp("1990-01-01")
ORDERS = ["dmy", "mdy", "ymd"]


def _one_of(names: Sequence[str]) -> object:
    return pa.Field(isin=list(names), nullable=True)


def _within(lowest: float, highest: float) -> object:
    return pa.Field(ge=lowest, le=highest, nullable=True)


def _are_sets_of(column: pd.Series, names: Sequence[str]) -> pd.Series:
    """Rows whose text is a set of the names, in their order."""
    place = {name: number for number, name in enumerate(names)}

    def fits(text: str) -> bool:
        found = [place.get(part, -1) for part in text.split(tables.SEPARATOR)] if text else []
        return -1 not in found and found == sorted(set(found))

    allowed = [text for text in column.cat.categories if fits(text)]
    return column.isin(allowed) | column.isna()


class Session(pa.DataFrameModel):
    """One visit of one patient. Missing is not recorded, never none."""

    session_key: str = pa.Field(unique=True, str_length={"min_value": 1})
    patient_id: Words = pa.Field()
    session_date: pd.Timestamp = pa.Field(ge=EARLIEST)
    session_time: float = _within(0, 86_399)
    visit_type: Words = pa.Field(isin=list(tables.VISIT_TYPES))
    condition: Words = pa.Field()
    side: Words = _one_of(tables.SIDES)
    chronicity: Words = _one_of(tables.CHRONICITIES)
    technique: Words = _one_of(tables.TECHNIQUES)
    depth_mm: float = _within(0, 200)
    needle_count: float = _within(0, 200)
    dwell_minutes: float = _within(0, 180)
    stimulation_hz: float = _within(0, 2_000)
    adjuncts: Words = pa.Field(nullable=True)
    pain_before: float = _within(0, 10)
    pain_after: float = _within(0, 10)
    side_effects: Words = pa.Field(nullable=True)
    side_effect_severity: Words = _one_of(tables.SEVERITIES)
    contraindications: Words = pa.Field(nullable=True)
    function_instrument: Words = _one_of(tables.INSTRUMENTS)
    function_score: float = _within(0, 100)
    age: float = _within(0, 90)
    sex: Words = _one_of(tables.SEXES)

    @pa.check("session_date", name="not_in_the_future")
    def _not_in_the_future(cls, days: pd.Series) -> pd.Series:  # noqa: N805  # pandera's form
        return days <= pd.Timestamp.today()

    @pa.check("adjuncts", name="known_adjuncts")
    def _known_adjuncts(cls, sets: pd.Series) -> pd.Series:  # noqa: N805  # pandera's form
        return _are_sets_of(sets, tables.ADJUNCTS)

    @pa.check("side_effects", name="known_side_effects")
    def _known_side_effects(cls, sets: pd.Series) -> pd.Series:  # noqa: N805  # pandera's form
        return _are_sets_of(sets, tables.SIDE_EFFECTS)

    @pa.check("contraindications", name="known_contraindications")
    def _known_contraindications(cls, sets: pd.Series) -> pd.Series:  # noqa: N805  # pandera's form
        return _are_sets_of(sets, tables.CONTRAINDICATIONS)


class Episode(pa.DataFrameModel):
    """One episode of care: visits of one patient for one condition."""

    episode_id: int = pa.Field(ge=0, unique=True)
    patient_id: Words = pa.Field()
    condition: Words = pa.Field()
    technique: Words = pa.Field(isin=["superficial", "deep", "electrical", "mixed", "unknown"])
    first_date: pd.Timestamp = pa.Field(ge=EARLIEST)
    treatment_sessions: int = pa.Field(ge=1)
    visits: int = pa.Field(ge=1)
    baseline: float = _within(0, 10)
    latest: float = _within(0, 10)
    sessions_to_event: float = pa.Field(ge=1, nullable=True)

    class Config:
        coerce = True


class Quarantined(pa.DataFrameModel):
    """One record that cannot be right, with its text as it stood in the file."""

    entry: str = pa.Field(str_length={"min_value": 16, "max_value": 16})
    import_id: str
    file: str
    line: int = pa.Field(ge=1)
    reason: str
    sentence: str
    header: str
    cells: str
    delimiter: str = pa.Field(isin=[",", ";", "\t", "|"])

    class Config:
        coerce = True


class Import(pa.DataFrameModel):
    """One import, with every record of its file accounted for."""

    import_id: str = pa.Field(unique=True)
    file: str
    date_order: str = pa.Field(isin=ORDERS, nullable=True)
    rows: int = pa.Field(ge=0)
    accepted: int = pa.Field(ge=0)
    unchanged: int = pa.Field(ge=0)
    updated: int = pa.Field(ge=0)
    quarantined: int = pa.Field(ge=0)
    skipped_rows: int = pa.Field(ge=0)

    class Config:
        coerce = True

    @pa.dataframe_check(name="every_row_is_accounted_for")
    def _accounted(cls, imports: pd.DataFrame) -> pd.Series:  # noqa: N805  # pandera's form
        parts = imports[["accepted", "unchanged", "quarantined", "skipped_rows"]].sum(axis=1)
        return (parts == imports["rows"]) & (imports["updated"] <= imports["accepted"])
