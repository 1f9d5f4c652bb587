"""Files as systems and people write them, each made by a builder, with its truth by hand."""
