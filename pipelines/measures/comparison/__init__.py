"""Groups compared fairly: adjusted differences, and what they can and cannot tell.

A difference between groups is not an effect: it is what is left after what was recorded
has been allowed for. Nothing here is ranked.
"""

from pipelines.measures.comparison.comparison import (
    Comparison,
    Detail,
    Glance,
    at_a_glance,
    compare,
    in_detail,
)
from pipelines.measures.comparison.differences import adjusted_differences
from pipelines.measures.comparison.groups import ASKABLE, ELECTRICAL_WITH, FEATURES

__all__ = [
    "ASKABLE",
    "ELECTRICAL_WITH",
    "FEATURES",
    "Comparison",
    "Detail",
    "Glance",
    "adjusted_differences",
    "at_a_glance",
    "compare",
    "in_detail",
]
