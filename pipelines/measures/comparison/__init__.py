"""Groups compared fairly: adjusted differences, and what they can and cannot tell.

A difference between groups is not an effect: it is what is left after what was recorded
has been allowed for. Nothing here is ranked.
"""

from pipelines.measures.comparison.differences import adjusted_differences

__all__ = ["adjusted_differences"]
