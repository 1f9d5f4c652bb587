"""Side effects: a list in one cell, a column for each, or a severity alone. Blank is not none."""

import numpy as np
import pandas as pd

from pipelines.ingest import terms
from pipelines.ingest.cells import Reading
from pipelines.ingest.clean.opened import Opened, Values
from pipelines.ingest.steps import Step


def side_effects(file: Opened) -> Values:
    """The set of side effects of each visit, missing where nothing was recorded, and severity.

    A severity without an effect counts as the effect `other`.
    """
    order = file.vocabulary.side_effects.names
    bits, recorded = np.zeros(file.rows, dtype=np.int64), file.nowhere()
    values: Values = {}
    if file.has("side_effects"):
        bits, recorded = _listed(file, order)
    if file.columns.effects:
        ticked, answered = _in_columns(file, order)
        bits, recorded = bits | ticked, recorded | answered
    if file.has("side_effect_severity"):
        severity = values["side_effect_severity"] = _severity(file)
        alone = (severity.codes >= 0) & (bits == 0)
        bits, recorded = np.where(alone, terms.bits("other", order), bits), recorded | alone
    if file.has("side_effects") or file.columns.effects or values:
        values["side_effects"] = terms.sets_of_bits(bits, recorded, order)
    return values


def _listed(file: Opened, order: tuple[str, ...]) -> tuple[np.ndarray, np.ndarray]:
    cells = file.cells("side_effects")
    sets = file.findings.take(cells, cells.read(terms.side_effects(file.vocabulary)))
    bits = np.array([terms.bits(effects, order) for effects in sets], dtype=np.int64)
    recorded = np.array([effects is not None for effects in sets])
    return bits[cells.codes], recorded[cells.codes]


def _in_columns(file: Opened, order: tuple[str, ...]) -> tuple[np.ndarray, np.ndarray]:
    """An answer in any column makes the visit recorded."""
    bits, recorded, none = np.zeros(file.rows, dtype=np.int64), file.nowhere(), file.nowhere()
    for column in file.columns.effects:
        cells = file.cells_at(column.position)
        answers = file.findings.take(cells, cells.read(terms.answer(file.vocabulary)))
        said = np.array([-1 if value is None else int(value) for value in answers])[cells.codes]
        if file.columns.tick_only:
            said[said == 0] = -1
        recorded |= said >= 0
        if column.effect is None:
            none |= said == 1
        else:
            bits |= np.where(said == 1, terms.bits(column.effect, order), 0)
    file.findings.problem(
        none & (bits > 0), "none_beside_an_effect", file.columns.effects[0].position
    )
    if file.columns.tick_only and all(column.effect for column in file.columns.effects):
        file.findings.steps.append(
            Step(
                "side effects",
                "a visit with nothing ticked counts as not recorded",
                "side effects are boxes that can only be ticked, without one for none",
            )
        )
    return bits, recorded


def _severity(file: Opened) -> pd.Categorical:
    cells, vocabulary = file.cells("side_effect_severity"), file.vocabulary

    def read(text: str) -> Reading:
        found = vocabulary.severities.find(text)
        if found or vocabulary.nothing.find(text) or vocabulary.not_known.find(text):
            return Reading(found)
        return Reading(problem="severity_not_understood")

    return file.findings.words(cells, cells.read(read))
