"""From the bytes of a dropped file to the text of a table: each module is one step of the way."""
