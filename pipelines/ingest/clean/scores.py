"""Pain scores and other numbers of a visit."""

import numpy as np
import pandas as pd

from pipelines.ingest.clean.opened import Opened, Values
from pipelines.ingest.numbers import is_out_of_hundred, read_number, read_pain

PLAIN = ("depth_mm", "needle_count", "dwell_minutes", "stimulation_hz", "function_score")
PAIN = ("pain_before", "pain_after")


def pain(file: Opened, hundred: bool | None) -> tuple[Values, bool]:
    """Scores on the 0-10 scale, and whether they were on one of 0-100.

    `hundred` is what is known from elsewhere; None: both columns are judged together.
    """
    cells = {name: file.cells(name) for name in PAIN if file.has(name)}
    if hundred is None:
        hundred, step = is_out_of_hundred(
            (file.header(name), found) for name, found in cells.items()
        )
        file.findings.steps += [step] if step else []
    values = {
        name: file.findings.numbers(found, found.read(lambda text: read_pain(text, hundred)))
        for name, found in cells.items()
    }
    return values, hundred


def numbers(file: Opened) -> Values:
    """Every other number, in the unit that its column's name tells."""
    values: Values = {}
    for name in PLAIN:
        cells = file.cells(name)
        if cells is not None:
            values[name] = file.findings.numbers(cells, cells.read(read_number))
    if "function_score" in values and not file.has("function_instrument"):
        instrument = _instrument_in(file, file.header("function_score"))
        if instrument:
            codes = np.where(np.isnan(values["function_score"]), -1, 0)
            only = pd.Index([instrument], dtype="str")
            values["function_instrument"] = pd.Categorical.from_codes(codes, only)
    return values


def _instrument_in(file: Opened, header: str) -> str | None:
    """The questionnaire that a header such as `PSFS score` names."""
    return next(filter(None, map(file.vocabulary.instruments.find, header.split())), None)
