"""Times the Overview in this process, as the server runs it; prints seconds by name as JSON."""

import json
import time

from streamlit.testing.v1 import AppTest

from tests.support.hygiene import PROJECT

LONGEST_SECONDS = 600
PAGE, AGAIN, FILTER = "first page", "page again", "changed filter"
CHANGES = 5


def visitor() -> AppTest:
    """Somebody who opens the dashboard."""
    return AppTest.from_file(str(PROJECT / "app.py"), default_timeout=LONGEST_SECONDS)


def seconds(step) -> float:
    """How long a step takes that runs the page to its end; an error on the page is one here."""
    started = time.perf_counter()
    ran = step()
    passed = time.perf_counter() - started
    if ran.exception:
        raise RuntimeError("the page failed")
    return passed


def changed_filter(page: AppTest) -> float:
    """The slowest of several filters that were not used before in this process."""
    page.selectbox(key="filter_period").set_value("all").run()
    conditions = page.multiselect(key="filter_condition").options
    return max(_choose(page, place) for place in range(min(CHANGES, len(conditions))))


def _choose(page: AppTest, place: int) -> float:
    before = [text.value for text in page.markdown]
    filter_ = page.multiselect(key="filter_condition")
    took = seconds(filter_.set_value([filter_.options[place]]).run)
    if [text.value for text in page.markdown] == before:
        raise RuntimeError("the filter changed nothing")
    return took


def main() -> None:
    """Time each, one after the other, in a process that has just been started."""
    page = visitor()
    found = {PAGE: seconds(page.run), AGAIN: seconds(visitor().run), FILTER: changed_filter(page)}
    print(json.dumps(found))


if __name__ == "__main__":
    main()
