"""The same files through bare readers of tables, scored as kindly as is fair.

A reader is right where its table has patient, date and both scores with the true values for
exactly the true visits, under the headers that the file gives them. It is helped: dates may
be text that `pandas.to_datetime` reads by its defaults, scores text that is a number, and a
column of scores may be ten times too large as a whole. For a file that nobody can read for
sure, an error or a table without these columns is right.
"""

import tempfile
import warnings
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path

import pandas as pd

from tests.corpus.labels import Labelled, Truth

RIGHT, SILENT, FAILED = "right", "wrong without a word", "an error"
SCORES = ("pain_before", "pain_after")
Read = Callable[[Path], pd.DataFrame]


def with_pandas(path: Path) -> pd.DataFrame:
    """`pandas.read_csv` as it comes; a workbook by `read_excel`."""
    if path.suffix == ".xlsx":
        return pd.read_excel(path, engine="calamine")
    return pd.read_csv(path)


def with_duckdb(path: Path) -> pd.DataFrame:
    """DuckDB's `read_csv_auto`, as it comes."""
    import duckdb

    return duckdb.sql(f"select * from read_csv_auto('{path}')").df()


def with_polars(path: Path) -> pd.DataFrame:
    """Polars' `read_csv`, as it comes."""
    import polars

    found = polars.read_csv(path)
    return pd.DataFrame({name: found[name].to_list() for name in found.columns})


READERS: dict[str, Read] = {"pandas": with_pandas, "DuckDB": with_duckdb, "Polars": with_polars}


def score(read: Read, file: Labelled) -> str:
    """How a reader fares with a file of one part."""
    (name, data), truth = file.files[0], file.truths[0]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / Path(name).name
        path.write_bytes(data)
        try:
            found = _visits(read(path), file.keys)
        except Exception as error:  # whatever a reader raises is an error that somebody sees
            return RIGHT if truth.refused else _failed(error)
    if truth.refused:
        return SILENT if len(found) else RIGHT
    return RIGHT if _same(found, truth, file.keys) else SILENT


def _failed(error: Exception) -> str:
    assert not isinstance(error, ImportError | AssertionError), error
    return FAILED


def _visits(frame: pd.DataFrame, keys: Mapping[str, str]) -> pd.DataFrame:
    """Patient, date and scores of every row; raises where one is missing or of no such type."""
    if not {"patient_id", "session_date"} <= keys.keys():
        raise ValueError("the file has no such columns")
    named = {str(name).strip(): name for name in frame.columns}
    columns = {}
    for key, header in keys.items():
        column = frame[named[header.strip()]]
        if key in SCORES:
            columns[key] = pd.to_numeric(column).astype(float).round(3)
        elif key == "session_date":
            columns[key] = _days(column)
        else:
            columns[key] = column.map(lambda text: str(text).strip().upper())
    return pd.DataFrame(columns)


def _days(column: pd.Series) -> pd.Series:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that each date is read for itself is what is measured
        return pd.to_datetime(column).dt.tz_localize(None).dt.normalize()


def _same(found: pd.DataFrame, truth: Truth, keys: Mapping[str, str]) -> bool:
    scores = [name for name in SCORES if name in keys]
    right = pd.DataFrame(
        [
            {name: visit.get(name) for name in found.columns}
            | {"session_date": pd.Timestamp(visit["session_date"])}
            for visit in truth.visits
        ],
        columns=found.columns,
    )
    right["patient_id"] = right["patient_id"].map(lambda text: str(text).upper())
    right[scores] = right[scores].astype(float)
    tenfold = right.assign(**{name: right[name] * 10 for name in scores})
    return _rows(found) in (_rows(right), _rows(tenfold))


def _rows(frame: pd.DataFrame) -> Counter:
    texts = frame.astype(object).where(frame.notna(), None)
    return Counter(map(tuple, texts.to_numpy().tolist()))
