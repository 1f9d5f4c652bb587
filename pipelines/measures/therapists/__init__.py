"""Therapists beside the clinic's own rate: a funnel with exact limits, and no ranking.

`therapist_funnel` says who stands where, `funnel_limits` draws the funnel, `case_mix` who
treats whom. Source: Spiegelhalter, Stat Med 2005;24:1185-1202.
"""

from pipelines.measures.therapists.case_mix import case_mix
from pipelines.measures.therapists.funnel import Funnel, funnel_limits, therapist_funnel

__all__ = ["Funnel", "case_mix", "funnel_limits", "therapist_funnel"]
