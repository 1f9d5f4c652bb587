"""Where the project's own files lie."""

import os
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
DATA = PROJECT / "data"
VOCABULARY = DATA / "vocabulary"
EVIDENCE = DATA / "evidence"
SAMPLES = DATA / "samples"
PROFILES = DATA / "profiles"
SETTINGS = DATA / "settings.toml"


def default_store() -> Path:
    """The store named by OUTCOMES_STORE, else the one in the project's data folder."""
    return Path(os.environ.get("OUTCOMES_STORE") or DATA / "store")
