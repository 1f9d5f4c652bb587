"""One module per measure: a tidy frame in, an `alt.Chart` out, with a description.

A chart knows colours by role alone, writes its labels beside its marks, shows intervals
as bands or rules and n at each point. Rows without a figure are left out of the drawing.
"""
