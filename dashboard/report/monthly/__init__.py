"""The owner's monthly report: two pages, from the figures of the Overview."""
