"""Adjusted differences again, slowly: one matrix row a session, from the definitions alone.

It shares no code with the pipelines. A column is estimable if leaving it out lowers the rank.
"""

import numpy as np
from scipy import stats

FEWEST = 30


def adjusted(rows, reference, groups):
    """D of the contract by group but the reference, from rows as plain mappings.

    A row: group, patient, before, outcome (thousandths of a point), factors (None is a level
    of its own), and age where it is adjusted for. A reason is told as `said`, whatever its words.
    """
    rows = [
        row
        for row in rows
        if row["group"] in groups and row["before"] is not None and row["outcome"] is not None
    ]
    others = [group for group in groups if group != reference]
    if reference is None:
        return {}
    found = {group: difference(rows, group, reference, others) for group in others}
    known = sorted((f["p"], group) for group, f in found.items() if f["p"] is not None)
    largest = 0.0
    for place, (p, group) in enumerate(known):
        largest = max(largest, min(1.0, p * (len(known) - place)))
        found[group]["p_holm"] = largest
    for group, figures in found.items():
        judge(rows, group, reference, figures)
    return found


def difference(rows, group, reference, others):
    figures = {"difference": None, "ci": None, "p": None, "p_holm": None, "reference": reference}
    x, place = matrix(rows, others), 1 + others.index(group)
    rank = np.linalg.matrix_rank(x) if rows else 0
    rest = np.linalg.matrix_rank(np.delete(x, place, axis=1)) if rows else 0
    if rest == rank or len(rows) <= rank:
        return figures
    y = np.array([row["outcome"] / 1000 for row in rows])
    inverse = np.linalg.pinv(x)
    residual = y - x @ (inverse @ y)
    sums = {}
    for row, score in zip(rows, inverse[place] * residual, strict=True):
        sums[row["patient"]] = sums.get(row["patient"], 0) + score
    figures["difference"] = value = float(inverse[place] @ y)
    n, patients = len(rows), len(sums)
    if patients > 1:
        factor = patients / (patients - 1) * (n - 1) / (n - rank)
        error = np.sqrt(factor * sum(total**2 for total in sums.values()))
        half = stats.t.ppf(0.975, patients - 1) * error
        figures["ci"] = [value - half, value + half]
        if error > 1e-12:
            figures["p"] = float(2 * stats.t.sf(abs(value) / error, patients - 1))
        elif abs(value) > 1e-12:
            figures["p"] = 0.0
    return figures


def matrix(rows, others):
    columns = [[1.0] * len(rows)]
    columns += [[float(row["group"] == group) for row in rows] for group in others]
    columns.append([row["before"] / 1000 for row in rows])
    for factor in range(len(rows[0]["factors"]) if rows else 0):
        for level in {row["factors"][factor] for row in rows}:
            columns.append([float(row["factors"][factor] == level) for row in rows])
    ages = [row["age"] for row in rows if "age" in row and row["age"] is not None]
    if ages:
        mean = sum(ages) / len(ages)
        columns.append([mean if row["age"] is None else row["age"] for row in rows])
        columns.append([float(row["age"] is None) for row in rows])
    return np.array(columns).T


def judge(rows, group, reference, figures):
    mine = [row for row in rows if row["group"] == group]
    theirs = [row for row in rows if row["group"] == reference]
    few = figures["difference"] is None or any(
        len({row["patient"] for row in side}) < FEWEST for side in (mine, theirs)
    )
    if not few:
        conditions = [{row["factors"][0] for row in side} for side in (mine, theirs)]
        before = [[row["before"] for row in side] for side in (mine, theirs)]
        apart = max(min(before[0]), min(before[1])) > min(max(before[0]), max(before[1]))
        few = apart or not conditions[0] & conditions[1]
    p = figures["p_holm"]
    differs = "differs" if p is not None and p < 0.05 else "no clear difference"
    figures["verdict"] = "too few to say" if few else differs
    figures["reason"] = "said" if few else None
