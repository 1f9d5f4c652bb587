"""Every sentence of the Techniques page: pure functions of figures, with the doubt in them.

They say what was recorded and how sure it is; never why, and never which group is to be
preferred.
"""
