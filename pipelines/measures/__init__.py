"""One module per measure: a selected clinic in, a tidy frame out.

Columns that mean the same are called the same everywhere: `n` of `of` is a count and
its denominator, `rate` their ratio as a fraction, `low` and `high` the 95% interval,
`patients` the patients behind n. Missing means that there is no such figure.

`by` names the columns to group by: columns of the episode table for figures per episode,
of the visit table for figures per session, or "month" (first day, of an episode's first
visit or of the session). Groups come in the order of their categories; rows without a
value are a group of their own, last, with a missing name. Only groups that occur are
listed; without `by` there is always exactly one row for each figure, with n = 0 where
nothing is selected.
"""
