"""What each page shows: one set of tidy frames a page, with the words for their groups.

Pure functions of a selected clinic, one module a page; `data` keeps their results. Frames
hold aggregates.
"""
