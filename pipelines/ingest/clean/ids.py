"""Numbers of patients and visits: text always, and never one that a spreadsheet has shortened."""

import re
from collections import defaultdict

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pipelines.ingest.cells import Cells, texts
from pipelines.ingest.clean.opened import Opened
from pipelines.ingest.steps import Step

POWER = r"^-?\d(?:[.,]\d+[Ee]\+?|[Ee]\+)\d{1,2}$"
"""What a spreadsheet shows of a long number: 1.39E+18."""
DIGITS_KEPT = 15
"""A spreadsheet keeps so many digits of a number and writes noughts for the rest."""
CHANCE = 4
"""So many noughts in those places are no accident."""
POINT_NOUGHT = re.compile(r"^\d+\.0+$")


def without_decimals(file: Opened) -> bool:
    """Whether the column of patient numbers gave `.0` to every one; it is left out then."""
    cells = file.cells("patient_id")
    told = [word for word in cells.words if word is not None] if cells else []
    if not told or not all(map(POINT_NOUGHT.match, told)):
        return False
    file.replace("patient_id", [word and word.split(".")[0] for word in cells.words])
    return True


def visit_ids(file: Opened) -> pa.Array | None:
    """The export's own id of each visit, null where it is blank."""
    position = file.columns.positions.get("visit_id")
    if position is None:
        return None
    found = texts(file.table.columns[position], file.vocabulary)
    # The cheap look comes first: there may be a million different ids.
    decimals = pc.all(pc.ends_with(found, ".0")).as_py() and found.null_count < len(found)
    if not decimals or not pc.all(pc.match_substring_regex(found, POINT_NOUGHT.pattern)).as_py():
        return found
    file.findings.repaired(~_mask(found.is_null()), "id_without_decimals")
    return pc.replace_substring_regex(found, r"\.0+$", "")


def lost_digits(ids: pa.Array) -> np.ndarray:
    """Which ids a spreadsheet has shortened: two different ones may have become one."""
    shown = pc.match_substring_regex(ids, POWER, ignore_case=True)
    lost = _mask(shown)
    length = pc.utf8_length(ids)
    long = _mask(pc.and_(pc.greater(length, DIGITS_KEPT), pc.ends_with(ids, "0")))
    if long.any():
        lost |= _cut(ids, length)
    return lost


def _cut(ids: pa.Array, length: pa.Array) -> np.ndarray:
    """Long numbers, where every one of the column ends in noughts from the 16th digit on."""
    long = _mask(pc.and_(pc.greater(length, DIGITS_KEPT), pc.match_substring_regex(ids, r"^\d+$")))
    distinct = pc.unique(ids.filter(pa.array(long))).to_pylist()
    tails = [text[DIGITS_KEPT:] for text in distinct]
    noughts = all(set(tail) == {"0"} for tail in tails) and len("".join(tails)) >= CHANCE
    return long & noughts


def _mask(answers: pa.Array) -> np.ndarray:
    return pc.fill_null(answers, False).to_numpy(zero_copy_only=False)


def judge_ids(file: Opened, visits: pa.Array | None, decimals: bool) -> None:
    """Puts rows in quarantine whose patient or visit number is no longer whole."""
    cells = file.cells("patient_id")
    if cells is not None:
        lost = lost_digits(pa.array(cells.words, pa.string()))
        file.findings.problem(lost[cells.codes], "id_lost_digits", cells.position)
        file.findings.repaired(~cells.blank() & decimals, "id_without_decimals")
    if visits is not None:
        position = file.columns.positions["visit_id"]
        file.findings.problem(lost_digits(visits), "id_lost_digits", position)


def tell_of_leading_noughts(file: Opened) -> None:
    """Says where 7 and 0007 have one birth date: they are kept as two patients."""
    cells, birth = file.cells("patient_id"), file.cells("birth_date")
    if cells is None or birth is None:
        return
    places = defaultdict(list)
    led = any(word is not None and word.startswith("0") for word in cells.words)
    for place, word in enumerate(cells.words if led else ()):
        if word is not None and word.isdigit():
            places[word.lstrip("0")].append(place)
    born = {p: _births(cells, birth, p) for same in places.values() if len(same) > 1 for p in same}
    alike = sum(
        bool(set.intersection(*(born[place] for place in same)))
        for same in places.values()
        if len(same) > 1
    )
    if alike:
        why = f"{alike} differ only by leading noughts and have one birth date: look whether they"
        decided = "patient numbers with and without leading noughts are different patients"
        file.findings.steps.append(Step("patients", decided, f"{why} are one"))


def _births(cells: Cells, birth: Cells, place: int) -> set[str]:
    found = np.unique(birth.codes[cells.codes == place])
    return {birth.words[code] for code in found if birth.words[code] is not None}
