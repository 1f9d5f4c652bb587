"""One group against the reference at one horizon, and what is told of the two together."""

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from pipelines.measures.comparison import verdict as words
from pipelines.measures.comparison.differences import Model
from pipelines.measures.comparison.for_whom import ForWhom, for_whom
from pipelines.measures.comparison.frames import about
from pipelines.measures.comparison.overlap import balance, overlap
from pipelines.measures.comparison.propensity import Propensity, propensity
from pipelines.measures.comparison.rows import Rows
from pipelines.measures.comparison.sensitivity import (
    Strength,
    other_ways,
    outcome_spread,
    unmeasured_cause,
)
from pipelines.measures.comparison.weighting import Estimate


@dataclass(frozen=True)
class Pair:
    """A group of a model by its place, and the rows that other methods look at."""

    model: Model
    rows: Rows
    group: int

    @property
    def reference(self) -> int:
        return self.model.feature.reference

    @property
    def names(self) -> dict[str, str]:
        """What the pair is called in the columns of a frame."""
        feature = self.model.feature
        about_it = {"feature": feature.name, "horizon": self.model.horizon}
        return about_it | {"group": feature.groups[self.group], "reference": feature.reference_name}

    @property
    def key(self) -> tuple[str, ...]:
        return tuple(self.names.values())

    @cached_property
    def fitted(self) -> Propensity | None:
        """How likely each of its rows was to be in the group."""
        return propensity(self.model.cells, self.group, self.reference)

    @cached_property
    def balance(self) -> pd.DataFrame:
        """How far the two are apart in each covariate."""
        return balance(self.model.cells, self.fitted, self.group, self.reference)

    def ways(self) -> dict[str, Estimate]:
        """The difference by other methods."""
        return other_ways(self.rows, self.fitted, self.group, self.reference)

    def strength(self, difference: float, low: float, high: float) -> Strength:
        """How strong an unmeasured cause would have to be."""
        spread = outcome_spread(self.model.cells, self.group, self.reference)
        return unmeasured_cause(difference, low, high, spread)

    def overlap(self) -> dict[str, float | int]:
        """What the two have in common."""
        return overlap(self.model.cells, self.fitted, self.group, self.reference, self.balance)

    def for_whom(self) -> ForWhom:
        """Whether the difference is another one for some patients."""
        return for_whom(self.model.cells, self.group, self.reference)

    def named(self, frame: pd.DataFrame, name: str) -> pd.DataFrame:
        """A frame with the pair's names before its own columns."""
        return about(frame, name, **self.names)


def told(model: Model, rows: Rows, table: pd.DataFrame) -> list[Pair]:
    """The pairs of a model about which something can be said."""
    known = set(table.loc[table["verdict"] != words.TOO_FEW, "group"])
    groups = model.feature.groups
    return [Pair(model, rows, group) for group in model.pairs() if groups[group] in known]
