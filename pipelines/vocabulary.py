"""What words and codes in an export mean: loaded from data/vocabulary, edited by a clinic."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from pipelines import tables
from pipelines.codes import (
    Coded,
    Diagnosis,
    Procedure,
    Procedures,
    diagnosis,
    looks_like_code,
    procedures,
    read_diagnoses,
    read_procedures,
)
from pipelines.places import VOCABULARY
from pipelines.terms import Term, Terms, normalised, read_terms

__all__ = ["Coded", "Procedures", "Term", "Terms", "Vocabulary", "load_vocabulary", "normalised"]

STATUSES = (
    "attended", "cancelled", "no_show", "rescheduled", "never_booked", "archived", "deleted",
    "break", "waitlist", "test", "preview", "not_yet_attended",
)  # fmt: skip
OPEN_VISIT_TYPES = ("open_follow_up", "progress_note")
"""Written types that are a treatment or a follow_up, depending on whether needling is recorded."""
NAMES = {
    "techniques": tables.TECHNIQUES,
    "side_effects": tables.SIDE_EFFECTS,
    "visit_types": tables.VISIT_TYPES + OPEN_VISIT_TYPES,
    "statuses": STATUSES,
    "chronicities": tables.CHRONICITIES,
    "adjuncts": tables.ADJUNCTS,
    "contraindications": tables.CONTRAINDICATIONS,
    "severities": tables.SEVERITIES,
    "sides": tables.SIDES,
    "sexes": tables.SEXES,
    "instruments": tables.INSTRUMENTS,
    "answers": ("yes", "no"),
    "missing_marks": ("missing",),
    "not_known": ("not_known",),
    "nothing": ("nothing",),
    "needling_unspecific": ("needling",),
    "stimulation": ("low", "high", "other"),
}
"""The names each closed list must have; its file is named after the list."""


@dataclass(frozen=True)
class Vocabulary:
    """Every list of terms and both code lists."""

    conditions: Terms
    body_regions: Terms
    techniques: Terms
    needling_unspecific: Terms  # says needling, but not which technique
    side_effects: Terms
    visit_types: Terms
    statuses: Terms
    chronicities: Terms
    adjuncts: Terms
    contraindications: Terms
    severities: Terms
    sides: Terms
    sexes: Terms
    instruments: Terms
    stimulation: Terms
    answers: Terms
    nothing: Terms  # recorded, none
    missing_marks: Terms  # as good as an empty cell, in any column
    not_known: Terms  # as good as an empty cell in a column of terms; elsewhere a mistake
    diagnosis_codes: Mapping[str, Diagnosis]
    procedure_codes: Mapping[str, Procedure]

    def condition_of_code(self, text: str) -> Coded | None:
        """What the first ICD-10-CM code in the text that maps says; None if none does.

        A code tells its own region or has that of its condition.
        """
        found = diagnosis(text, self.diagnosis_codes)
        if found is None:
            return None
        line, side = found
        return Coded(line.condition, side, line.region or self.conditions[line.condition].region)

    def condition_of_words(self, text: str) -> Coded | None:
        """What a condition in words says, such as "Left shoulder pain"; None if unknown.

        Words for side and stage around a known condition are allowed.
        """
        name = self.conditions.find(text)
        found = [(word, self.sides.find(word)) for word in normalised(text).split()]
        sides = {side for _, side in found if side}
        if name is None:
            rest = (word for word, side in found if not side and not self.chronicities.find(word))
            name = self.conditions.find(" ".join(rest))
        if name is None:
            return None
        return Coded(name, sides.pop() if len(sides) == 1 else None, self.conditions[name].region)

    def looks_like_code(self, text: str) -> bool:
        """Whether the text begins like an ICD-10-CM code, known or not."""
        return looks_like_code(text)

    def procedures(self, text: str) -> Procedures | None:
        """What the CPT or HCPCS codes in the text say was done; None if none is known."""
        return procedures(text, self.procedure_codes)


@lru_cache(maxsize=8)
def load_vocabulary(folder: Path = VOCABULARY) -> Vocabulary:
    """Every list in the folder. Raises OutcomesError that names file, line and what is allowed."""
    regions = read_terms(folder / "body_regions.toml")
    conditions = read_terms(folder / "conditions.toml", ("region",), regions=regions.names)
    closed = {name: _closed(folder, name) for name in NAMES}
    codes = read_diagnoses(folder / "icd10.toml", conditions.names, regions.names)
    return Vocabulary(
        conditions=_with_codes(conditions, codes),
        body_regions=regions,
        diagnosis_codes=codes,
        procedure_codes=read_procedures(folder / "procedures.toml", tables.ADJUNCTS),
        **closed,
    )


def _closed(folder: Path, name: str) -> Terms:
    terms = read_terms(folder / f"{name}.toml", names=NAMES[name])
    if name == "side_effects":
        return Terms(replace(t, serious=t.name in tables.SERIOUS_SIDE_EFFECTS) for t in terms)
    if name == "statuses":
        return Terms(replace(t, skipped_as=None if t.name == "attended" else t.name) for t in terms)
    return terms


def _with_codes(conditions: Terms, codes: Mapping[str, Diagnosis]) -> Terms:
    lines = codes.values()
    return Terms(
        replace(term, icd10=tuple(line.code for line in lines if line.condition == term.name))
        for term in conditions
    )
