"""What holds for every test: a store of its own, and how hypothesis looks for examples."""

import os
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, Phase, settings

STUDIES = "OUTCOMES_STUDIES"

# Seeded, so that a run can be repeated; the long form (`make studies`) is free to roam.
settings.register_profile(
    "suite",
    derandomize=True,
    deadline=None,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile(
    "studies",
    max_examples=2000,
    deadline=timedelta(minutes=1),
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile(
    "gates",
    settings.get_profile("suite"),
    phases=(Phase.explicit, Phase.generate),  # a planted bug need not be shrunk
)
settings.load_profile("studies" if os.environ.get(STUDIES) else "suite")


@pytest.fixture(scope="session", autouse=True)
def the_clinics_own_store_stays_untouched(tmp_path_factory):
    """A test that names no store gets an empty one, never the one in data/."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("OUTCOMES_STORE", str(tmp_path_factory.mktemp("outcomes") / "store"))
        yield
