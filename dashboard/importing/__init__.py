"""Files on their way into the store, as a dialogue of three steps that writes at its end."""
