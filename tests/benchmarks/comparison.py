"""Times a comparison of techniques in this process; prints seconds by name as JSON.

Beside it the same adjusted difference by statsmodels on one matrix row a session, from the
same sessions, and a failure where the two do not agree.
"""

import json
import statistics
import time
from collections.abc import Callable
from typing import TypeVar

import numpy as np
import pandas as pd

from pipelines.cli.options import open_store
from pipelines.measures.comparison import at_a_glance
from pipelines.measures.comparison.cells import Cells
from pipelines.measures.comparison.differences import pain_models
from pipelines.measures.comparison.fit import least_squares
from pipelines.measures.comparison.rows import GROUP

GLANCE, ONE, ON_ROWS = "comparison", "one difference", "statsmodels on rows"
REPEATS = 5
AGREE = 1e-8

Answer = TypeVar("Answer")


def seconds(step: Callable[[], Answer], repeats: int = REPEATS) -> tuple[float, Answer]:
    """The median of several runs, and what the last of them gave."""
    took = []
    for _ in range(repeats):
        started = time.perf_counter()
        answer = step()
        took.append(time.perf_counter() - started)
    return statistics.median(took), answer


def design(cells: Cells, reference: int) -> tuple[pd.DataFrame, np.ndarray]:
    """A line a session: a column for each level that occurs but one, and the covariates."""
    rows, columns = cells.of_row, {}
    for name in cells.codes:
        level, counts = cells.level(name)[rows], cells.counts(name)
        dropped = reference if name == GROUP else int(counts.argmax())
        for place in np.flatnonzero(counts > 0):
            if place != dropped:
                columns[f"{name} {place}"] = (level == place).astype(float)
    columns |= {name: values[rows] for name, values in cells.linear.items()}
    return pd.DataFrame(columns).assign(one=1.0), cells.outcome[rows]


def on_rows(table: pd.DataFrame, outcome: np.ndarray, patients: np.ndarray):
    """The clustered fit by statsmodels."""
    import statsmodels.api as sm

    options = {"groups": patients, "use_correction": True}
    return sm.OLS(outcome, table).fit(cov_type="cluster", cov_kwds=options, use_t=True)


def main() -> None:
    """Time each, one after the other."""
    opened = open_store(None)
    clinic, settings = opened.clinic(), opened.settings
    glance, _ = seconds(lambda: at_a_glance(clinic, settings, "technique"))
    model = pain_models(clinic, "technique", settings)[0]
    reference = model.feature.reference
    one, fit = seconds(lambda: least_squares(model.cells, GROUP, reference))
    table, outcome = design(model.cells, reference)
    rows, theirs = seconds(lambda: on_rows(table, outcome, model.cells.patients), 1)
    for place in np.flatnonzero(~np.isnan(fit.estimates)):
        name = f"{GROUP} {place}"
        apart = (fit.estimates[place] - theirs.params[name], fit.errors[place] - theirs.bse[name])
        if max(map(abs, apart)) > AGREE:
            raise RuntimeError("statsmodels on rows has another answer")
    print(json.dumps({GLANCE: glance, ONE: one, ON_ROWS: rows}))


if __name__ == "__main__":
    main()
