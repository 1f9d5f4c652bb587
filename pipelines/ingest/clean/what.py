"""What was treated and how: condition, technique, type of visit, and all other terms."""

import numpy as np
import pandas as pd

from pipelines.ingest import durations, terms
from pipelines.ingest.cells import Cells, Reading, categorical, filled, nothing_known
from pipelines.ingest.clean.answers import answers
from pipelines.ingest.clean.opened import Opened, Values
from pipelines.store.words import (
    ELSE,
    KNOWN,
    REGION_OF,
    TOLD,
    UNTOLD,
    WORD,
    has_words,
    is_word,
    renamed,
)
from pipelines.tables import TECHNIQUES, UNSPECIFIED, VISIT_TYPES
from pipelines.vocabulary import Coded


def conditions(file: Opened) -> Values:
    """Condition by code or words, with side and region as these tell; blank is unspecified.

    An unknown one stands as a word, and its region waits for the word's answer.
    """
    cells = file.cells("condition")
    if cells is None:
        only = pd.Index([UNSPECIFIED], dtype="str")
        return {"condition": pd.Categorical.from_codes(np.zeros(file.rows, dtype=np.int8), only)}
    readings = cells.read(terms.condition(file.vocabulary))
    coded = file.findings.take(cells, readings)
    columns = {
        "condition": [c.condition if c else UNSPECIFIED for c in coded],
        "side": [c.side if c else None for c in coded],
        "body_region": [_region(c) if c else None for c in coded],
    }
    return {name: categorical(words, cells.codes) for name, words in columns.items()}


def _region(coded: Coded) -> str | None:
    word = coded.condition.removeprefix(WORD)
    return REGION_OF + word if coded.condition.startswith(WORD) and word else coded.region


def techniques(file: Opened) -> tuple[Values, np.ndarray, pd.Categorical]:
    """Technique and adjuncts by words and billing codes, and which rows were needled at all.

    Beside these the unknown technique, if any, that would tell of a row whether it was.
    """
    values: Values = {}
    needled, unknown = file.nowhere(), nothing_known(file.rows)
    cells, procedures = file.cells("technique"), file.cells("procedure_code")
    if cells is not None:
        values["technique"], needled = _technique_words(file, cells)
        unknown = _unknown(values["technique"])
    if procedures is not None:
        by_code, coded = _procedures(file, procedures)
        needled = needled | coded
        for name, words in by_code.items():
            values[name] = filled(values[name], words) if name in values else words
    needled = _in_any_line_of_the_visit(file, needled) > 0
    if has_words(unknown):
        told = _in_any_line_of_the_visit(file, unknown.codes + 1) - 1
        unknown = pd.Categorical.from_codes(told, unknown.categories)
    return values, needled, unknown


def _unknown(technique: pd.Categorical) -> pd.Categorical:
    return renamed(technique, lambda text: text if is_word(text) and text != WORD else None)


def _in_any_line_of_the_visit(file: Opened, said: np.ndarray) -> np.ndarray:
    """What one line of a visit says holds for its other lines: a system may write one a charge.

    `said` is above 0 where a line says it.
    """
    position = file.columns.positions.get("visit_id")
    if position is None:
        return said
    ids = file.table.columns[position].unify_dictionaries().combine_chunks()
    if len(ids.dictionary) == len(said):
        return said
    visit = ids.indices.to_numpy()
    anywhere = np.zeros(len(ids.dictionary), dtype=np.int64)
    np.maximum.at(anywhere, visit, said)
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
    needled = [value not in (None, "none") and not value.startswith(WORD) for value in values]
    needled = np.array(needled, dtype=bool)[cells.codes]
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


def visit_types(file: Opened, needled: np.ndarray, technique: pd.Categorical) -> pd.Categorical:
    """The type of each visit; a treatment unless the file says otherwise.

    A follow-up with needling is a treatment. What its word alone leaves open (`Follow Up`,
    `Progress note`) is a follow-up without needling, where the file tells techniques at all.
    A type that is unknown, or hangs on an unknown technique, stands as a word with these facts.
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
        unknown = np.array([word is not None and word.startswith(WORD) for word in words])
        waits = unknown[cells.codes] | (calls & ~needled & (technique.codes >= 0))
        if waits.any():
            facts = np.where(needled, "", TOLD if tells else UNTOLD).astype(object)
            return _with_types_as_words(codes, waits, words[cells.codes], facts, technique)
    return pd.Categorical.from_codes(codes, pd.Index(VISIT_TYPES, dtype="str"))


def _with_types_as_words(
    codes: np.ndarray,
    waits: np.ndarray,
    words: np.ndarray,
    facts: np.ndarray,
    technique: pd.Categorical,
) -> pd.Categorical:
    """The types of all visits, those that wait for an answer as words with their facts."""
    asked = pd.Series(words[waits], dtype="str")
    known = ~asked.str.startswith(WORD)
    asked = asked.where(~known, WORD + KNOWN + asked)
    told = np.array([*technique.categories, WORD], dtype=object)[technique.codes[waits]]
    texts = asked + ELSE + facts[waits] + ELSE + pd.Series(told, dtype="str").str.slice(len(WORD))
    found = pd.Categorical(texts)
    result = codes.astype(np.int32)
    result[waits] = found.codes + len(VISIT_TYPES)
    return pd.Categorical.from_codes(
        result, pd.Index([*VISIT_TYPES, *found.categories], dtype="str")
    )


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
        deep = values["depth_mm"] > file.settings.superficial_mm
        codes[shallow & deep] = 0
        words = _unknown(technique)
        names = (*names, *words.categories)
        open_ = deep & (words.codes >= 0)
        codes = np.where(open_, words.codes + 2, codes)
    codes[booked] = 1
    return pd.Categorical.from_codes(codes, pd.Index(names, dtype="str"))
