"""Groups compared fairly: adjusted differences, and what they can and cannot tell.

A difference between groups is not an effect: it is what is left after what was recorded
has been allowed for. Nothing here is ranked.
"""

from pipelines.measures.comparison.comparison import Comparison, compare
from pipelines.measures.comparison.differences import adjusted_differences
from pipelines.measures.comparison.groups import FEATURES

__all__ = ["FEATURES", "Comparison", "adjusted_differences", "compare"]
