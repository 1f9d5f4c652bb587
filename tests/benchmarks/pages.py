"""Times each page in this process, as the server runs it; prints seconds by name as JSON."""

import json
import time
from collections.abc import Iterator

from streamlit.testing.v1 import AppTest

from tests.benchmarks.targets import PAGES
from tests.support.hygiene import PROJECT

LONGEST_SECONDS = 600
PAGE, AGAIN, FILTER = "first page", "page again", "changed filter"
CHANGES = 3


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


def changed_filters(visit: AppTest) -> dict[str, float]:
    """On each page, the slowest of several filters that were not used before in this process.

    All data first, then one condition at a time, over all data.
    """
    return {f"{FILTER}, {name}": _on(visit, path, start) for name, path, start in _pages()}


def _pages() -> Iterator[tuple[str, str, int]]:
    """Name and file of each page with filtered figures, and which condition it begins with."""
    for place, path in enumerate(PAGES):
        yield path.replace("_", " "), f"dashboard/pages/{path}.py", CHANGES * place


def _on(visit: AppTest, path: str, start: int) -> float:
    """Each page begins where the one before ended, so that nothing is kept for it yet."""
    visit.switch_page(path).run()
    visit.selectbox(key="filter_period").set_value("all").run()
    names = visit.multiselect(key="filter_condition").options
    return max(_choose(visit, (start + place) % len(names)) for place in range(CHANGES))


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
    found = {PAGE: seconds(page.run), AGAIN: seconds(visitor().run)} | changed_filters(page)
    print(json.dumps(found))


if __name__ == "__main__":
    main()
