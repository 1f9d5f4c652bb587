"""Each page of the dashboard, by the name of its file."""

PAGES = (
    "overview",
    "pain",
    "sessions_to_improvement",
    "side_effects",
    "conditions",
    "techniques",
    "therapists",
    "import_and_quality",
)
