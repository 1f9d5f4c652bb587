"""How many examples a property is tried on: few in the suite, the profile's in `make studies`."""

import os

from hypothesis import settings

from tests.conftest import STUDIES


def examples(count: int) -> settings:
    """So many examples in the suite; as many as the long form allows where that runs."""
    return settings() if os.environ.get(STUDIES) else settings(max_examples=count)
