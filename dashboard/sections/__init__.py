"""One module a page: its cards, made from its figures. Pages put them in order."""
