"""What was treated and how: condition, technique, type of visit, and all other terms."""

import numpy as np
import pandas as pd

from pipelines.ingest import durations, terms
from pipelines.ingest.cells import Cells, Reading, categorical, filled
from pipelines.ingest.clean.answers import answers
from pipelines.ingest.clean.opened import Opened, Values
from pipelines.tables import TECHNIQUES, UNSPECIFIED, VISIT_TYPES


def conditions(file: Opened) -> Values:
    """Condition by code or words, with side and region as these tell; blank is unspecified."""
    cells = file.cells("condition")
    if cells is None:
        only = pd.Index([UNSPECIFIED], dtype="str")
        return {"condition": pd.Categorical.from_codes(np.zeros(file.rows, dtype=np.int8), only)}
    readings = cells.read(terms.condition(file.vocabulary))
    coded = file.findings.take(cells, readings)
    columns = {
        "condition": [c.condition if c else UNSPECIFIED for c in coded],
        "condition_term": [
            terms.term_as_written(word) if reading.repair else None
            for word, reading in zip(cells.words, readings, strict=True)
        ],
        "side": [c.side if c else None for c in coded],
        "body_region": [c.region if c else None for c in coded],
    }
    return {name: categorical(words, cells.codes) for name, words in columns.items()}


def techniques(file: Opened) -> tuple[Values, np.ndarray]:
    """Technique and adjuncts by words and billing codes, and which rows were needled at all."""
    values: Values = {}
    needled = file.nowhere()
    cells, procedures = file.cells("technique"), file.cells("procedure_code")
    if cells is not None:
        values["technique"], needled = _technique_words(file, cells)
    if procedures is not None:
        by_code, coded = _procedures(file, procedures)
        needled = needled | coded
        for name, words in by_code.items():
            values[name] = filled(values[name], words) if name in values else words
    return values, _in_any_line_of_the_visit(file, needled)


def _in_any_line_of_the_visit(file: Opened, said: np.ndarray) -> np.ndarray:
    """What one line of a visit says holds for its other lines: a system may write one a charge."""
    position = file.columns.positions.get("visit_id")
    if position is None:
        return said
    ids = file.table.columns[position].unify_dictionaries().combine_chunks()
    if len(ids.dictionary) == len(said):
        return said
    visit = ids.indices.to_numpy()
    anywhere = np.bincount(visit, weights=said, minlength=len(ids.dictionary)) > 0
    blank = np.array([not text.strip() for text in ids.dictionary.to_pylist()])
    return np.where(blank[visit], said, anywhere[visit])


def _technique_words(file: Opened, cells: Cells) -> tuple[pd.Categorical, np.ndarray]:
    known, unspecific = file.vocabulary.techniques, file.vocabulary.needling_unspecific
    plain = terms.one_of(known, "unknown_technique", file.vocabulary)

    def read(text: str) -> Reading:
        """Needling of a technique not told is an empty word: no technique, yet needled."""
        only_needling = unspecific.find(text) and not known.find(text)
        return Reading("") if only_needling else plain(text)

    values = file.findings.take(cells, cells.read(read))
    needled = np.array([value not in (None, "none") for value in values])[cells.codes]
    return categorical([value or None for value in values], cells.codes), needled


def _procedures(file: Opened, cells: Cells) -> tuple[Values, np.ndarray]:
    done = [file.vocabulary.procedures(word) if word else None for word in cells.words]
    order = file.vocabulary.adjuncts.names
    electrical = ["electrical" if p and p.needling and p.electrical else None for p in done]
    adjuncts = [terms.joined(set(p.adjuncts), order) or None if p else None for p in done]
    needled = np.array([bool(p and p.needling) for p in done])[cells.codes]
    values = {"adjuncts": categorical(adjuncts, cells.codes)}
    if any(electrical):
        values["technique"] = categorical(electrical, cells.codes)
    return values, needled


def visit_types(file: Opened, needled: np.ndarray) -> pd.Categorical:
    """The type of each visit; a treatment unless the file says otherwise.

    A follow-up with needling is a treatment. What its word alone leaves open (`Follow Up`,
    `Progress note`) is a follow-up without needling, where the file tells techniques at all.
    """
    cells = file.cells("visit_type")
    codes = np.full(file.rows, VISIT_TYPES.index("treatment"), dtype=np.int8)
    if cells is not None:
        plain = terms.one_of(file.vocabulary.visit_types, "unknown_visit_type", file.vocabulary)
        words = file.findings.take(cells, cells.read(plain))
        tells = file.has("technique") or file.has("procedure_code")

        def says(name: str) -> np.ndarray:
            return np.array([word == name for word in words])[cells.codes]

        codes[says("evaluation")] = VISIT_TYPES.index("evaluation")
        codes[says("discharge")] = VISIT_TYPES.index("discharge")
        calls = says("follow_up") | says("progress_note") | (says("open_follow_up") & tells)
        codes[calls & ~needled] = VISIT_TYPES.index("follow_up")
    return pd.Categorical.from_codes(codes, pd.Index(VISIT_TYPES, dtype="str"))


def other_terms(file: Opened, known: Values) -> Values:
    """Every other column of words; where its cell is blank, what another column told."""
    v = file.vocabulary
    readers = {
        "clinic": terms.plain,
        "therapist": terms.plain,
        "chronicity": durations.chronicity(v, file.header("chronicity")),
        "body_region": terms.one_of(v.body_regions, "unknown_body_region", v),
        "side": terms.one_of(v.sides, "unknown_side", v),
        "sex": terms.one_of(v.sexes, "unknown_sex", v),
        "function_instrument": terms.one_of(v.instruments, "unknown_instrument", v),
        "contraindications": terms.several_of(v.contraindications, "unknown_contraindication", v),
        "adjuncts": terms.several_of(v.adjuncts, "unknown_adjunct", v),
        "muscles": terms.muscles,
    }
    found: Values = {}
    for name, reader in readers.items():
        cells = file.cells(name)
        if cells is not None:
            said = file.findings.words(cells, cells.read(reader))
            found[name] = filled(said, known[name]) if name in known else said
    cells = file.cells("twitch_response")
    if cells is not None:
        said = file.findings.take(cells, answers(cells, v))
        found["twitch_response"] = pd.array(said, dtype="boolean")[cells.codes]
    return found


def flags(file: Opened, values: Values, booked: np.ndarray) -> pd.Categorical:
    """What is kept though it is worth a look."""
    names = ("superficial_but_deeper", "scored_though_only_booked")
    codes = np.full(file.rows, -1, dtype=np.int8)
    if "depth_mm" in values and "technique" in values:
        technique = values["technique"]
        place = technique.categories.get_indexer([TECHNIQUES[0]])[0]
        shallow = (technique.codes == place) & (place >= 0)
        codes[shallow & (values["depth_mm"] > file.settings.superficial_mm)] = 0
    codes[booked] = 1
    return pd.Categorical.from_codes(codes, pd.Index(names, dtype="str"))
