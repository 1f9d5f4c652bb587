"""Stores of three sizes, and a page of the dashboard run on one of them."""

from collections.abc import Callable
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from pipelines.ingest.load import import_file
from pipelines.places import PROJECT, SAMPLES
from pipelines.store import Store

FIVE_SESSIONS = b"""patient,date,condition,technique,pain_before,pain_after,side_effects,therapist
P1,2026-01-05,low back pain,deep,7,5,none,Ada
P1,2026-01-12,low back pain,deep,4,3,soreness,Ada
P2,2026-01-06,neck pain,superficial,6,5,none,Bo
P2,2026-01-13,neck pain,superficial,6,5,,Bo
P3,2026-01-20,low back pain,deep,5,4,none,Ada
"""

Opener = Callable[..., AppTest]


@pytest.fixture(scope="session")
def sample_store(tmp_path_factory) -> Path:
    """The sample clinic, imported as `make run` does."""
    folder = tmp_path_factory.mktemp("sample") / "store"
    for path in sorted(SAMPLES.glob("*.csv")):
        import_file(Store(folder), path.name, path.read_bytes())
    return folder


@pytest.fixture
def small_store(tmp_path) -> Path:
    """Five sessions of three patients."""
    import_file(Store(tmp_path / "small"), "five.csv", FIVE_SESSIONS)
    return tmp_path / "small"


@pytest.fixture
def empty_store(tmp_path) -> Path:
    """A store before its first import."""
    return tmp_path / "empty"


@pytest.fixture
def open_page(monkeypatch) -> Opener:
    """Runs a page on a store, with query parameters, as the owner at this machine."""

    def opened(store: Path, page: str = "overview", **query: str | list[str]) -> AppTest:
        monkeypatch.setenv("OUTCOMES_STORE", str(store))
        app = AppTest.from_file(str(PROJECT / "app.py"), default_timeout=60)
        for name, value in query.items():
            app.query_params[name] = value
        app.run()
        return app if page == "overview" else go(app, page)

    st.cache_data.clear()
    st.cache_resource.clear()
    return opened


def go(app: AppTest, page: str) -> AppTest:
    """Moves to another page."""
    return app.switch_page(f"dashboard/pages/{page}.py").run()


def texts(app: AppTest) -> str:
    """Everything that a page says, in order of its kinds."""
    kinds = (app.title, app.header, app.markdown, app.warning, app.error)
    said = [element.value for kind in kinds for element in kind]
    return "\n".join([*said, *(f"{metric.label}: {metric.value}" for metric in app.metric)])


def widget(elements, label: str):
    """The widget with this label."""
    return next(element for element in elements if element.label == label)
