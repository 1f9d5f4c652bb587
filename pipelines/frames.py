"""Frames of a table between pandas and Arrow, each column of its kind."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
import pyarrow as pa

from pipelines.tables import (
    CATEGORY,
    DATE,
    FLAG,
    IN_ORDER,
    MIXED,
    NUMBER,
    SET,
    TEXT,
    UNKNOWN,
    WHOLE,
)

ARROW = {
    TEXT: pa.string(),
    CATEGORY: pa.dictionary(pa.int32(), pa.string()),
    SET: pa.dictionary(pa.int32(), pa.string()),
    DATE: pa.date32(),
    NUMBER: pa.float64(),
    FLAG: pa.bool_(),
    WHOLE: pa.int32(),
}


def to_arrow(frame: pd.DataFrame, kinds: Mapping[str, str]) -> pa.Table:
    """The frame's columns that `kinds` names, in that order, as Arrow."""
    return pa.table({name: _array(frame[name], kind) for name, kind in kinds.items()})


def _array(column: pd.Series, kind: str) -> pa.Array:
    if kind in (CATEGORY, SET):
        codes = column.cat.codes.to_numpy()
        words = pa.array(column.cat.categories.astype(object), pa.string())
        return pa.DictionaryArray.from_arrays(pa.array(codes, pa.int32(), mask=codes < 0), words)
    if kind == DATE:
        days = column.astype("datetime64[s]").to_numpy().astype("datetime64[D]")
        return pa.array(days, pa.date32())
    return pa.array(column, ARROW[kind], from_pandas=True)


def to_pandas(table: pa.Table, kinds: Mapping[str, str]) -> pd.DataFrame:
    """The table's columns that `kinds` names as pandas, each of its kind."""
    return pd.DataFrame(
        {name: _series(name, table.column(name), kind) for name, kind in kinds.items()}
    )


def _series(name: str, column: pa.ChunkedArray, kind: str) -> pd.Series:
    if kind in (CATEGORY, SET):
        return pd.Series(_categorical(name, column.cast(ARROW[CATEGORY])))
    if kind == DATE:
        return pd.Series(column.to_numpy().astype("datetime64[s]"))
    if kind == FLAG:
        return column.to_pandas().astype("boolean")
    if kind == TEXT:
        return column.to_pandas().astype("str")
    return pd.Series(column.to_numpy(), dtype="int32" if kind == WHOLE else "float64")


def _categorical(name: str, column: pa.ChunkedArray) -> pd.Categorical:
    whole = column.unify_dictionaries().combine_chunks()
    if isinstance(whole, pa.ChunkedArray):
        whole = pa.DictionaryArray.from_arrays(pa.array([], pa.int32()), pa.array([], pa.string()))
    codes = whole.indices.fill_null(-1).to_numpy(zero_copy_only=False)
    words = whole.dictionary.to_pylist()
    order = _order(name, words)
    place = {word: number for number, word in enumerate(order)}
    moved = np.array([*(place[word] for word in words), -1], dtype=np.int32)
    return pd.Categorical.from_codes(moved[codes], pd.Index(order, dtype="str"))


def _order(name: str, words: Sequence[str]) -> list[str]:
    known = [*IN_ORDER.get(name, ()), *((MIXED, UNKNOWN) if "technique" in name else ())]
    if name in IN_ORDER:
        known = [word for word in known if word in IN_ORDER[name] or word in words]
    return known + sorted(set(words) - set(known))


def stack(frames: Sequence[pd.DataFrame], kinds: Mapping[str, str]) -> pd.DataFrame:
    """The frames below each other; categories are joined."""
    if len(frames) == 1:
        return frames[0]
    return to_pandas(pa.concat_tables([to_arrow(frame, kinds) for frame in frames]), kinds)


def empty(kinds: Mapping[str, str]) -> pd.DataFrame:
    """A frame without rows, each column of its kind."""
    return to_pandas(
        pa.table({name: pa.array([], ARROW[kind]) for name, kind in kinds.items()}), kinds
    )
