"""Everything that computes: from the bytes of an export to the figures on a page."""
