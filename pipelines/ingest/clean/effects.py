"""Side effects: a list in one cell, a column for each, or a severity alone. Blank is not none."""

import numpy as np
import pandas as pd

from pipelines.ingest import terms
from pipelines.ingest.cells import Reading, categorical, filled, nothing_known
from pipelines.ingest.clean.boxes import in_columns
from pipelines.ingest.clean.grades import UNGRADED, without_grades
from pipelines.ingest.clean.opened import Opened, Values
from pipelines.tables import SEVERITIES


def side_effects(file: Opened) -> Values:
    """The set of side effects of each visit, missing where nothing was recorded, and severity.

    A severity without an effect counts as the effect `other`; one beside an effect is its own
    where no column of severities says it.
    """
    order = file.vocabulary.side_effects.names
    bits, recorded = np.zeros(file.rows, dtype=np.int64), file.nowhere()
    words, waits = nothing_known(file.rows), file.nowhere()
    graded = np.full(file.rows, UNGRADED, dtype=np.int8)
    values: Values = {}
    if file.has("side_effects"):
        graded = _grades(file)
        bits, recorded, words = _listed(file, order)
        waits = words.codes >= 0
    if file.columns.effects:
        found = in_columns(file, order)
        bits, recorded = bits | found.bits, recorded | found.recorded
        graded = np.maximum(graded, found.severity)
    if file.has("side_effect_severity"):
        severity = values["side_effect_severity"] = _severity(file)
        alone = (severity.codes >= 0) & (bits == 0) & ~waits
        bits, recorded = np.where(alone, terms.bits("other", order), bits), recorded | alone
    if file.has("side_effects") or file.columns.effects or values:
        sets = terms.sets_of_bits(bits, recorded, order)
        values["side_effects"] = _with_words(sets, words, values.get("side_effect_severity"))
    if (graded > UNGRADED).any():
        beside = pd.Categorical.from_codes(graded, pd.Index(SEVERITIES, dtype="str"))
        said = values.get("side_effect_severity", nothing_known(file.rows))
        values["side_effect_severity"] = filled(said, beside)
    return values


def _grades(file: Opened) -> np.ndarray:
    """The worst severity written beside an effect of each row; the effects alone stay in it."""
    words, grades = without_grades(file.cells("side_effects"), file.vocabulary)
    graded = grades[file.cells("side_effects").codes]
    file.replace("side_effects", words)
    file.findings.repaired(graded > UNGRADED, "severity_beside_effect")
    return graded


def _with_words(
    sets: pd.Categorical, words: pd.Categorical, severity: pd.Categorical | None
) -> pd.Categorical:
    """The sets with each row's words behind; a severity says that there was an effect."""
    if not (words.codes >= 0).any():
        return sets
    severe = severity.codes >= 0 if severity is not None else np.zeros(len(sets), dtype=bool)
    return terms.with_words(sets, list(words.categories), words.codes, severe)


def _listed(file: Opened, order: tuple[str, ...]) -> tuple[np.ndarray, np.ndarray, pd.Categorical]:
    """The known effects as bits, whether anything is recorded, and the words beside them."""
    cells = file.cells("side_effects")
    sets = file.findings.take(cells, cells.read(terms.side_effects(file.vocabulary)))
    bits = np.array([terms.bits(effects, order) for effects in sets], dtype=np.int64)
    recorded = np.array([effects is not None for effects in sets])
    words = categorical([terms.words_of(effects) for effects in sets], cells.codes)
    return bits[cells.codes], recorded[cells.codes], words


def _severity(file: Opened) -> pd.Categorical:
    cells, vocabulary = file.cells("side_effect_severity"), file.vocabulary

    def read(text: str) -> Reading:
        found = vocabulary.severities.find(text)
        if found or vocabulary.nothing.find(text) or vocabulary.not_known.find(text):
            return Reading(found)
        return Reading(problem="severity_not_understood")

    return file.findings.words(cells, cells.read(read))
